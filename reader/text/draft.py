"""A text that is being edited, as a value: text, caret, selection, and what undo takes back.

The caret stands between grapheme clusters, never inside one; an edit that makes
a new cluster around it puts it after that. Backspace takes back what was typed
last: of a letter with marks the last mark, of anything else (an emoji, a flag)
the whole cluster. Delete takes the cluster after the caret. A lam-alef is two
letters here. Offsets are code points, in logical order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from wcwidth import grapheme_boundary_before, iter_graphemes

from reader.text.breaking import words
from reader.text.caret import Affinity
from reader.text.properties import bidi_classes

MOST_IN_LINE = 10_000
"""Code points that a line takes; it is laid out anew with each key."""

MOST_IN_NOTE = 4_000_000
"""Code points that a text of several lines takes."""

_NEAR = 4096
"""Code points that are looked at first for the next word."""

_BREAKS = re.compile("\r\n|[\n\r\x85\u2029]")
_BLANKS = re.compile("\r\n|[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_OTHER_BLANKS = re.compile("[\t\v\f\x1c-\x1e\u2028]")
_DROPPED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

Kind = Literal["typed", "erased", "other"]


def one_line(text: str) -> str:
    """Return a text as a line holds it: breaks and tabs as blanks, no controls."""
    return _DROPPED.sub("", _BLANKS.sub(" ", text))


def many_lines(text: str) -> str:
    """Return a text as several lines hold it: all breaks as line feeds, no other controls."""
    return _DROPPED.sub("", _OTHER_BLANKS.sub(" ", _BREAKS.sub("\n", text)))


def control_count(text: str) -> int:
    """Return how many code points of a text no draft takes, breaks and tabs not counted."""
    return len(_DROPPED.findall(_BLANKS.sub(" ", text)))


def cluster_start(text: str, offset: int) -> int:
    """Return where the grapheme cluster starts that a code point is in; the end stays."""
    if not 0 < offset < len(text):
        return min(max(offset, 0), len(text))
    return _boundary_before(text, offset + 1)


def cluster_end(text: str, offset: int) -> int:
    """Return where the grapheme cluster ends that a code point is in."""
    start, reach = cluster_start(text, offset), 64
    while start < len(text):
        first = next(iter_graphemes(text[start : start + reach]))
        if len(first) < reach or start + reach >= len(text):
            return start + len(first)
        reach *= 2
    return len(text)


def _boundary_before(text: str, offset: int) -> int:
    """Where the cluster of the code point before an offset starts; few are looked at."""
    reach = 64
    while True:
        first = max(0, offset - reach)
        found = first + grapheme_boundary_before(text[first:offset], offset - first)
        # Pairs of regional indicators are counted from the first one of their row.
        if not first or (found > first + 2 and not _in_flags(text[first:offset])):
            return found
        reach *= 2


def _in_flags(text: str) -> bool:
    return all("\U0001f1e6" <= char <= "\U0001f1ff" for char in text)


class Step(NamedTuple):
    """One thing that undo takes back: a stretch of the text replaced by another.

    Attributes:
        start: Where both begin.
        removed: What stood there.
        added: What stands there now.
        before: Caret and other end of the selection, before.
        after: The caret after it.
        kind: What it may be joined to: letters typed one by one are one step.
    """

    start: int
    removed: str
    added: str
    before: tuple[int, int | None]
    after: int
    kind: Kind


_Steps = tuple[Step, "_Steps"] | None
"""Steps as a chain, the latest first: a draft shares it with the draft before."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text, and where one is in it.

    Attributes:
        text: The text.
        caret: The code point before which typed text goes.
        anchor: The other end of the selection; None or the caret when there is none.
        affinity: `upstream` when the caret belongs to what stands before it:
            after typing, and at the end of a row.
        marking: Motions select, as if Shift were held.
        killed: What was cut last, to be put in again.
        several: Whether it holds several lines.
        most: Code points it takes.
    """

    text: str = ""
    caret: int = 0
    anchor: int | None = None
    affinity: Affinity = "downstream"
    marking: bool = False
    killed: str = ""
    several: bool = False
    most: int = MOST_IN_LINE
    _typing: bool = field(default=False, compare=False, repr=False)
    _past: _Steps = field(default=None, compare=False, repr=False)
    _future: _Steps = field(default=None, compare=False, repr=False)

    @property
    def selection(self) -> tuple[int, int]:
        """Start and end of what is selected; both the caret when nothing is."""
        other = self.caret if self.anchor is None else self.anchor
        return min(self.caret, other), max(self.caret, other)

    @property
    def selected(self) -> str:
        """What is selected."""
        start, end = self.selection
        return self.text[start:end]

    def room(self) -> int:
        """Return how many code points can be put in now."""
        return max(0, self.most - len(self.text) + len(self.selected))

    def clean(self, text: str) -> str:
        """Return a text as this draft would take it, however long."""
        return many_lines(text) if self.several else one_line(text)

    def insert(self, text: str) -> Draft:
        """Type or paste a text in place of the selection; what finds no room is left out."""
        added = self.clean(text)
        room = self.room()
        if len(added) > room:
            added = added[: cluster_start(added, room)]
        if not added:
            return self
        letter = cluster_end(added, 0) == len(added) and added != "\n"
        return self._replaced(*self.selection, added, "typed" if letter else "other")

    def backspace(self) -> Draft:
        """Delete the selection, or take back the mark or cluster before the caret."""
        if self.selected or not self.caret:
            return self._erased(*self.selection)
        start = _boundary_before(self.text, self.caret)
        cluster = self.text[start : self.caret]
        if len(cluster) > 1 and cluster[0].isalpha() and bidi_classes(cluster[-1]) == "M":
            start = self.caret - 1
        return self._erased(start, self.caret)

    def delete(self) -> Draft:
        """Delete the selection, or the cluster after the caret."""
        if self.selected or self.caret == len(self.text):
            return self._erased(*self.selection)
        return self._erased(self.caret, cluster_end(self.text, self.caret))

    def delete_word(self) -> Draft:
        """Cut the selection, or back to the beginning of the word before the caret."""
        if self.selected:
            return self.cut()
        return self._cut(self.word_before(self.caret), self.caret)

    def delete_to_start(self) -> Draft:
        """Cut the selection, or all before the caret in its line; at its start the break there."""
        if self.selected:
            return self.cut()
        start = self.line_start(self.caret)
        return self._cut(max(0, self.caret - 1) if start == self.caret else start, self.caret)

    def delete_to_end(self) -> Draft:
        """Cut the selection, or all after the caret in its line; at its end the break there."""
        if self.selected:
            return self.cut()
        end = self.line_end(self.caret)
        return self._cut(self.caret, end + 1 if end == self.caret else end)

    def cut(self) -> Draft:
        """Cut the selection."""
        return self._cut(*self.selection)

    def copied(self) -> Draft:
        """Keep the selection, to be put in elsewhere."""
        return replace(self, killed=self.selected or self.killed)

    def yank(self) -> Draft:
        """Put in what was cut or copied last."""
        return self.insert(self.killed)

    def to(self, caret: int, affinity: Affinity = "downstream", *, select: bool = False) -> Draft:
        """Put the caret before a code point.

        Args:
            caret: A code point; inside a cluster it means the start of that.
            affinity: Which of its neighbours the caret belongs to.
            select: Whether to select up to there.
        """
        anchor = self.anchor if self.anchor is not None else self.caret
        return replace(
            self,
            caret=cluster_start(self.text, caret),
            anchor=anchor if select or self.marking else None,
            affinity=affinity,
            _typing=False,
        )

    def mark(self) -> Draft:
        """Begin to select with every motion, or no longer."""
        anchor = None if self.marking else self.caret
        return replace(self, marking=not self.marking, anchor=anchor, _typing=False)

    def unselect(self) -> Draft:
        """Select nothing; the caret stays."""
        return replace(self, marking=False, anchor=None, _typing=False)

    def select(self, start: int, end: int) -> Draft:
        """Select a range, the caret at its end."""
        return replace(self.to(start), marking=False).to(end, select=True)

    def select_all(self) -> Draft:
        """Select everything."""
        return self.select(0, len(self.text))

    def word_before(self, offset: int) -> int:
        """Return where the word before an offset begins; 0 when there is none."""
        line_end = offset
        while line_end > 0:
            line = self.line_start(line_end)
            for reach in (_NEAR, line_end - line):
                first = max(line, line_end - reach)
                if first > line:
                    # Not in the middle of a word.
                    first = self.text.find(" ", first, line_end) + 1 or line_end
                found = words(self.text[first:line_end])
                if found:
                    return cluster_start(self.text, first + found[-1][0])
            line_end = line - 1
        return 0

    def word_after(self, offset: int) -> int:
        """Return where the word after an offset ends, or the one it is in; else the end."""
        start = offset
        while start < len(self.text):
            line = self.line_end(start)
            for reach in (_NEAR, line - start):
                last = start + reach
                last = line if last >= line else max(start, self.text.rfind(" ", start, last))
                found = words(self.text[start:last])
                if found:
                    return cluster_start(self.text, start + found[0][1])
            start = line + 1
        return len(self.text)

    def word_at(self, offset: int) -> tuple[int, int]:
        """Return the word over a code point, else the cluster there; empty at the very end."""
        first = max(self.line_start(offset), offset - _NEAR)
        last = min(self.line_end(offset), offset + _NEAR)
        for start, end in words(self.text[first:last]):
            if first + start <= offset < first + end:
                return first + start, first + end
        return cluster_start(self.text, offset), cluster_end(self.text, offset)

    def line_start(self, offset: int) -> int:
        """Return where the hard line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Return where the hard line of an offset ends, its break not counted."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found

    @property
    def can_undo(self) -> bool:
        """Whether something can be taken back."""
        return self._past is not None

    def undo(self) -> Draft:
        """Take back the last edit, and stand where one stood before it."""
        if self._past is None:
            return self
        step, past = self._past
        text = _spliced(self.text, step.start, len(step.added), step.removed)
        caret, anchor = step.before
        back = replace(self, text=text, caret=caret, anchor=anchor, affinity="downstream")
        return replace(back, marking=False, _typing=False, _past=past, _future=(step, self._future))

    def redo(self) -> Draft:
        """Do again what was taken back last, if nothing was typed since."""
        if self._future is None:
            return self
        step, future = self._future
        text = _spliced(self.text, step.start, len(step.removed), step.added)
        done = replace(self, text=text, caret=step.after, anchor=None, affinity="upstream")
        return replace(done, marking=False, _typing=False, _past=(step, self._past), _future=future)

    def _cut(self, start: int, end: int) -> Draft:
        killed = self.text[start:end]
        cut = self._erased(start, end, "other")
        return replace(cut, killed=killed) if killed else cut

    def _erased(self, start: int, end: int, kind: Kind = "erased") -> Draft:
        return self._replaced(start, min(end, len(self.text)), "", kind)

    def _replaced(self, start: int, end: int, added: str, kind: Kind) -> Draft:
        removed = self.text[start:end]
        if not removed and not added:
            return self.unselect()
        text = _spliced(self.text, start, end - start, added)
        caret = start + len(added)
        if cluster_start(text, caret) != caret:
            caret = cluster_end(text, caret)
        step = Step(start, removed, added, (self.caret, self.anchor), caret, kind)
        joined = _joined(self._past[0], step) if self._past is not None and self._typing else None
        past = (
            (step, self._past) if joined is None or self._past is None else (joined, self._past[1])
        )
        done = replace(self, text=text, caret=caret, anchor=None, affinity="upstream")
        return replace(done, marking=False, _typing=True, _past=past, _future=None)


def _spliced(text: str, start: int, removed: int, added: str) -> str:
    return text[:start] + added + text[start + removed :]


def _joined(last: Step, step: Step) -> Step | None:
    """Two edits as one step, if they are letters of a word or a row of deletions."""
    if last.kind != step.kind or step.kind == "other":
        return None
    if step.kind == "typed":
        follows = not step.removed and step.start == last.start + len(last.added)
        next_word = step.added.isspace() and not last.added[-1:].isspace()
        if next_word or not follows:
            return None
        return last._replace(added=last.added + step.added, after=step.after)
    if step.start + len(step.removed) == last.start:
        removed = step.removed + last.removed
        return last._replace(start=step.start, removed=removed, after=step.after)
    if step.start == last.start:
        return last._replace(removed=last.removed + step.removed, after=step.after)
    return None
