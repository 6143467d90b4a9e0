"""Mentions as brackets of CoNLL-U, put together from what opens and what closes."""

from __future__ import annotations

from reader.annotation.spans import Range
from reader.formats.conllu_lines import Chunk, Line, chunks
from reader.formats.format import Unresolved
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

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there."""
        return self.begun is None and len(self.stretches) == self.chunk.part[1]


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
        self._lost: list[Unresolved] = []
        self._mentions: list[_Open] = []
        self._open: dict[str, list[_Open]] = {}

    def take(self, line: Line, word: int) -> None:
        """Take what a word opens and closes.

        Args:
            line: Its line.
            word: Its number; of a word that is not in the text, that of the next.

        Raises:
            FormatError: If they cannot be read.
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
            unfinished = self._unfinished(chunk)
            if unfinished is None:
                self._lose(line, chunk, f"it is stretch {chunk.part[0]}, and none is before it")
                return
            mention = unfinished
            mention.begun = word
        self._open.setdefault(chunk.group, []).append(mention)

    def _unfinished(self, chunk: Chunk) -> _Open | None:
        """Return the last mention that waits for a stretch of this number."""
        for mention in reversed(self._mentions):
            waits = len(mention.stretches) + 1 == chunk.part[0] and mention.begun is None
            same = (mention.chunk.group, mention.chunk.part[1]) == (chunk.group, chunk.part[1])
            if waits and same:
                return mention
        return None

    def _lose(self, line: int, chunk: Chunk, reason: str) -> None:
        self._lost.append(Unresolved(f"line {line}", chunk.group, reason))

    def _end(self, chunk: Chunk, line: int, word: int) -> None:
        waiting = self._open.get(chunk.group, [])
        fitting = [each for each in waiting if self._fits(each, chunk)]
        if not fitting:
            if not chunk.opens:
                self._lose(line, chunk, "it is closed, but it is not open")
            return
        mention = fitting[-1]
        waiting.remove(mention)
        if mention.begun is not None:
            mention.stretches.append((mention.begun, word))
            mention.begun = None

    def _fits(self, mention: _Open, chunk: Chunk) -> bool:
        number = len(mention.stretches) + 1, mention.chunk.part[1]
        return chunk.part in (number, (1, 1))

    @property
    def lost(self) -> list[Unresolved]:
        """What is opened and not closed, or closed and not opened."""
        reason = "it is opened, but it or a stretch of it is not closed in its document"
        parts = (each for each in self._mentions if not each.is_whole)
        more = (Unresolved(f"line {each.line}", each.chunk.group, reason) for each in parts)
        return [*self._lost, *more]

    def mentions(self) -> list[Marked]:
        """Return the mentions in the order in which they begin."""
        return [self._marked(each) for each in self._mentions if each.is_whole]

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
