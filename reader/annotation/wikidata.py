"""What is said of an entity in Wikidata: which item it is, and how sure that is.

An id is *proposed* until somebody *confirms* it. *None* says that somebody has
looked and found no item; *ambiguous* that several may be meant, with their ids
or without. No link at all says that nobody has looked yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reader.annotation.actions import shorten
from reader.annotation.model import Entity, KnowledgeLink, LinkStatus
from reader.errors import AnnotationError

BASE = "wikidata"
"""How links name it."""

_FORM = re.compile("Q[1-9][0-9]{0,11}")
_TYPED = re.compile(r"[^\s,;]+")


def links_of(entity: Entity) -> tuple[KnowledgeLink, ...]:
    """Return what is said of an entity in Wikidata."""
    return tuple(link for link in entity.links if link.base == BASE)


def confirmed(entity: Entity) -> str:
    """Return the confirmed id of an entity, or ""."""
    return next((link.id for link in links_of(entity) if link.status == "confirmed"), "")


def is_settled(entity: Entity) -> bool:
    """Tell whether it is said which item an entity is, or that it is none."""
    return any(link.status in ("confirmed", "none") for link in links_of(entity))


def said(entity: Entity) -> str:
    """Say in short which item an entity is: `Q22686`, `Q22686?`, `Q1 or Q2`, `none`, or ""."""
    links = links_of(entity)
    if not links:
        return ""
    ids = " or ".join(link.id for link in links if link.id)
    status = links[0].status
    if status == "ambiguous":
        return ids or "ambiguous"
    return "none" if status == "none" else f"{ids}?" if status == "proposed" else ids


def ids_in(typed: str) -> tuple[str, ...]:
    """Return Wikidata ids as they are written: `Q22686`, also from the addresses of their pages.

    Raises:
        AnnotationError: If one has not the form of an id.
    """
    return tuple(dict.fromkeys(map(_id, _TYPED.findall(typed))))


def _id(typed: str) -> str:
    id = typed.rstrip("/").rpartition("/")[2].partition("#")[0].partition("?")[0].upper()
    if not _FORM.fullmatch(id):
        raise AnnotationError(
            f"“{shorten(typed)}” is no Wikidata id: it looks like Q22686; leave it empty if unsure."
        )
    return id


def links(ids: Sequence[str], status: LinkStatus | None) -> tuple[KnowledgeLink, ...]:
    """Return the links that say something of an entity; None says nothing.

    Raises:
        AnnotationError: If ids and status do not go together.
    """
    if status is None:
        return ()
    made = tuple(KnowledgeLink(BASE, id, status) for id in ids or ("",))
    if wrong := fault(made):
        raise AnnotationError(f"{wrong[0].upper()}{wrong[1:]}.")
    return made


def fault(given: Iterable[KnowledgeLink]) -> str:
    """Say what is wrong with the links of an entity; "" when nothing is.

    Links to other knowledge bases are not looked at.
    """
    found = [link for link in given if link.base == BASE]
    for link in found:
        if link.status == "none" and link.id:
            return f"{link.id} is said to be no item; leave the id empty, or the status is another"
        empty = not link.id and link.status in ("none", "ambiguous")
        if not empty and not _FORM.fullmatch(link.id):
            return f"“{shorten(link.id)}” is no Wikidata id: it looks like Q22686"
    states = {link.status for link in found}
    if len({link.id for link in found if link.status == "confirmed"}) > 1:
        return "two different Wikidata items are confirmed; one entity is one item"
    if "none" in states and len(states) > 1:
        return "there is an item and there is none; keep one of these"
    return ""
