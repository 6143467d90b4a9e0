"""Bring a library and a folder to the same knowledge."""

from __future__ import annotations

from pathlib import Path

from reader.errors import ConflictError, FormatError
from reader.store.backups import back_up
from reader.store.exchange import Known, Taken
from reader.store.library import Library
from reader.sync.folder import Found, read_folder, write_folder
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """What a synchronisation did.

    Attributes:
        taken: What came into the library.
        written: How many files of the folder changed.
        waiting: Actions of which a part has not arrived in the folder.
    """

    taken: Taken
    written: int
    waiting: int


def synchronise(library: Library, folder: Path) -> Report:
    """Take in what a folder tells, and write what it lacks.

    Args:
        library: The library.
        folder: The folder; made when it is not there.

    Raises:
        FormatError: Naming the file, what is wrong and what to do; nothing is changed then.
        LibraryError: If the library cannot be read or written.
        ReaderError: If the folder cannot be read or written.
    """
    exchange = library.exchange
    found = read_folder(folder)
    if exchange.is_news(found.knowledge):
        back_up(library.path, "sync")
    try:
        taken = exchange.take_in(found.knowledge)
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
    told = exchange.tell(_known(found))
    steps = {step.record for deed in told.deeds for step in deed.steps}
    written = write_folder(folder, found, told, exchange.homes(steps))
    return Report(taken, written, found.waiting)


def _known(found: Found) -> Known:
    """Say what a folder has; actions that are not complete are told whole."""
    knowledge = found.knowledge
    return Known(
        actions=frozenset(deed.id for deed in knowledge.deeds),
        articles=frozenset(knowledge.texts),
        arrivals=frozenset(arrival.id for arrival in knowledge.arrivals),
    )
