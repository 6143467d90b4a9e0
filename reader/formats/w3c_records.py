"""Records of Web Annotations: what each annotation becomes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from reader.annotation.ids import derived_id
from reader.annotation.model import (
    KINDS,
    Alias,
    Annotator,
    Claim,
    ClaimMention,
    Entity,
    Evidence,
    KnowledgeLink,
    Mention,
    Note,
    Record,
    Ref,
    Relation,
    article_of,
    ref_to,
)
from reader.annotation.spans import Range, make_span
from reader.errors import FormatError
from reader.formats.document import ArticleData, Document
from reader.formats.format import ImportOptions, Read, Unresolved
from reader.formats.labels import Labels
from reader.formats.w3c_items import Body, Item
from reader.formats.w3c_terms import (
    PURPOSES,
    ROLES,
    iri,
    link_of,
    ref_of,
    said_fields,
    split_said,
)

_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_COMMENTS = ("commenting", "replying", "describing")
_LISTS = {Mention: "mentions", ClaimMention: "claim_mentions", Note: "notes"}
_TOP = {Entity: "entities", Claim: "claims", Relation: "relations", Note: "notes"}


class Records:
    """What the annotations of one file become.

    Args:
        options: What whoever imports has said.
    """

    def __init__(self, options: ImportOptions) -> None:
        self._options = options
        self._labels = Labels(options.schema, options.labels)
        self._people: dict[str, Annotator] = {}
        self._articles: dict[str, ArticleData] = {}
        self._made: dict[Ref, tuple[str, Record]] = {}
        self._named: dict[str, Ref] = {}
        self._roles: dict[Ref, dict[str, str]] = defaultdict(dict)
        self._evidence: dict[str, list[Evidence]] = defaultdict(list)

    def about(self, item: Item) -> bool:
        """Take an annotation that describes an entity or a claim; tell whether it is one.

        Raises:
            FormatError: If it lacks what such a record needs.
        """
        ref = ref_of(item.targets[0].iri)
        if ref is None or ref.kind not in ("entity", "claim") or len(item.targets) > 1:
            return False
        if item.motivation == "identifying" and ref.kind == "entity":
            self._keep(item, self._entity(ref.id, item))
        elif item.motivation == "describing" and ref.kind == "claim":
            self._keep(item, self._claim(ref.id, item))
        else:
            return False
        return True

    def role(self, item: Item) -> bool:
        """Take an annotation that names an entity in a role of a record; tell whether it is one."""
        role = _said(item, "role")
        ends = [ref_of(target.iri) for target in item.targets]
        if not role or len(ends) != 2 or ends[0] is None or ends[1] is None:
            return False
        roles = dict(ROLES.get(KINDS.get(ends[0].kind, Note), ()))
        if roles.get(role) != ends[1].kind:
            return False
        self._roles[ends[0]][role] = ends[1].id
        return True

    def evidence(self, item: Item, article: ArticleData | None, ranges: Sequence[Range]) -> bool:
        """Take an annotation that is evidence for or against a claim; tell whether it is one.

        Raises:
            FormatError: If it does not say which of both.
        """
        refs = (ref_of(body.iri) for body in item.iris("assessing"))
        claim = next((ref.id for ref in refs if ref is not None and ref.kind == "claim"), None)
        if item.motivation != "assessing" or claim is None:
            return False
        address = item.targets[0].iri if article is None else ""
        stance: Any = _said(item, "stance")
        if stance not in ("supports", "refutes", "context"):
            raise FormatError(
                f"{item.where}: evidence needs a body “stance: supports”, refutes or context."
            )
        self._evidence[claim].append(
            Evidence(
                stance,
                None if article is None else make_span(article.id, article.text, ranges),
                _said(item, "url") or ("" if ref_of(address) else address),
                _said(item, "accessed"),
                _text(item, "commenting"),
            )
        )
        if article is not None:
            self._articles.setdefault(article.id, article)
        return True

    def mark(self, item: Item, article: ArticleData, ranges: Sequence[Range]) -> None:
        """Take an annotation of a place in a text.

        Raises:
            FormatError: If a label cannot be a type.
        """
        self._articles.setdefault(article.id, article)
        span = make_span(article.id, article.text, ranges)
        if _said(item, "record") == "claim mention":
            id = self._id(item, "claim_mention", article.id, str(span.fragments))
            made = ClaimMention(id, span, *self._owned(item), origin="imported")
            claim = next((r.id for r in self._refs(item) if r.kind == "claim"), None)
            self._keep(item, replace(made, claim=claim, **self._fields(ClaimMention, item)))
            return
        labels = [body.text for body in item.texts("tagging") if body.text and body.text.strip()]
        for label in labels or [item.motivation or "annotation"]:
            id = self._id(item, "mention", article.id, str(span.fragments), label)
            type = self._labels.entity_type(label)
            mention = Mention(id, span, type, *self._owned(item), origin="imported")
            entity = self._entity_of(item, mention)
            fields = self._fields(Mention, item, type)
            self._keep(item, replace(mention, entity=entity, **fields))
        for body in item.texts(*_COMMENTS):
            self._comment(item, self._named[item.id or item.where], body.text or "", article.id)

    def note_on_article(self, item: Item, article: ArticleData) -> None:
        """Take an annotation of a text as a whole."""
        self._articles.setdefault(article.id, article)
        for body in item.texts(*_COMMENTS):
            self._note(item, Ref("article", article.id), body.text or "", article.id)

    def note(self, item: Item) -> bool:
        """Take a comment on an annotation; tell whether that is known."""
        ref = self._ref(item.targets[0].iri)
        if ref is None:
            return False
        for body in item.texts(*_COMMENTS):
            self._note(item, ref, body.text or "", article_of(self._made[ref][1]))
        return True

    def relation(self, item: Item) -> bool:
        """Take a link between two annotations; tell whether both are known.

        Raises:
            FormatError: If the label cannot be a type.
        """
        ends = [self._ref(target.iri) for target in item.targets]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            return False
        label = _text(item, "tagging") or "related"
        type = self._labels.relation_type(label, ends[0].kind, ends[1].kind)
        id = self._id(item, "relation", type, iri(ends[0]), iri(ends[1]))
        made = Relation(id, type, ends[0], ends[1], *self._owned(item))
        said = {"rationale": _text(item, "commenting"), **self._fields(Relation, item)}
        self._keep(item, replace(made, **said))
        return True

    def finish(self, unresolved: Sequence[Unresolved]) -> Read:
        """Return all that was taken."""
        places: dict[str, str] = {}
        lists: dict[str | None, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for ref, (where, record) in self._made.items():
            home = article_of(record)
            name = (_TOP if home is None else _LISTS)[type(record)]
            rows = lists[home][name]
            at = "" if home is None else f"articles[{[*self._articles].index(home)}]."
            places[f"{at}{name}[{len(rows)}]"] = where
            rows.append(self._completed(ref, record))
        articles = []
        for data in self._articles.values():
            found: dict[str, Any] = {n: tuple(rows) for n, rows in lists[data.id].items()}
            articles.append(replace(data, **found))
        top: dict[str, Any] = {name: tuple(rows) for name, rows in lists[None].items()}
        people = tuple(self._people.values())
        return Read(
            document=Document(self._labels.schema, people, tuple(articles), **top),
            unresolved=tuple(unresolved),
            ids="kept",
            places=places,
        )

    def _completed(self, ref: Ref, record: Record) -> Record:
        more: dict[str, Any] = dict(self._roles.get(ref, {}))
        if isinstance(record, Claim) and ref.id in self._evidence:
            more["evidence"] = tuple(self._evidence[ref.id])
        return replace(record, **more) if more else record

    def _keep(self, item: Item, record: Record) -> None:
        ref = ref_to(record)
        if ref in self._made:
            raise FormatError(
                f"{item.where}.id: the {ref.kind.replace('_', ' ')} {ref.id} stands at "
                f"{self._made[ref][0]} already; keep one."
            )
        self._made[ref] = item.where, record
        self._named.setdefault(item.id or item.where, ref)

    def _ref(self, name: str) -> Ref | None:
        """Return the record that an IRI names, if it is one of those taken."""
        own = ref_of(name)
        return own if own in self._made else self._named.get(name)

    def _id(self, item: Item, kind: str, *parts: str) -> str:
        """Return the id that an annotation of ours names, or one that stays the same."""
        own = ref_of(item.id)
        if own is not None and own.kind == kind and own not in self._made:
            return own.id
        return derived_id("w3c", kind, *parts, item.id)

    def _owned(self, item: Item) -> tuple[str, str, str]:
        created = item.created or self._options.moment
        return self._person(item), created, item.modified or created

    def _signed(self, item: Item) -> tuple[str, str, str, str]:
        who, created, updated = self._owned(item)
        return created, who, updated, who

    def _person(self, item: Item) -> str:
        id, name = item.creator
        person = self._options.annotator
        if name.strip():
            own = ref_of(id)
            known = own is not None and own.kind == "annotator"
            person = Annotator(own.id if own and known else derived_id("annotator", name), name)
        return self._people.setdefault(person.id, person).id

    def _fields(self, cls: type[Any], item: Item, label: str = "") -> dict[str, Any]:
        said = (body.text or "" for body in item.texts("classifying"))
        found = said_fields(cls, said, item.where)
        if "attributes" in found:
            kind = next(name for name, known in KINDS.items() if known is cls)
            found["attributes"] = self._labels.attributes(found["attributes"], kind, label)
        return found

    def _refs(self, item: Item) -> Iterator[Ref]:
        found = (ref_of(body.iri) for body in item.iris("identifying"))
        return (ref for ref in found if ref is not None)

    def _entity_of(self, item: Item, mention: Mention) -> str | None:
        """Return the entity that an annotation names, which is made if it is one of others."""
        for body in item.iris("identifying"):
            own = ref_of(body.iri)
            if own is not None and own.kind == "entity":
                return own.id
            link = link_of(body.iri, body.purpose)
            id = derived_id("w3c", "entity", link.base, link.id)
            if Ref("entity", id) not in self._made:
                made = Entity(
                    id, mention.type, mention.span.quote.strip() or link.id, *self._signed(item)
                )
                self._made[Ref("entity", id)] = item.where, replace(made, links=(link,))
            return id
        return None

    def _entity(self, id: str, item: Item) -> Entity:
        named = [*item.texts("identifying")]
        names = [body.text for body in named if body.text and not body.language]
        label = _text(item, "tagging")
        if not names or not label:
            raise FormatError(
                f"{item.where}: an entity needs a name (a body to identify, with no language) "
                "and a type (a body that tags)."
            )
        entity = Entity(id, self._labels.entity_type(label), str(names[0]), *self._signed(item))
        return replace(
            entity,
            aliases=tuple(_alias(body) for body in named if body.language),
            links=tuple(_links(item)),
            note=_text(item, "commenting"),
            **self._fields(Entity, item),
        )

    def _claim(self, id: str, item: Item) -> Claim:
        stated = next(item.texts("describing"), None)
        if stated is None:
            raise FormatError(f"{item.where}: a claim needs its words, in a body that describes.")
        gloss = next(item.texts("editing"), Body(""))
        claim = Claim(id, stated.text or "", stated.language, *self._signed(item))
        return replace(
            claim,
            gloss=gloss.text or "",
            gloss_language=gloss.language,
            topic=_text(item, "tagging"),
            justification=_text(item, "assessing"),
            **self._fields(Claim, item),
        )

    def _note(self, item: Item, on: Ref, text: str, article: str | None) -> None:
        if text.strip():
            id = self._id(item, "note", iri(on), text)
            self._keep(item, Note(id, on, text, *self._owned(item), article))

    def _comment(self, item: Item, on: Ref, text: str, article: str) -> None:
        """Make a note of a comment beside a tag; another annotation may be about the tag."""
        if text.strip():
            id = derived_id("w3c", "note", iri(on), text)
            note = Note(id, on, text, *self._owned(item), article)
            self._made.setdefault(ref_to(note), (item.where, note))


def _text(item: Item, purpose: str) -> str:
    return next((body.text or "" for body in item.texts(purpose)), "")


def _said(item: Item, name: str) -> str:
    """Return what a body says as `name: value`, or ""."""
    said = (split_said(body.text or "") for body in item.texts("classifying"))
    return next((pair[1] for pair in said if pair is not None and pair[0] == name), "")


def _alias(body: Body) -> Alias:
    language, _, script = body.language.partition("-")
    if not _SCRIPT.fullmatch(script):
        language, script = body.language, ""
    return Alias(body.text or "", "" if language == "und" else language, script)


def _links(item: Item) -> Iterator[KnowledgeLink]:
    for body in item.iris(*PURPOSES.values()):
        yield link_of(body.iri, body.purpose)
