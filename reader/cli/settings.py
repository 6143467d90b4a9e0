"""What the options before and after a command's name say together, and the library they name."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reader.cli.candidates import complete_files
from reader.errors import LibraryError, UsageError
from reader.text.terminals import ORDERS
from reader.user.paths import annotator_name, config_folder, library_path, state_folder
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.annotation.model import Annotator
    from reader.api.library import Library as OpenLibrary
    from reader.preferences import Preferences, Settled
    from reader.store.library import Library

_SWITCH = {"true": True, "1": True, "false": False, "0": False}
"""What a variable of the environment can say of a setting that is on or off."""

F = TypeVar("F", bound=Callable[..., Any])


@lru_cache(maxsize=1)
def _preferences(folder: Path) -> Preferences:
    """Read the user's files once, however many settings a command asks for."""
    from reader.preferences import read_preferences

    return read_preferences(folder)


@dataclass(frozen=True, slots=True)
class Settings:
    """The options that every command shares.

    Attributes:
        db: The library as given with --db, or None.
        annotator: The name as given with --annotator, or None.
        order: What was given with --bidi, or None.
        blinded: Whether --blind or --no-blind was given; None for neither.
    """

    db: str | None = None
    annotator: str | None = None
    order: str | None = None
    blinded: bool | None = None

    @property
    def preferences(self) -> Preferences:
        """What the user's files of settings say.

        Raises:
            UsageError: Naming file and line of what is wrong there.
        """
        return _preferences(config_folder())

    @property
    def path(self) -> Path:
        """The library's file."""
        return library_path(str(self.settled("library", self.db).value))

    @property
    def name(self) -> str:
        """Who annotates."""
        return annotator_name(self.settled("annotator", self.annotator).text)

    @property
    def blind(self) -> bool:
        """Whether what others do is hidden.

        Raises:
            UsageError: If the environment says what cannot be.
        """
        if self.blinded is not None:
            return self.blinded
        settled = self.settled("blind")
        said = str(settled.value).lower()
        if said not in _SWITCH:
            raise UsageError(f"{settled.origin}: {settled.text!r} is not one of true, false.")
        return _SWITCH[said]

    @property
    def bidi(self) -> Settled:
        """How right-to-left text is sent: one of `ORDERS`, and who says so.

        Raises:
            UsageError: If the environment says what cannot be.
        """
        settled = self.settled("bidi", self.order)
        if settled.value not in ORDERS:
            words = ", ".join(ORDERS)
            raise UsageError(f"{settled.origin}: {settled.text!r} is not one of {words}.")
        return settled

    def settled(self, name: str, option: str | None = None) -> Settled:
        """Return the setting in force that an option, the environment or a file gives."""
        return self.preferences.settle(name, option)

    def open(self) -> Library:
        """Open the library, or what will be one with the first write.

        Raises:
            LibraryError: If there is no folder for it.
        """
        from reader.store.library import Library
        from reader.user.identity import Identity

        folder = os.path.dirname(self.path)
        if folder and not os.path.isdir(folder):
            raise LibraryError(
                f"{self.path}: there is no folder {folder}; make it, or name another library "
                "with --db."
            )
        library = Library(self.path, Identity(state_folder()))
        library.greet = _greet
        return library

    def open_existing(self) -> Library:
        """Open the library for a command that has nothing to do without one.

        Raises:
            LibraryError: If there is none, saying how to make one.
        """
        if not os.path.lexists(self.path):
            from reader.store.backups import backups_of

            cure = "make one with `reader add FILE`, or name another with --db."
            for newest in backups_of(self.path)[:1]:
                made = f"{newest.made:%Y-%m-%d %H:%M} UTC"
                cure = f"bring back the copy of {made} with `reader restore --from 1`, or {cure}"
            raise LibraryError(f"{self.path}: there is no library here; {cure}")
        return self.open()

    def reading(self) -> Library:
        """Open an existing library to read and show it: in blind mode one's own marks alone.

        Raises:
            LibraryError: If there is none, saying how to make one.
        """
        library = self.open_existing()
        if not self.blind:
            return library
        from reader.store.library import Library

        with library:
            only = library.people.who(self.name).id
        return Library(self.path, library.identity, only)

    def require_sight(self, what: str) -> None:
        """Let a command that shows what others do run only with open eyes.

        Args:
            what: What it does, after the word "it".

        Raises:
            UsageError: In blind mode.
        """
        if self.blind:
            where = self.settled("blind").origin if self.blinded is None else "option --blind"
            raise UsageError(
                f"it {what}, and blind mode hides what others do ({where}); "
                "--no-blind ends that for one command."
            )

    def library(self) -> OpenLibrary:
        """Open an existing library to read it as programs do; in blind mode one's own marks.

        Raises:
            LibraryError: If there is none, saying how to make one.
        """
        from reader.api.library import Library

        return Library(self.reading(), self.name)


def _greet(who: Annotator, other: Annotator) -> None:
    """Say that somebody new has begun who may be somebody else here."""
    from reader.cli.terminal import tell
    from reader.store.people import newcomer_words

    tell(newcomer_words(who, other))


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None and not value.strip():
        # An unset variable of a shell, most likely: not what the default is meant for.
        raise click.BadParameter(
            "it is empty; give a value, or leave the option out", context, parameter
        )
    if value is not None:
        context.obj = replace(context.obj or Settings(), **{str(parameter.name): value})


def _keep_blind(context: click.Context, parameter: click.Parameter, value: bool | None) -> None:
    if value is not None:
        context.obj = replace(context.obj or Settings(), blinded=value)


def shared_options(command: F) -> F:
    """Let --db, --annotator, --bidi and --blind stand before or after the name of a command."""
    for option in (
        click.option(
            "--blind/--no-blind",
            default=None,
            expose_value=False,
            callback=_keep_blind,
            help="Show of marks, notes and statuses only your own; else the configuration.",
        ),
        click.option(
            "--bidi",
            "order",
            type=click.Choice(ORDERS),
            metavar="MODE",
            expose_value=False,
            callback=_keep,
            help="How right-to-left text is sent: auto, visual, terminal, kitty, off, or the name "
            "of a terminal; else $READER_BIDI, the configuration, what the terminal is.",
        ),
        click.option(
            "--annotator",
            metavar="NAME",
            expose_value=False,
            callback=_keep,
            help="Who annotates, by name or the beginning of an id; else $READER_ANNOTATOR, the "
            "configuration, the login name.",
        ),
        click.option(
            "--db",
            metavar="FILE",
            expose_value=False,
            callback=_keep,
            shell_complete=complete_files,
            help="The library; else $READER_DB, the configuration, annotations.db in this folder.",
        ),
    ):
        command = option(command)
    return command
