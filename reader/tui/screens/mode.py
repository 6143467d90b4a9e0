"""A mode of the article screen: for some keys, what is typed means something else."""

from __future__ import annotations

from typing import Protocol

from textual import events


class Mode(Protocol):
    """What keys mean until the mode ends itself by taking itself off the screen."""

    @property
    def context(self) -> str:
        """Which commands are active: a key of `CONTEXTS`."""

    @property
    def task(self) -> str:
        """What the user is to do now, in a few words."""

    @property
    def in_sight(self) -> bool:
        """Whether what it shows in the text tells enough where there is no status line."""

    def press(self, event: events.Key) -> bool:
        """Do what a key means; tell whether it meant something here."""

    def end(self) -> None:
        """Called when the mode is over, however it ends."""
