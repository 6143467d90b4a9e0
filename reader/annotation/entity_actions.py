"""What a user can do to entities, as functions that build actions.

An entity that is merged into another stays, and points at it: mentions keep the
entity they were linked to, whoever linked them, and undo brings all back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.annotation import wikidata as items
from reader.annotation.actions import Author, edited, shorten, signed, signed_again
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id
from reader.annotation.model import (
    Alias,
    Entity,
    KnowledgeLink,
    LinkStatus,
    Mention,
    Relation,
    ref_to,
    schema_record,
)
from reader.annotation.schema import RelationType
from reader.annotation.wording import LONGEST_NAME, checked_words
from reader.errors import AnnotationError


def rename(author: Author, entity: Entity, name: str) -> Action:
    """Give an entity another name; the old one becomes an alias.

    A name that was an alias stays one where the language is known, which would be lost else.

    Raises:
        AnnotationError: If the name is empty or the same.
    """
    name = _checked_name(name)
    if name == entity.name:
        raise AnnotationError(f"The name is “{shorten(name)}” already.")
    aliases = _joined((Alias(entity.name), *entity.aliases), without=name)
    return _edit(author, entity, f"rename {entity.name} to {name}", name=name, aliases=aliases)


def retype(author: Author, entity: Entity, type: str) -> Action:
    """Give an entity another type; its mentions keep theirs."""
    return _edit(author, entity, f"{entity.name}: {entity.type} becomes {type}", type=type)


def add_alias(author: Author, entity: Entity, alias: Alias) -> Action:
    """Teach an entity another way to write it.

    Raises:
        AnnotationError: If the alias is empty or known.
    """
    text = _checked_name(alias.text)
    if text == entity.name:
        raise AnnotationError(f"“{shorten(text)}” is its name already.")
    if any((known.text, known.language) == (text, alias.language) for known in entity.aliases):
        raise AnnotationError(f"{entity.name} has the alias “{shorten(text)}” already.")
    aliases = (*entity.aliases, Alias(text, alias.language, alias.script))
    return _edit(author, entity, f"alias “{shorten(text)}” of {entity.name}", aliases=aliases)


def remove_alias(author: Author, entity: Entity, alias: Alias) -> Action:
    """Take a way to write it away from an entity."""
    aliases = tuple(known for known in entity.aliases if known != alias)
    what = f"no alias “{shorten(alias.text)}” of {entity.name}"
    return _edit(author, entity, what, aliases=aliases)


def annotate(author: Author, entity: Entity, note: str) -> Action:
    """Change the note of an entity."""
    return _edit(author, entity, f"note of {entity.name}", note=note.strip())


def identify(
    author: Author, entity: Entity, wikidata: str, status: LinkStatus | None = "confirmed"
) -> Action:
    """Say which Wikidata item an entity is, or that it is none, or may be several.

    Args:
        author: Who says so.
        entity: The entity.
        wikidata: Ids or addresses of pages, perhaps none.
        status: How sure it is; None to say nothing, as nobody has looked yet. With
            `confirmed` and no id nothing is said either.

    Raises:
        AnnotationError: If what is typed has not the form of an id, or does not fit the status.
    """
    ids = items.ids_in(wikidata)
    nothing = status is None or (status == "confirmed" and not ids)
    others = tuple(link for link in entity.links if link.base != items.BASE)
    links = (*others, *items.links(ids, None if nothing else status))
    what = f"{shorten(entity.name)} is {' or '.join(ids)}"
    if nothing:
        what = f"no Wikidata id for {shorten(entity.name)}"
    elif not ids:
        what = f"Wikidata item of {shorten(entity.name)}: {status}"
    elif status != "confirmed":
        what += f", {status}"
    return _edit(author, entity, what, links=links)


def unlink(author: Author, entity: Entity, link: KnowledgeLink) -> Action:
    """Take a link into a knowledge base away from an entity."""
    links = tuple(known for known in entity.links if known != link)
    what = f"{shorten(entity.name)} is not {link.id or link.status} in {link.base}"
    return _edit(author, entity, what, links=links)


def retire(author: Author, entity: Entity, retired: bool = True) -> Action:
    """Offer an entity for linking no more, or again; it stays, and so do its mentions.

    Raises:
        AnnotationError: If it is so already.
    """
    if entity.retired == retired:
        raise AnnotationError(f"{entity.name} is {'retired' if retired else 'in use'} already.")
    what = f"{'retire' if retired else 'bring back'} {shorten(entity.name)}"
    return _edit(author, entity, what, retired=retired)


def create(author: Author, name: str, type: str) -> Action:
    """Make an entity that nothing is linked to yet.

    Raises:
        AnnotationError: If the name is empty.
    """
    entity = Entity(new_id(), type, _checked_name(name), *signed(author))
    return author.action(f"new entity {shorten(entity.name)}", [Change(None, entity)])


def delete(author: Author, entity: Entity) -> Action:
    """Delete an entity, which nothing may refer to; the library refuses otherwise."""
    return author.action(f"delete entity {shorten(entity.name)}", [Change(entity, None)])


def merge(author: Author, kept: Entity, absorbed: Entity) -> Action:
    """Make one entity of two. All that is known about either is kept in one of them.

    Raises:
        AnnotationError: If they are one already, or are confirmed to be two different items.
    """
    if kept.id == absorbed.id or kept.merged_into or absorbed.merged_into:
        raise AnnotationError("These two are one entity already.")
    if len(items := _confirmed(kept) | _confirmed(absorbed)) > 1:
        raise AnnotationError(
            f"They are confirmed to be different ({', '.join(sorted(items))}); "
            "correct one Wikidata id first."
        )
    aliases = (*kept.aliases, Alias(absorbed.name), *absorbed.aliases)
    after = signed_again(
        author,
        kept,
        aliases=_joined(aliases, without=kept.name),
        links=_merged_links(kept, absorbed),
        note="\n".join(dict.fromkeys(note for note in (kept.note, absorbed.note) if note)),
    )
    gone = signed_again(author, absorbed, merged_into=kept.id)
    what = f"merge {shorten(absorbed.name)} into {shorten(kept.name)}"
    return author.action(what, [Change(kept, after), Change(absorbed, gone)])


DIFFERENT = RelationType("different from", "is not the same as", "entity", "entity", symmetric=True)
"""The relation that says that two entities are two, so that they are proposed as one no more."""


def distinguish(author: Author, one: Entity, other: Entity) -> Action:
    """Remember that two entities are two. A schema without `DIFFERENT` gets it by the way."""
    schema = author.schema
    changes: list[Change] = []
    if schema.relation_type(DIFFERENT.name) is None:
        wider = replace(schema, relation_types=(*schema.relation_types, DIFFERENT))
        changes.append(Change(schema_record(schema), schema_record(wider)))
        author = replace(author, schema=wider)
    first, second = sorted((one, other), key=lambda each: each.id)
    moment, _, _, me = signed(author)
    ends = ref_to(first), ref_to(second)
    relation = Relation(new_id(), DIFFERENT.name, *ends, me, moment, moment)
    what = f"{shorten(one.name)} is not {shorten(other.name)}"
    return author.action(what, [*changes, Change(None, relation)])


def without(action: Action, relations: Iterable[Relation]) -> Action:
    """Return an action that takes relations away too, which would lead to nothing after it."""
    return replace(action, changes=(*(Change(r, None) for r in relations), *action.changes))


def part(author: Author, absorbed: Entity) -> Action:
    """Make an entity that was merged into another one an entity of its own again.

    Raises:
        AnnotationError: If it is one.
    """
    if absorbed.merged_into is None:
        raise AnnotationError(f"{absorbed.name} is not merged into another entity.")
    return _edit(author, absorbed, f"part {absorbed.name}", merged_into=None)


def split(author: Author, entity: Entity, mentions: Sequence[Mention], name: str) -> Action:
    """Make a new entity of some mentions of one, with their wordings as its aliases.

    Wordings that no other mention has leave the old entity; `author.records`
    should therefore have its mentions in all articles, and what was merged into it.

    Raises:
        AnnotationError: If no mention is given or the name is empty.
    """
    if not mentions:
        raise AnnotationError("Choose the mentions that are to become another entity.")
    name = _checked_name(name)
    moved = {mention.id for mention in mentions}
    wordings = dict.fromkeys(mention.span.quote for mention in mentions)
    new = Entity(
        new_id(),
        entity.type,
        name,
        *signed(author),
        aliases=_joined((_alias_of(entity, text) for text in wordings), without=name),
    )
    changes = [Change(None, new), *(edited(mention, entity=new.id) for mention in mentions)]
    left = {m.span.quote for m in author.records.all(Mention) if _stays(author, m, entity, moved)}
    kept = tuple(a for a in entity.aliases if a.text in left or a.text not in wordings)
    if kept != entity.aliases:
        changes.append(Change(entity, signed_again(author, entity, aliases=kept)))
    return author.action(f"split {shorten(name)} off {shorten(entity.name)}", changes)


def _stays(author: Author, mention: Mention, entity: Entity, moved: set[str]) -> bool:
    """Tell whether a mention stays with an entity, or with one that was merged into it."""
    if mention.id in moved:
        return False
    meant = author.records.entity(mention.entity)
    return entity.id == (mention.entity if meant is None else meant.id)


def _alias_of(entity: Entity, text: str) -> Alias:
    """Return the entity's own alias of a wording, which knows its language, or a new one."""
    return next((alias for alias in entity.aliases if alias.text == text), Alias(text))


def _joined(aliases: Iterable[Alias], without: str) -> tuple[Alias, ...]:
    """Return aliases without repeats; one whose language is known stands for one without.

    A name has no language of its own: an alias that is written like it says which it is.
    """
    given = dict.fromkeys(each for each in aliases if each.language or each.text != without)
    told = {alias.text for alias in given if alias.language}
    return tuple(alias for alias in given if alias.language or alias.text not in told)


def _merged_links(kept: Entity, absorbed: Entity) -> tuple[KnowledgeLink, ...]:
    """Return the links of both, what is confirmed in place of what is proposed."""
    sure = {link.base for link in (*kept.links, *absorbed.links) if link.status == "confirmed"}
    links = (*kept.links, *absorbed.links)
    left = [link for link in links if link.status == "confirmed" or link.base not in sure]
    # Where one has an item that may be meant, the other is not none any more.
    named = {link.base for link in left if link.status != "none"}
    return tuple(
        dict.fromkeys(link for link in left if link.status != "none" or link.base not in named)
    )


def _confirmed(entity: Entity) -> set[str]:
    return {link.id for link in items.links_of(entity) if link.status == "confirmed"}


def _checked_name(name: str) -> str:
    return checked_words(name, "name", "An entity needs a name.", LONGEST_NAME)


def _edit(author: Author, entity: Entity, what: str, **fields: object) -> Action:
    return author.action(what, [Change(entity, signed_again(author, entity, **fields))])
