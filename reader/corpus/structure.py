"""Title, dateline, body and boilerplate of an article, as ranges of its text.

Each hard line is judged by its place (before the first line of prose, after
the last, between), by its shape, and by a small lexicon of what sites put
around articles. What is not clearly something else is body: a reader misses a
dimmed sentence more than he minds a stray heading.
"""

from __future__ import annotations

from reader.corpus.article import Role, RoleRange
from reader.corpus.datelines import is_dateline, opening_dateline
from reader.corpus.furniture import (
    Furniture,
    begins_notice,
    claims_rights,
    is_common_word,
    is_credit,
    is_furniture,
    is_heading,
    is_link,
    is_list,
    is_notice,
    lexicon_of,
    template_tokens,
)
from reader.corpus.lines import Line, lines_of
from reader.values import dataclass

#: A headline has this many words, or at least some, if nothing better is there.
_TITLE_WORDS = range(4, 36)
_SHORT_TITLE_WORDS = range(2, 4)
_TITLE_LENGTH = 220
#: What follows a headline must be this much longer where nothing else sets it apart.
_LONGER = 1.5
#: A line of the site's at the head that is in no lexicon.
_SHORT_WORDS = 5
#: Lines at most before the first sentence that may be a page's head.
_HEAD_LINES = 12
#: Paragraphs of prose an article has before a lone last word is suspicious.
_PARAGRAPHS = 5


@dataclass(frozen=True, slots=True)
class Structure:
    """What the parts of an article are.

    Attributes:
        title: Span of the headline, or None.
        roles: Sorted ranges that do not overlap, in code points of the text.
    """

    title: tuple[int, int] | None
    roles: tuple[RoleRange, ...]


def find_structure(text: str, language: str) -> Structure:
    """Tell title, dateline, body and boilerplate of a text apart.

    Args:
        text: The stored text; offsets are its code points.
        language: BCP 47 code: which lexicon applies; all do for "und".
    """
    page = _Page(lines_of(text), lexicon_of(language))
    roles = page.judge()
    ranges: list[RoleRange] = []
    opened = False
    for line, role in zip(page.lines, roles, strict=True):
        ranges.extend(_ranges_of(line, role, is_opening=role == "body" and not opened))
        opened = opened or role == "body"
    title = next(((part.start, part.end) for part in ranges if part.role == "title"), None)
    return Structure(title, tuple(ranges))


class _Page:
    """The lines of one text while their roles are found."""

    def __init__(self, lines: tuple[Line, ...], lexicon: Furniture) -> None:
        self.lines = lines
        self.lexicon = lexicon
        self.roles: list[Role] = ["body"] * len(lines)

    def judge(self) -> list[Role]:
        """Return the role of each line."""
        prose = self._find_prose()
        self._mark_links(bool(prose))
        if prose:
            self._judge_head(prose[0])
            self._judge_foot(self._start_of_foot(prose[-1] + 1), len(prose))
        else:
            self._judge_without_prose()
        return self.roles

    def _find_prose(self) -> list[int]:
        """The lines that are sentences, but for a first one that may be the headline."""
        prose = [
            number
            for number, line in enumerate(self.lines)
            if line.is_prose and not self._is_site(number)
        ]
        if len(prose) > 1 and self._may_be_headline(self.lines[prose[0]], self.lines[prose[1]]):
            return prose[1:]
        return prose

    def _may_be_headline(self, line: Line, following: Line) -> bool:
        """A question or exclamation, set apart from a much longer first sentence."""
        if not line.apart or line.is_closed or line.words not in _TITLE_WORDS:
            return False
        return len(following.text) >= _LONGER * len(line.text)

    def _is_site(self, number: int) -> bool:
        line = self.lines[number]
        return is_furniture(line, self.lexicon) or is_list(line, self.lexicon)

    def _mark_links(self, has_prose: bool) -> None:
        """Links to other articles and picture credits, wherever they stand."""
        for number, line in enumerate(self.lines):
            if is_link(line, self.lexicon) or (has_prose and is_credit(line)):
                self.roles[number] = "boilerplate"

    def _judge_head(self, end: int) -> None:
        """Navigation, headline, date: the lines before the first sentence."""
        head = list(range(min(end, _HEAD_LINES)))
        for number in head:
            if is_furniture(self.lines[number], self.lexicon):
                self.roles[number] = "boilerplate"
            elif is_dateline(self.lines[number]):
                self.roles[number] = "dateline"
        title = self._find_title(head)
        if title is None:
            self._unless_headed(head)
            return
        self.roles[title] = "title"
        for number in head:
            if self._is_beside_title(number, title):
                self.roles[number] = "boilerplate"

    def _unless_headed(self, head: list[int]) -> None:
        """A date line alone at the head stays one only if it stands apart."""
        for number in head:
            if self.roles[number] == "dateline" and not self.lines[number].apart:
                self.roles[number] = "body"

    def _find_title(self, head: list[int]) -> int | None:
        free = [number for number in head if self.roles[number] == "body"]
        for number in free:
            if self._is_repeated(number, head):
                return number
        # The first line that is long enough decides: what comes after body is no headline.
        long = [number for number in free if self.lines[number].words >= _TITLE_WORDS.start]
        short = [number for number in free if self.lines[number].words in _SHORT_TITLE_WORDS]
        candidate = next(iter(long or short), None)
        return candidate if candidate is not None and self._is_headline(candidate) else None

    def _is_headline(self, number: int) -> bool:
        """No sentence, and set apart from what follows by a blank line or by length."""
        line = self.lines[number]
        if line.is_closed or line.words > _TITLE_WORDS.stop or len(line.text) > _TITLE_LENGTH:
            return False
        if line.text.endswith((":", ",", ";", "،", "؛")):
            return False
        following = self.lines[number + 1]
        return line.apart or len(following.text) >= _LONGER * len(line.text)

    def _is_repeated(self, number: int, head: list[int]) -> bool:
        line = self.lines[number]
        return line.words in _TITLE_WORDS and any(
            other != number and self.lines[other].key == line.key for other in head
        )

    def _is_beside_title(self, number: int, title: int) -> bool:
        """The headline once more, or a short line of the site's before it."""
        line = self.lines[number]
        if self.roles[number] != "body":
            return False
        if line.key == self.lines[title].key:
            return True
        is_set_apart = any(self.lines[other].apart for other in range(number, title))
        return number < title and line.words <= _SHORT_WORDS and is_set_apart

    def _start_of_foot(self, foot: int) -> int:
        """Where the foot begins: sentences about the site belong to it too."""
        while foot > 1 and self._is_notice(foot - 1):
            foot -= 1
            while foot > 1 and not self.lines[foot - 1].is_prose:
                foot -= 1
        return foot

    def _is_notice(self, number: int) -> bool:
        """News is about privacy policies too: furniture must come before the notice."""
        line = self.lines[number]
        if claims_rights(line, self.lexicon):
            return True
        return is_notice(line, self.lexicon) and self._is_site(number - 1)

    def _judge_foot(self, start: int, paragraphs: int) -> None:
        """Tags, lists of other articles, a lone word: the lines after the last sentence."""
        foot = range(start, len(self.lines))
        first = next((number for number in foot if self._is_foot_mark(number)), foot.stop)
        while first > start and self._is_site(first - 1):
            first -= 1
        for number in range(first, foot.stop):
            self.roles[number] = "boilerplate"
        if first == foot.stop > start and paragraphs >= _PARAGRAPHS:
            self._mark_lone_word(foot[-1])
        self._mark_repeated_title(foot)

    def _is_foot_mark(self, number: int) -> bool:
        """Whether the foot is surely the site's from this line on."""
        line = self.lines[number]
        if claims_rights(line, self.lexicon):
            return True
        if is_heading(line, self.lexicon):
            return not is_common_word(line, self.lexicon)
        return not line.is_prose and begins_notice(line, self.lexicon)

    def _mark_lone_word(self, number: int) -> None:
        """One small word at the very end that the article never uses: spam, mostly."""
        line = self.lines[number]
        if line.words != 1 or not line.text.islower() or line.is_punctuated:
            return
        word = line.text.casefold()
        is_used = any(word in other.text.casefold() for other in self.lines[:number])
        if self.lines[number - 1].apart and not is_used:
            self.roles[number] = "boilerplate"

    def _mark_repeated_title(self, foot: range) -> None:
        titles = {
            line.key for line, role in zip(self.lines, self.roles, strict=True) if role == "title"
        }
        for number in foot:
            if titles and self.lines[number].key in titles:
                self.roles[number] = "boilerplate"

    def _judge_without_prose(self) -> None:
        """No sentence at all: only what the lexicon names at the two ends."""
        numbers = range(len(self.lines))
        for order in (numbers, reversed(numbers)):
            for number in order:
                if not is_furniture(self.lines[number], self.lexicon):
                    break
                self.roles[number] = "boilerplate"


def _ranges_of(line: Line, role: Role, *, is_opening: bool) -> list[RoleRange]:
    """The ranges of a line: one, unless a template token or a dateline is in it."""
    if role == "boilerplate":
        return [RoleRange(line.start, line.end, role)]
    marked: list[RoleRange] = []
    if is_opening and (length := opening_dateline(line)):
        marked.append(RoleRange(line.start, line.start + length, "dateline"))
    marked.extend(
        RoleRange(start, end, "boilerplate")
        for start, end in template_tokens(line)
        if _may_cut(line, role, start, end) and (not marked or start >= marked[0].end)
    )
    return _fill(line, role, marked)


def _may_cut(line: Line, role: Role, start: int, end: int) -> bool:
    """A headline stays one range: only its edges can be cut off."""
    return role != "title" or start == line.start or end == line.end


def _fill(line: Line, role: Role, marked: list[RoleRange]) -> list[RoleRange]:
    """The marked ranges, and the line's own role on what lies between them."""
    ranges: list[RoleRange] = []
    position = line.start
    for part in (*marked, RoleRange(line.end, line.end, role)):
        between = line.text[position - line.start : part.start - line.start]
        if stripped := between.strip():
            start = position + between.index(stripped)
            ranges.append(RoleRange(start, start + len(stripped), role))
        if part.start < part.end:
            ranges.append(part)
        position = part.end
    return ranges
