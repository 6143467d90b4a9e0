"""Mentions as brackets of CoNLL-U, put together from what opens and what closes."""

from __future__ import annotations

from collections.abc import Iterator

from reader.annotation.spans import Range
from reader.errors import FormatError
from reader.formats.conllu_lines import Chunk, Line, chunks
from reader.values import dataclass

_TYPES = ("etype", "entity")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention.

    Attributes:
        line: Where it begins.
        group: Its group.
        stretches: Numbers of the first and last word of each of its stretches.
        type: Its type as it is written, or "".
        item: Its item in a knowledge base, or "".
        name: The name of its entity, in files that we wrote.
        is_own: Whether we wrote it.
    """

    line: int
    group: str
    stretches: tuple[Range, ...]
    type: str
    item: str
    name: str
    is_own: bool


class _Open:
    """A mention of which not all is there yet."""

    def __init__(self, line: int, chunk: Chunk, begun: int) -> None:
        self.line, self.chunk = line, chunk
        self.stretches: list[Range] = []
        self.begun: int | None = begun


class Brackets:
    """The brackets of a document.

    Args:
        header: What `# global.Entity` said before it.

    Attributes:
        header: What it says now.
        passed: How many entities had no brackets.
    """

    def __init__(self, header: str) -> None:
        self.header = header
        self.passed = 0
        self._mentions: list[_Open] = []
        self._open: dict[str, list[_Open]] = {}

    def take(self, line: Line, word: int) -> None:
        """Take what a word opens and closes.

        Args:
            line: Its line.
            word: Its number; of a word that is not in the text, that of the next.

        Raises:
            FormatError: If something is closed that is not open.
        """
        value = line.misc.get("Entity", "")
        found = list(chunks(value, self.header, line.number))
        self.passed += bool(value) and not found
        last = word - 1 if line.is_empty else word
        for chunk in found:
            if chunk.opens:
                self._begin(chunk, line.number, word)
            if chunk.closes:
                self._end(chunk, line.number, last)

    def _begin(self, chunk: Chunk, line: int, word: int) -> None:
        if chunk.part[0] == 1:
            mention = _Open(line, chunk, word)
            self._mentions.append(mention)
        else:
            mention = self._unfinished(chunk, line)
            mention.begun = word
        self._open.setdefault(chunk.group, []).append(mention)

    def _unfinished(self, chunk: Chunk, line: int) -> _Open:
        """Return the last mention that waits for a stretch of this number."""
        for mention in reversed(self._mentions):
            waits = len(mention.stretches) + 1 == chunk.part[0] and mention.begun is None
            same = (mention.chunk.group, mention.chunk.part[1]) == (chunk.group, chunk.part[1])
            if waits and same:
                return mention
        raise FormatError(
            f"line {line}: stretch {chunk.part[0]} of {chunk.group} has none before it."
        )

    def _end(self, chunk: Chunk, line: int, word: int) -> None:
        waiting = self._open.get(chunk.group, [])
        fitting = [each for each in waiting if self._fits(each, chunk)]
        if not fitting:
            raise FormatError(f"line {line}: {chunk.group} is closed, but it is not open.")
        mention = fitting[-1]
        waiting.remove(mention)
        if mention.begun is not None:
            mention.stretches.append((mention.begun, word))
            mention.begun = None

    def _fits(self, mention: _Open, chunk: Chunk) -> bool:
        number = len(mention.stretches) + 1, mention.chunk.part[1]
        return chunk.part in (number, (1, 1))

    def mentions(self) -> Iterator[Marked]:
        """Give the mentions in the order in which they begin.

        Raises:
            FormatError: If one is not complete.
        """
        for mention in self._mentions:
            missing = mention.chunk.part[1] - len(mention.stretches)
            if mention.begun is not None or missing:
                raise FormatError(
                    f"line {mention.line}: {mention.chunk.group} is opened, but not closed in "
                    "its document, or a stretch of it is missing."
                )
            yield self._marked(mention)

    def _marked(self, mention: _Open) -> Marked:
        fields = mention.chunk.fields
        type = next((fields[name] for name in _TYPES if fields.get(name)), "")
        whole = tuple(each for each in mention.stretches if each[0] <= each[1])
        return Marked(
            mention.line,
            mention.chunk.group,
            whole,
            type,
            fields.get("identity", ""),
            fields.get("name", ""),
            "name" in self.header.split("-"),
        )

    def grouped(self) -> dict[str, list[Marked]]:
        """Return the mentions by their group."""
        found: dict[str, list[Marked]] = {}
        for marked in self.mentions():
            found.setdefault(marked.group, []).append(marked)
        return found
