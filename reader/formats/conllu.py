"""CoNLL-U with entities in the column MISC, as CorefUD and Universal Anaphora write them.

All articles are one file, a document each, sentence by sentence; tokens end where a mention does.
Mentions are brackets (`Entity=`), with gaps too; the entity of a mention is its group (`eid`), its
item in Wikidata (`identity`) and its name. White space is kept as UDPipe does, in `SpacesAfter`, so
that the text comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reader.annotation.model import Entity, Mention
from reader.annotation.spans import Range
from reader.annotation.wikidata import confirmed
from reader.formats.conllu_lines import HEADER, escaped, first_columns, written
from reader.formats.conllu_read import ConlluReader
from reader.formats.document import ArticleData
from reader.formats.format import ExportOptions, File, Format, ImportOptions, Read
from reader.formats.linked import named_entities
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source
from reader.formats.tokens import Grid, borders_of, sentences_around, tokens_of

_ONLY = "there is nothing but words and the entities that they name"
_BRACKET = "a bracket has a group, a type, an item and a name"

FORMAT = Format(
    name="conllu",
    title="CoNLL-U with Entity= (Universal Dependencies, CorefUD)",
    suffixes=(".conllu", ".conllup", ".conll"),
    media="text/x-conllu",
    offsets="none: the text is built of the words",
    lacks=(
        ("claim", _ONLY),
        ("attribution", _ONLY),
        ("claim_mention", _ONLY),
        ("relation", _ONLY),
        ("note", _ONLY),
        ("suggestion", _ONLY),
        ("refusal", _ONLY),
        ("status", _ONLY),
        ("annotator", _ONLY),
        ("attribute", _BRACKET),
        ("relation_type", _ONLY),
        ("*.id", _BRACKET),
        ("*.annotator", _BRACKET),
        ("*.created", _BRACKET),
        ("*.updated", _BRACKET),
        ("*.created_by", _BRACKET),
        ("*.updated_by", _BRACKET),
        ("*.origin", _BRACKET),
        ("mention.kind", _BRACKET),
        ("mention.attributes", _BRACKET),
    ),
    partly=(
        ("article", "the file holds the text alone"),
        ("mention", "a mention begins and ends with a word, never with white space"),
        ("mention.entity", "only an entity that its name or item tells from others is written"),
        ("entity", "an entity is written where a text names it: name, type, item in Wikidata"),
        ("entity_type", "types come back by their names, where they are in use"),
    ),
    notes="Lemmas, parts of speech and trees are not kept.",
)


def recognises(part: Part) -> bool:
    """Tell whether a file has the ending, and its first line of columns is one of CoNLL-U."""
    return part.suffix in FORMAT.suffixes and first_columns(part.peek())


def read(source: Source, options: ImportOptions) -> Iterator[Read]:
    """Read each file, document by document."""
    told = False
    for part in source.parts:
        reading = ConlluReader(part, source.articles, options, is_told=told)
        yield from reading.reads()
        told = reading.is_told


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write one file."""
    groups = _Groups(named_entities(outgoing.entities))
    lines = (line for article in outgoing.articles for line in _Writer(article, groups).lines())
    yield File("library.conllu", lines)


class _Groups:
    """The groups of a file: mentions of one entity share one."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self._entities = entities
        self._numbers: dict[str, str] = {}
        self._alone = 0

    def of(self, mention: Mention, *, is_shared: bool) -> tuple[str, str]:
        """Return the group of a mention, and what is said of the entity after its type.

        Args:
            mention: The mention.
            is_shared: Whether it may be in the group of the entity.
        """
        entity = self._entities.get(mention.entity or "")
        if entity is not None and is_shared:
            group = self._numbers.setdefault(entity.id, f"e{len(self._numbers) + 1}")
        else:
            self._alone += 1
            group = f"m{self._alone}"
        return group, "" if entity is None else _named(entity, mention.type)


def _named(entity: Entity, type: str) -> str:
    kind = "" if entity.type == type else f"{written(entity.type)}:"
    return f"-{confirmed(entity)}-{kind}{written(entity.name)}"


class _Bracket(NamedTuple):
    """A stretch of a mention: numbers of its first and last token, group, what opens it."""

    first: int
    last: int
    group: str
    opening: str


class _Writer:
    """The lines of one article."""

    def __init__(self, article: ArticleData, groups: _Groups) -> None:
        self._article, self._groups = article, groups
        text = article.text
        whole = [m for m in article.mentions if _is_whole(text, m.span.fragments)]
        # Of those in one place, the one without gaps is in the group of its entity.
        order = {m.id: (m.span.start, -m.span.end, len(m.span.fragments), m.id) for m in whole}
        mentions = sorted(whole, key=lambda m: order[m.id])
        spans = [mention.span for mention in mentions]
        self._sentences = sentences_around(text, article.language, spans)
        ends = (end for _, end in self._sentences)
        self._grid = Grid(tokens_of(text, {*borders_of(spans), *ends}))
        self._opening: dict[int, list[_Bracket]] = {}
        self._closing: dict[int, list[_Bracket]] = {}
        for bracket in self._brackets(mentions):
            self._opening.setdefault(bracket.first, []).append(bracket)
            self._closing.setdefault(bracket.last, []).append(bracket)

    def lines(self) -> Iterator[str]:
        """Give the lines."""
        id = self._article.id
        yield f"# newdoc id = {id}\n# global.Entity = {HEADER}\n"
        tokens = self._grid.tokens
        at = 0
        for number, (_, end) in enumerate(self._sentences, 1):
            first = at
            while at < len(tokens) and tokens[at][0] < end:
                at += 1
            if first < at:
                yield f"# sent_id = {id}-{number}\n# text = {self._shown(first, at)}\n"
                yield from (self._line(each, each - first + 1) for each in range(first, at))
                yield "\n"

    def _brackets(self, mentions: Iterable[Mention]) -> Iterator[_Bracket]:
        reached: dict[str, int] = {}
        for mention in mentions:
            # Brackets of one group that overlap could not be told from each other.
            is_shared = reached.get(mention.entity or "", 0) <= mention.span.start
            group, named = self._groups.of(mention, is_shared=is_shared)
            if is_shared and mention.entity:
                reached[mention.entity] = mention.span.end
            places = [self._grid.covered(*each) for each in mention.span.fragments]
            for number, place in enumerate(places, 1):
                part = f"{group}[{number}/{len(places)}]" if len(places) > 1 else group
                first, last = place or (0, 0)
                yield _Bracket(first, last, part, f"({part}-{written(mention.type)}-1{named}")

    def _gap(self, number: int) -> str:
        """Return what stands between a token and the next."""
        text, tokens = self._article.text, self._grid.tokens
        end = tokens[number + 1][0] if number + 1 < len(tokens) else len(text)
        return text[tokens[number][1] : end]

    def _shown(self, first: int, end: int) -> str:
        text, tokens = self._article.text, self._grid.tokens
        words = (text[slice(*tokens[i])] + " " * bool(self._gap(i)) for i in range(first, end))
        return "".join(words).rstrip(" ")

    def _line(self, number: int, id: int) -> str:
        start, end = self._grid.tokens[number]
        misc = "|".join(self._misc(number)) or "_"
        return f"{id}\t{self._article.text[start:end]}" + "\t_" * 7 + f"\t{misc}\n"

    def _misc(self, number: int) -> Iterator[str]:
        entity = "".join(self._chunks(number))
        if entity:
            yield f"Entity={entity}"
        gap, is_last = self._gap(number), number + 1 == len(self._grid.tokens)
        if not gap:
            yield "SpaceAfter=No"
        elif gap != " " or is_last:
            yield f"SpacesAfter={escaped(gap)}"
        before = self._article.text[: self._grid.tokens[0][0]]
        if number == 0 and before:
            yield f"SpacesBefore={escaped(before)}"

    def _chunks(self, number: int) -> Iterator[str]:
        """Give the brackets at a token: those that close, that open, and that do both."""
        opening = sorted(self._opening.get(number, ()), key=lambda each: -each.last)
        closing = sorted(self._closing.get(number, ()), key=lambda each: -each.first)
        single = [f"{each.opening})" for each in opening if each.last == number]
        opens = [each.opening for each in opening if each.last > number]
        closes = [f"{each.group})" for each in closing if each.first < number]
        yield from (*closes, *opens, *single) if opens else (*single, *closes)


def _is_whole(text: str, fragments: Iterable[Range]) -> bool:
    """Tell whether every stretch begins and ends with something other than white space."""
    return all(text[start:end].strip() == text[start:end] for start, end in fragments)
