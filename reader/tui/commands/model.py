"""What a command is, and how a list of them is written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from reader.values import dataclass

Scope = Literal[
    "always",
    "help",
    "app",
    "rows",
    "library",
    "filter",
    "removed",
    "motion",
    "reading",
    "inspector",
    "pick",
    "place",
    "unplaced",
    "leap",
    "count",
    "claim",
    "board",
    "board_filter",
    "sheet",
    "entities",
    "entity_filter",
    "entity",
    "overview",
    "statistics",
    "agreement",
    "conflicts",
    "past",
    "change",
    "adjudicate",
    "amend",
    "layers",
    "search",
    "line",
    "fill",
    "found",
    "hits",
    "suggestions",
    "others",
    "details",
    "attributes",
    "edit",
    "lines",
    "note",
    "keys",
]
Need = Literal[
    "",
    "annotation",
    "article",
    "fact",
    "group",
    "hidden",
    "listed",
    "loose",
    "marked",
    "merged",
    "pair",
    "pinned",
    "place",
    "row",
    "searched",
    "several",
    "suggestion",
    "tagged",
    "theirs",
]
"""What must be at hand for a command, or for a hint to it to be shown.

In the text: an annotation under the selection, a pinned fragment, a suggestion; something that
was looked for, or tagged, before. In lists: a row that can be taken, several of them; under the
cursor a place in a text, a fact that can be changed, something loose that can be taken away, what
is somebody else's, one of a pair, or a group with members to show; things that are marked, merged
or hidden; articles that are listed, or the one that all can be narrowed to.
"""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do.

    Attributes:
        id: Stable name, for key files and tests: `subject.verb`.
        title: A few words, for palette and help.
        help: One sentence: what it does, to what.
        keys: Default keys, the one to show first.
        scope: Where it works.
        group: Heading in help and docs.
        needs: What must be at hand; "" for nothing.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    scope: Scope
    group: str
    needs: Need = ""


_Row = tuple[str, str, str, str] | tuple[str, str, str, str, Need]


def rows(scope: Scope, group: str, *rows: _Row) -> Iterator[Command]:
    """Make commands of rows: id, keys parted by blanks, title, help, and what they need."""
    for id, keys, title, text, *needs in rows:
        need: Need = needs[0] if needs else ""
        yield Command(id, title, text, tuple(keys.split()), scope, group, need)
