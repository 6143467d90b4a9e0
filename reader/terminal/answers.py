"""What a terminal is asked about itself, and its answers among what is typed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reader.patterns import pattern
from reader.values import dataclass

QUERIES = b"\x1b7\x1b[>q\x1b[8$p\x1b[>c\x1b[c\x1b8\x1b[K"
"""XTVERSION, DECRQM of the mode for ordering rows, DA2, and DA1, which all terminals answer.

A terminal that shows a part of what it does not know has it taken away again.
"""

_MOST_HELD = 256
"""Bytes that the beginning of an answer can have."""

_ANSWER = pattern(
    rb"\x1bP>\|(?P<version>[^\x1b]*)\x1b\\"
    rb"|\x1b\[\??8;(?P<ordering>[0-9])\$y"
    rb"|\x1b\[>(?P<kind>[0-9;]*)c"
    rb"|\x1b\[\?(?P<last>[0-9;]*)c"
)
_BEGUN = pattern(
    rb"\x1b(?:P(?:>(?:\|[^\x1b]*\x1b?)?)?|\[(?:>[0-9;]*|\?[0-9;]*|\??8;[0-9]?\$?|\??8?)?)?\Z"
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal says of itself.

    Attributes:
        version: Its name and version (XTVERSION), or "".
        ordering: The mode for ordering rows (DECRPM): 1 on, 2 off, 3 always on, 4 always
            off, 0 not known; None when it does not say.
        kind: The numbers of its secondary device attributes (DA2).
        complete: Whether it has answered to the last question.
    """

    version: str = ""
    ordering: int | None = None
    kind: tuple[int, ...] = ()
    complete: bool = False


class Listener:
    """Parts the answers of a terminal from what is typed meanwhile."""

    def __init__(self) -> None:
        self._held = b""
        self._said: dict[str, bytes] = {}

    @property
    def answers(self) -> Answers:
        """What was answered up to now."""
        said = self._said
        version = said.get("version", b"").decode("utf-8", "replace")
        ordering = said.get("ordering")
        kind = said.get("kind", b"").split(b";")
        return Answers(
            "".join(char for char in version if char.isprintable()),
            None if ordering is None else int(ordering),
            tuple(int(number) for number in kind if number),
            "last" in said,
        )

    def hear(self, data: bytes) -> bytes:
        """Take in what was read; return what of it was typed.

        What may be the beginning of an answer is held back.
        """
        data = self._held + data
        typed = _ANSWER.sub(self._keep, data)
        begun = _BEGUN.search(typed)
        if begun is None or len(begun[0]) > _MOST_HELD:
            self._held = b""
            return typed
        self._held = begun[0]
        return typed[: begun.start()]

    def release(self) -> bytes:
        """Return what was held back: it was no answer."""
        held, self._held = self._held, b""
        return held

    def _keep(self, found: re.Match[bytes]) -> bytes:
        self._said |= {name: text for name, text in found.groupdict().items() if text is not None}
        return b""


def may_ask(environment: Mapping[str, str]) -> bool:
    """Whether a terminal can be asked without harm."""
    # Terminal.app writes a part of DECRQM on the screen; the console of Linux answers nothing.
    return (
        environment.get("TERM", "dumb") not in ("", "dumb", "linux", "unknown")
        and environment.get("TERM_PROGRAM") != "Apple_Terminal"
    )
