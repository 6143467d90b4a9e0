"""Articles of a page: each in its own direction, with what is marked, said and noted in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reader.annotation.assignments import is_assignment
from reader.annotation.model import Attribution, ClaimMention, Mention, Note
from reader.annotation.spans import Span
from reader.formats.document import ArticleData
from reader.formats.html_markup import attribute, isolated, lang, link, tip, words
from reader.formats.html_text import Mark, article_text
from reader.formats.report import Heading, Known, attributes_told, language_name

_PARTS = ("source", "cue", "content")


class Place(NamedTuple):
    """A place in an article that lists lead to.

    Attributes:
        article: Number of the article.
        language: Its language.
        id: The id in the page.
        span: Where it is in the text.
    """

    article: int
    language: str
    id: str
    span: Span


class Places:
    """Where entities and claims stand in the articles that have been written."""

    def __init__(self) -> None:
        self.mentions: dict[str, list[tuple[Place, Mention]]] = {}
        self.unlinked: dict[str, list[tuple[Place, Mention]]] = {}
        self.claims: dict[str, list[tuple[Place, ClaimMention]]] = {}
        self.loose: list[tuple[Place, ClaimMention]] = []
        self.attributions: dict[str, str] = {}
        self.ids: dict[str, str] = {}  # of articles and of what is marked in them


class ArticleMarkup:
    """An article that is turned into markup.

    Args:
        data: The article.
        number: Its number in the page.
        title: What it is listed by.
        language: Number of its language in the page.
        known: What records are called.
        places: Where things stand; it learns those of this article.
    """

    def __init__(
        self,
        data: ArticleData,
        number: int,
        title: Heading,
        language: int,
        known: Known,
        places: Places,
    ) -> None:
        self._data, self._number, self._title = data, number, title
        self._language, self._known, self._places = language, known, places

    def __iter__(self) -> Iterator[str]:
        """Give the markup piece by piece."""
        data, id = self._data, f"a{self._number}"
        # First all that is marked: the lists below the text need to know the places.
        self._places.ids[data.id] = id
        marks = [*self._claims(), *self._attributions(), *self._mentions()]
        yield f'<article id="{id}" data-k="g{self._language}" aria-labelledby="{id}-title">\n'
        own = " own" if data.title is not None and not data.heading else ""
        shown = isolated(self._title.title, data.language)
        yield f'<h3 id="{id}-title" class="title{own}">{self._number}. {shown}</h3>\n'
        yield f'<p class="about">{" · ".join(self._about())}</p>\n'
        yield f'<div class="text" dir="{data.direction}"{lang(data.language or "und")}>'
        yield from article_text(data, marks)
        yield "</div>\n"
        yield from self._attribution_list()
        yield from self._notes()
        yield "</article>\n"

    def _about(self) -> Iterator[str]:
        data = self._data
        yield f"Article {self._number}"
        yield isolated(language_name(data.language))
        yield f"<code>{words(data.id)}</code>"
        yield from map(isolated, self._title.about)
        yield from map(link, data.sources)
        yield from (isolated(f"#{tag}") for tag in data.tags if not is_assignment(tag))
        for status in data.status:
            yield f"{isolated(self._known.person(status.annotator))}: {words(status.value)}"

    def _place(self, id: str, span: Span) -> Place:
        return Place(self._number, self._data.language, id, span)

    def _by(self, annotator: str) -> str:
        return f"n{self._known.people[annotator][0]}" if annotator in self._known.people else "nx"

    def _mentions(self) -> Iterator[Mark]:
        for count, mention in enumerate(self._data.mentions, 1):
            id = f"a{self._number}m{count}"
            entity, place = self._known.entity(mention.entity), self._place(id, mention.span)
            self._places.ids[mention.id] = id
            kinds = f"m {type_class(self._known, mention.type)} {self._by(mention.annotator)}"
            target = ""
            if entity is None:
                self._places.unlinked.setdefault(mention.type, []).append((place, mention))
            else:
                self._places.mentions.setdefault(entity.id, []).append((place, mention))
                target = f"e{self._known.listed.get(entity.id, 0)}"
            kind = "" if mention.kind == "name" else mention.kind
            named = self._lacking(mention.type) if entity is None else entity.name
            said = attributes_told(mention.attributes)
            told = tip(mention.type, kind, named, said, self._known.person(mention.annotator))
            kinds = f"{kinds} {target}" if target else kinds
            yield Mark(mention.span, id, kinds, told, target, mention.type)

    def _lacking(self, type: str) -> str:
        """Say what a mention of no entity lacks: nothing, if it is a value."""
        return "" if type in self._known.schema.values else "not linked"

    def _claims(self) -> Iterator[Mark]:
        for count, mention in enumerate(self._data.claim_mentions, 1):
            id = f"a{self._number}k{count}"
            claim, place = self._known.claim(mention.claim), self._place(id, mention.span)
            self._places.ids[mention.id] = id
            kinds, target = f"claim {self._by(mention.annotator)}", ""
            if claim is None:
                self._places.loose.append((place, mention))
            else:
                self._places.claims.setdefault(claim.id, []).append((place, mention))
                target = f"c{self._known.numbers[claim.id]}"
                kinds = f"{kinds} {target}"
            told = tip("claim", "" if claim is None else claim.text)
            yield Mark(mention.span, id, kinds, told, target)

    def _attributions(self) -> Iterator[Mark]:
        for count, item in enumerate(self._data.attributions, 1):
            id = f"a{self._number}q{count}"
            self._places.attributions[item.id] = self._places.ids[item.id] = id
            for part in _PARTS:
                span: Span | None = getattr(item, part)
                if span is not None:
                    kinds = f"{part} {self._by(item.annotator)}"
                    yield Mark(span, f"{id}-{part}", kinds, tip(f"{part} of an attribution"), id)

    def _attribution_list(self) -> Iterator[str]:
        if not self._data.attributions:
            return
        yield '<section class="below">\n<h4>Attributions</h4>\n<ol>\n'
        for count, item in enumerate(self._data.attributions, 1):
            id = f"a{self._number}q{count}"
            parts = "; ".join(self._attribution(item, id))
            kinds = f"{self._by(item.annotator)} g{self._language}"
            yield f'<li id="{id}" class="row" data-k="q {kinds}">{parts}</li>\n'
        yield "</ol>\n</section>\n"

    def _attribution(self, item: Attribution, id: str) -> Iterator[str]:
        entity = self._known.entity(item.source_entity)
        for part in _PARTS:
            span: Span | None = getattr(item, part)
            if span is not None:
                quote = isolated(span.quote, self._data.language)
                yield f'{part} <a href="#{id}-{part}" class="{part}">“{quote}”</a>'
        if entity is not None:
            yield f"said by {entity_link(entity.id, self._known)}"
        yield words(f"source {item.source_kind}, {item.directness}")
        if item.attributes:
            yield isolated(attributes_told(item.attributes))
        yield f"by {isolated(self._known.person(item.annotator))}"

    def _notes(self) -> Iterator[str]:
        if not self._data.notes:
            return
        yield '<section class="below">\n<h4>Notes</h4>\n<ul>\n'
        for note in self._data.notes:
            yield f"<li>{note_markup(note, self._known, self._places.ids)}</li>\n"
        yield "</ul>\n</section>\n"


def type_class(known: Known, type: str) -> str:
    """Return the class of an entity type."""
    names = [kind.name for kind in known.schema.entity_types]
    return f"t{names.index(type)}" if type in names else "tx"


def entity_link(id: str | None, known: Known) -> str:
    """Return the name of an entity as a link to it, or "" for none."""
    entity = known.entity(id)
    if entity is None:
        return ""
    number = known.listed.get(entity.id)
    name = isolated(entity.name)
    return f'<a href="#e{number}" class="e{number}">{name}</a>' if number else name


def note_markup(note: Note, known: Known, ids: dict[str, str]) -> str:
    """Return a note, with a link to what it is about if the page has that."""
    about, place = words(note.on.kind.replace("_", " ")), ids.get(note.on.id)
    subject = f'<a href="#{attribute(place)}">{about}</a>' if place else about
    return f"on {subject}: {isolated(note.text)} (by {isolated(known.person(note.annotator))})"
