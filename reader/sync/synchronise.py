"""Bring a library and a folder to the same knowledge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reader.errors import ConflictError, FormatError
from reader.store.backups import back_up
from reader.store.exchange import Known, Taken
from reader.store.library import Library
from reader.store.sameness import DifferingError
from reader.sync.folder import Found, history_file, read_folder, write_folder
from reader.sync.lines import CURE
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """What a synchronisation did.

    Attributes:
        taken: What came into the library.
        written: How many files of the folder changed.
        waiting: Actions of which a part has not arrived, here or in the folder.
    """

    taken: Taken
    written: int
    waiting: int


def synchronise(
    library: Library, folder: Path, follow: Callable[[], None] = lambda: None
) -> Report:
    """Take in what a folder tells, and write what it lacks.

    Args:
        library: The library.
        folder: The folder; made when it is not there.
        follow: Does in the library what follows from what came in, before it is written.

    Raises:
        FormatError: Naming the file, what is wrong and what to do; nothing is changed then.
        LibraryError: If the library cannot be read or written.
        ReaderError: If the folder cannot be read or written.
    """
    exchange = library.exchange
    found = read_folder(folder)
    taken = Taken(0, 0, frozenset())
    try:
        if exchange.check(found.knowledge, found.parts):
            back_up(library.path, "sync")
            taken = exchange.take_in(found.knowledge)
    except DifferingError as error:
        raise FormatError(
            f"{folder}/{_place(found, error)}: {error.message} If it is right here, {CURE} "
            "If it is right there, see `reader restore` for a copy of the library from before. "
            "Nothing was changed."
        ) from error
    except FormatError as error:
        raise FormatError(
            f"{folder}: {error.message} Sync again when all files have arrived; "
            "nothing was changed."
        ) from error
    except ConflictError as error:
        raise FormatError(
            f"{folder}: something in it refers to what is in none of its files; sync again when "
            "all files have arrived; nothing was changed."
        ) from error
    follow()
    told = exchange.tell(_known(found))
    here = {deed.id for deed in told.deeds}
    waiting = sum(deed.id not in here for deed in found.parts)
    steps = {step.record for deed in told.deeds for step in deed.steps}
    written = write_folder(folder, found, told, exchange.homes(steps))
    return Report(taken, written, waiting)


def _place(found: Found, error: DifferingError) -> str:
    """Return the file and line of an action that is another one in the library."""
    places = (
        f"{history_file(home, annotator)}: line {line.number}"
        for (home, annotator), lines in found.lines.items()
        for line in lines
        if line.deed.id == error.action
        and error.step in ("", None if line.step is None else line.step.id)
    )
    return next(places)


def _known(found: Found) -> Known:
    """Say what a folder has, and a library that took it in; incomplete actions are told whole."""
    knowledge = found.knowledge
    return Known(
        actions=dict.fromkeys((deed.id for deed in knowledge.deeds), None),
        articles=frozenset(knowledge.texts),
        arrivals=frozenset(arrival.id for arrival in knowledge.arrivals),
        names={annotator.id: annotator.name for annotator in knowledge.annotators},
    )
