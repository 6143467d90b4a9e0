"""A row that shows at a glance whether right-to-left text is right, in each mode there is."""

from __future__ import annotations

from reader.terminal.found import Found, profile_for
from reader.text.terminals import TerminalProfile, in_multiplexer
from reader.values import dataclass

SAMPLE = "قال أحمد (Ahmad) في 2016: «لا بأس»."

RIGHT = (
    "Right: letters joined; from the right edge two words, (Ahmad) inside its brackets, a word, "
    "2016 and a colon, two words inside « », and the full stop at the left end."
)
"""What the sample looks like where it is right, for those who do not read it too."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to send rows.

    Attributes:
        name: What it is kept and asked for by.
        help: Which terminals it is for.
        profile: What it comes to in this terminal.
    """

    name: str
    help: str
    profile: TerminalProfile


_HELPS = {
    "visual": "for terminals that show what is sent as it is",
    "terminal": "for terminals that order rows themselves",
    "kitty": "for kitty, which turns each word round",
}


def modes(found: Found) -> tuple[Mode, ...]:
    """The modes to choose from, each as the terminal that was found takes it."""
    behind = "." in found.name
    profiles = {name: profile_for(name, found.profile) for name in _HELPS}
    return tuple(
        Mode(name, use, in_multiplexer(profiles[name]) if behind else profiles[name])
        for name, use in _HELPS.items()
    )
