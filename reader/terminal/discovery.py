"""Finding out what this terminal is, beside other work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.terminal.asking import LONG_PATIENCE, PATIENCE, Asking
from reader.terminal.found import Found, Outer, find
from reader.terminal.names import named_by_environment

if TYPE_CHECKING:
    from reader.terminal.multiplexer import TmuxClient


class Discovery:
    """Questions to the terminal, and to tmux if it is in between.

    Args:
        environment: The environment variables.
        ask: Whether the terminal is asked; else the environment alone tells.
        patience: Seconds from now to when its answers are waited for no longer.
    """

    def __init__(
        self, environment: Mapping[str, str], *, ask: bool, patience: float = PATIENCE
    ) -> None:
        self._environment = environment
        self._tmux = _tmux_client(environment)
        self.asking = Asking(environment if ask else {}, patience)

    def begin(self) -> None:
        """Ask the terminal."""
        self.asking.begin()

    @property
    def _outer(self) -> Outer | None:
        return None if self._tmux is None else self._tmux.outer

    def found(self) -> Found:
        """Wait for the answers, but not long, and decide."""
        answers = self.asking.answers() if self.asking.asked else None
        return find(self._environment, answers, self._outer)

    def found_late(self) -> Found:
        """Decide once more, with what has been answered meanwhile."""
        return find(self._environment, self.asking.answers(), self._outer)


def found_for_printing(environment: Mapping[str, str], *, ask: bool = False) -> Found:
    """Decide for a command that prints and ends.

    Args:
        environment: The environment variables.
        ask: Whether the terminal is asked even if its variables tell of it.
    """
    ask = ask or not named_by_environment(environment)[0]
    discovery = Discovery(environment, ask=ask, patience=LONG_PATIENCE)
    try:
        discovery.begin()
        return discovery.found()
    finally:
        discovery.asking.restore()
        discovery.asking.put_back()


def _tmux_client(environment: Mapping[str, str]) -> TmuxClient | None:
    if not environment.get("TMUX"):
        return None
    from reader.terminal.multiplexer import TmuxClient

    return TmuxClient(environment)
