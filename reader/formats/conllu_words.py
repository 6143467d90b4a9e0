"""The words of a document in CoNLL-U, and the text that they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from reader.annotation.spans import Range
from reader.errors import FormatError
from reader.formats.conllu_brackets import Marked
from reader.formats.conllu_lines import Line, Sentence, unescaped
from reader.formats.offsets import short
from reader.formats.rebuilding import places_of
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the text: its line, itself, the numbers of its words, what stands after it."""

    line: int
    form: str
    words: int
    gap: str


class Words:
    """The words of a document, and the text that they are.

    Attributes:
        tokens: What stands in the text.
        numbers: The number of the word on a line; of one that is not in the text, of the next.
    """

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.numbers: dict[int, int] = {}
        self._before = ""
        self._homes: list[tuple[int, Range | None]] = []
        self._names: set[int] = set()
        self._last_was_said = False

    def add(self, sentence: Sentence) -> None:
        """Add a sentence.

        Raises:
            FormatError: If its words are not those that `# text` says.
        """
        first = len(self.tokens)
        if any(name.startswith("newpar") for name in sentence.comments) and first:
            self._end_paragraph()
        lines = list(sentence.lines)
        at = 0
        while at < len(lines):
            at = self._take(lines, at)
        if not self._before and first == 0:
            self._before = _blanks(lines[0], "SpacesBefore") or ""
        said = sentence.comments.get("text")
        if said is not None:
            self._settle(said, first, sentence.number)

    def _end_paragraph(self) -> None:
        if not self._last_was_said:
            self.tokens[-1] = replace(self.tokens[-1], gap="\n")

    def _take(self, lines: list[Line], at: int) -> int:
        """Take a token: a line, or several with the range before them; return where it ends."""
        line = lines[at]
        if line.is_empty:
            self.numbers[line.number] = len(self._homes)
            return at + 1
        inside = [line]
        end = at + 1
        if line.is_range:
            inside = []
            while end < len(lines) and lines[end].first <= line.last and not lines[end].is_range:
                inside += [] if lines[end].is_empty else [lines[end]]
                self.numbers[lines[end].number] = len(self._homes) + len(inside) - 1
                end += 1
            if [each.first for each in inside] != list(range(line.first, line.last + 1)):
                raise FormatError(
                    f"line {line.number}: the words {line.first} to {line.last} do not follow it."
                )
        self._add_token(line, inside)
        return end

    def _add_token(self, line: Line, inside: list[Line]) -> None:
        for each, place in zip(inside, _parts(line.form, [x.form for x in inside]), strict=True):
            if not line.is_range:
                self.numbers[each.number] = len(self._homes)
            if each.upos == "PROPN":
                self._names.add(len(self._homes))
            self._homes.append((len(self.tokens), place))
        gap = _blanks(line, "SpacesAfter")
        self._last_was_said = gap is not None
        if gap is None:
            gap = "" if line.misc.get("SpaceAfter") == "No" else " "
        self.tokens.append(Token(line.number, line.form, len(inside), gap))

    def _settle(self, said: str, first: int, number: int) -> None:
        """Compare a sentence with what `# text` says; where only blanks differ, take those."""
        own = self.tokens[first:]
        built = "".join(each.form + each.gap for each in own)
        if "".join(built.split()) != "".join(said.split()):
            raise FormatError(
                f"line {number}: the words of the sentence read “{short(built.strip())}”, but "
                f"# text says “{short(said)}”; correct one of them."
            )
        if " ".join(built.split()) == " ".join(said.split()):
            return
        places = places_of(said, "# text", [(each.line, each.form) for each in own], "correct it.")
        for i, (one, two) in enumerate(pairwise(places)):
            gap = said[one[1] : two[0]]
            self.tokens[first + i] = replace(self.tokens[first + i], gap=gap)

    @property
    def text(self) -> str:
        """The text; a blank that only the end of a sentence asks for does not end it."""
        built = self._before + "".join(each.form + each.gap for each in self.tokens)
        return built if self._last_was_said else built.removesuffix(" ")

    @property
    def places(self) -> list[Range]:
        """Where the tokens stand in the text that is built of them."""
        found, at = [], len(self._before)
        for token in self.tokens:
            found.append((at, at + len(token.form)))
            at += len(token.form) + len(token.gap)
        return found

    def range(self, words: Range, places: list[Range]) -> Range | None:
        """Return where words from the first to the last stand, or None if there is none.

        Args:
            words: Numbers of the first and the last.
            places: Where the tokens stand.
        """
        first, last = words[0], min(words[1], len(self._homes) - 1)
        if first > last:
            return None
        start = self._place(first, places)
        end = self._place(last, places)
        return start[0], end[1]

    def _place(self, word: int, places: list[Range]) -> Range:
        token, part = self._homes[word]
        start, end = places[token]
        size = len(self.tokens[token].form)
        if part is None or end - start != size:
            return start, end
        return start + part[0], start + part[1]

    def is_within(self, marked: Marked) -> bool:
        """Tell whether an end of a mention has no place of its own in its token."""
        ends = (word for each in marked.stretches for word in each)
        return any(word < len(self._homes) and self._homes[word][1] is None for word in ends)

    def has_name(self, marked: Marked) -> bool:
        """Tell whether a proper noun is among the words of a mention."""
        return any(
            word in self._names for first, last in marked.stretches for word in (first, last)
        )


def _blanks(line: Line, name: str) -> str | None:
    """Return the white space that a line says, or None if it says none."""
    value = line.misc.get(name)
    blanks = None if value is None else unescaped(value)
    if blanks is not None and blanks.strip():
        raise FormatError(
            f"line {line.number}: {name} should be white space, not “{short(blanks)}”."
        )
    return blanks


def _parts(form: str, words: list[str]) -> Iterable[Range | None]:
    """Return where each word stands in its token, from the left and from the right.

    What is spelled in another way is what remains between the others; if that are several words,
    none of them has a place.
    """
    if len(words) == 1:
        return [(0, len(form))]
    found: list[Range | None] = [None] * len(words)
    left, right = 0, len(form)
    first, last = 0, len(words)
    while first < last and form.startswith(words[first], left):
        found[first] = (left, left + len(words[first]))
        left += len(words[first])
        first += 1
    while first < last and form.endswith(words[last - 1], left, right):
        last -= 1
        found[last] = (right - len(words[last]), right)
        right -= len(words[last])
    if last - first == 1 and left < right:
        found[first] = (left, right)
    return found
