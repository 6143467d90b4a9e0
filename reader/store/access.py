"""A library file held open: for reading until the first write, then for both."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import AnnotationError, ConflictError, LibraryError
from reader.store import database
from reader.store.files import identity, moved
from reader.store.resting import come, go, leave

DANGLING = "Something else refers to this, or it refers to what is gone; nothing was changed."
"""What a user is told whose action would leave a reference to nothing."""


class Access:
    """The connection of one user to one library file.

    Args:
        path: The file. It need not exist: it is made by the first write.
        migrate: Brings a library up to date.
        prepare: Done to each connection to read with, before anything is read.

    Attributes:
        path: The file.
        connection: To read with.
        first: What `state` was when the library was opened.
        patience: Seconds that it waits for another process; None for the usual time.

    Raises:
        LibraryError: If it cannot be opened.
    """

    def __init__(
        self, path: Path, migrate: database.Migrate, prepare: database.Migrate | None = None
    ) -> None:
        self.path = path
        self._migrate, self._prepare = migrate, prepare
        self.patience: float | None = None
        self._writing = False
        self._open()
        try:
            with database.explained(path):
                self.first = self.state()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        self.connection, self._found = come(self.path, self._migrate, self.patience)
        self._file = self._found.file
        if self._prepare is None:
            return
        try:
            with database.explained(self.path):
                self._prepare(self.connection)
        except BaseException:
            self.close()
            raise

    @property
    def wrote(self) -> bool:
        """Whether anything was written, or was to be."""
        return self._writing

    def be_patient(self, seconds: float) -> None:
        """Wait so long for another process from now on, each time."""
        self.patience = seconds
        database.be_patient(self.connection, seconds)

    def is_locked(self) -> bool:
        """Whether another process keeps everybody from writing at this moment."""
        return database.is_locked(self.path, self.connection if self._writing else None)

    def refresh(self) -> None:
        """See a library that another process has made since there was none."""
        if self._file is None and not self._writing and identity(self.path):
            self.connection.close()
            self._open()

    def state(self) -> object:
        """What is equal as long as nobody, here or elsewhere, has changed the library."""
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        return self.connection, version, self.connection.total_changes

    def close(self) -> None:
        """Leave the library; as the last one, make it one plain file again."""
        if self._writing:
            leave(self.connection, self.path)
            return
        go(self.connection, self.path, self._found)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write, all or nothing; the first time, this begins writing and makes the file.

        What is refused leaves no file where there was none.

        Raises:
            AnnotationError: If a text cannot be stored.
            ConflictError: If a reference would lead to nothing.
            LibraryError: If the library cannot be written.
        """
        is_new = not self._writing and identity(self.path) is None
        self._start_writing()
        try:
            with self._unmade(if_new=is_new), database.transaction(self.connection, self.path):
                yield self.connection
        except LibraryError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                raise ConflictError(DANGLING) from error
            raise
        except UnicodeEncodeError as error:
            raise AnnotationError(
                "The text holds half of a surrogate pair, which no file can keep; take it out."
            ) from error

    @contextmanager
    def _unmade(self, *, if_new: bool) -> Iterator[None]:
        try:
            yield
        except BaseException:
            if if_new:
                database.discard(self.connection, self.path)
                self._writing = False
                self._open()
            raise

    def _start_writing(self) -> None:
        if self._file not in (None, identity(self.path)):
            raise moved(self.path)
        if self._writing:
            return
        writer = database.open_writing(self.path, self._migrate, self.patience)
        self.connection.close()
        self.connection = writer
        self._file = identity(self.path)
        self._writing = True


class Stored:
    """A part of what a library holds, read when it is asked for.

    Args:
        access: The library.
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._access.connection

    @property
    def _path(self) -> Path:
        """The file, for messages."""
        return self._access.path
