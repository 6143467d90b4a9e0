"""From sentences of CoNLL-U to mentions in articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from reader.annotation.ids import derived_id
from reader.annotation.model import Mention
from reader.annotation.spans import Range
from reader.errors import FormatError
from reader.formats.catalogue import Catalogue
from reader.formats.conllu_brackets import Brackets, Marked
from reader.formats.conllu_lines import Line, Sentence, sentences, spoken
from reader.formats.conllu_words import Words
from reader.formats.document import Document
from reader.formats.format import ImportOptions, Read, Unresolved
from reader.formats.labels import Labels
from reader.formats.landing import Landing, land
from reader.formats.linked import LinkedEntities, link_to
from reader.formats.places import placed
from reader.formats.rebuilding import places_of
from reader.formats.source import Part

_CURE = "correct it, or give the document another id, then a text is built of its words."
_UNTYPED = "entity"
"""Label of a mention that has none."""


class _Document:
    """A document of a file.

    Args:
        id: What `# newdoc` calls it, or "".
    """

    def __init__(self, id: str) -> None:
        self.id = id
        self.sentences: list[Sentence] = []


class ConlluReader:
    """Reads one file.

    Args:
        part: The file.
        articles: The articles that are known.
        options: What whoever imports has said.
        is_told: Whether it was told of another file which columns are not kept.

    Attributes:
        is_told: Whether it is told now.
    """

    def __init__(
        self, part: Part, articles: Catalogue, options: ImportOptions, *, is_told: bool = False
    ) -> None:
        self.is_told = is_told
        self._part, self._articles, self._options = part, articles, options
        self._labels = Labels(options.schema, options.labels)
        self._linked = LinkedEntities("conllu", options)
        self._header = ""
        self._told: Counter[str] = Counter()

    def reads(self) -> Iterator[Read]:
        """Give the documents.

        Raises:
            FormatError: Naming the file and the line.
        """
        documents = self._documents()
        number = 0
        while True:
            with self._part.placed():
                found = next(documents, None)
                if found is None:
                    break
                number += 1
                read = self._read(found, number)
            yield replace(read, shown=self._part.shown)
        if not number:
            raise FormatError(f"{self._part.shown}: there is no word in it; name another file.")
        if notices := tuple(self._notices()):
            document = Document(self._labels.schema)
            yield Read(document=document, notices=notices, shown=self._part.shown)

    def _documents(self) -> Iterator[_Document]:
        pending = _Document("")
        for sentence in sentences(self._part.numbered()):
            new = next((name for name in sentence.comments if name.startswith("newdoc")), None)
            if new is not None:
                if pending.sentences:
                    yield pending
                pending = _Document(sentence.comments[new])
            if sentence.lines:
                pending.sentences.append(sentence)
        if pending.sentences:
            yield pending

    def _read(self, document: _Document, number: int) -> Read:
        words = Words()
        brackets = Brackets(self._header)
        for sentence in document.sentences:
            brackets.header = sentence.comments.get("global.Entity", brackets.header)
            words.add(sentence)
            for line in sentence.lines:
                self._look(line)
                if not line.is_range:
                    brackets.take(line, words.numbers[line.number])
        self._header = brackets.header
        self._told["bracket"] += brackets.passed
        landing, places = self._landed(document, words, number)
        return self._records(landing, words, places, brackets)

    def _look(self, line: Line) -> None:
        self._told["said"] |= line.said
        for name in ("Bridge", "SplitAnte", "Split"):
            self._told["link"] += name in line.misc

    def _landed(
        self, document: _Document, words: Words, number: int
    ) -> tuple[Landing, list[Range]]:
        """Return the article of a document, and where its tokens stand in the landing's text."""
        text, name = words.text, document.id or self._part.name
        tokens = [(each.line, each.form) for each in words.tokens]
        known = self._articles.with_text(text)
        if known is None and document.id:
            known = self._articles.with_name(document.id)
            if known is not None:
                found = places_of(known.text, known.id, tokens, _CURE)
                return Landing(known, known.text), found
        name = document.id or (f"{name}#{number}" if number > 1 else name)
        return land(self._articles, text, name), words.places

    def _records(
        self, landing: Landing, words: Words, places: list[Range], brackets: Brackets
    ) -> Read:
        article, options = landing.article, self._options
        own: dict[str, Any] = {"annotator": options.annotator.id, "origin": "imported"}
        own |= {"created": options.moment, "updated": options.moment}
        mentions: list[Mention] = []
        lost = brackets.lost
        rows: dict[str, str] = {}
        grouped = brackets.grouped()
        for number, marked in enumerate(brackets.mentions()):
            where = f"line {marked.line}"
            ranges = [words.range(each, places) for each in marked.stretches]
            ranges_found = [each for each in ranges if each is not None]
            if not ranges_found:
                lost.append(Unresolved(where, marked.group, "its words are not in the text"))
                continue
            (span,) = landing.spans([ranges_found])
            self._told["within"] += words.is_within(marked)
            type = self._type(marked.type or _UNTYPED, marked, where)
            entity = self._entity(marked, type, grouped, words, landing, places)
            id = derived_id("conllu", article.id, str(span.fragments), type, str(number))
            rows[f"articles[0].mentions[{len(mentions)}]"] = where
            mentions.append(Mention(id, span, type, **own, entity=entity))
        article = replace(article, mentions=tuple(mentions))
        entities = self._linked.fresh()
        document = Document(self._labels.schema, (options.annotator,), (article,), entities)
        return Read(document=document, unresolved=tuple(lost), places=rows)

    def _type(self, label: str, marked: Marked, where: str) -> str:
        label = spoken(label) if marked.is_own else label.replace("&#45;", "-")
        with placed(where):
            return self._labels.entity_type(label)

    def _entity(
        self,
        marked: Marked,
        type: str,
        grouped: dict[str, list[Marked]],
        words: Words,
        landing: Landing,
        places: list[Range],
    ) -> str | None:
        """Return the entity of a mention: one with a name or an item, or a group of several."""
        group = grouped[marked.group]
        item = next((each.item for each in group if each.item), "")
        link = link_to(spoken(item) if not marked.is_own else item, "wikipedia") if item else None
        if marked.is_own:
            kind, colon, name = marked.name.rpartition(":")
            type = self._type(kind, marked, f"line {marked.line}") if colon else type
            return self._linked.id_of(type, spoken(name), link) if name else None
        if link is None and len(group) < 2:
            return None
        first = next((each for each in group if words.has_name(each)), group[0])
        ranges = [words.range(each, places) for each in first.stretches[:1]]
        name = "".join(landing.text[slice(*each)] for each in ranges if each) or marked.group
        label = next((each.type for each in group if each.type), _UNTYPED)
        type = self._type(label, marked, f"line {marked.line}")
        among = () if link else (landing.article.id, marked.group)
        return self._linked.id_of(type, name, link, *among)

    def _notices(self) -> Iterator[str]:
        if self._told["said"] and not self.is_told:
            self.is_told = True
            yield "lemmas, parts of speech and trees are not kept."
        if count := self._told["link"]:
            yield f"{count} links between mentions (Bridge, SplitAnte) were passed over."
        if count := self._told["bracket"]:
            yield f"{count} entities that are written without brackets were passed over."
        if count := self._told["within"]:
            yield (
                f"{count} mentions begin or end within a token of several words that is not "
                "spelled as they are; they cover all of it."
            )
