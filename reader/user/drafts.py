"""Texts that are being typed, kept outside the library until they are saved or dropped.

A program that is killed while a note is typed gives the note back when it is
opened again. One file a text, named by what it is on; only its owner reads it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from reader.user.paths import state_folder


class KeptDraft:
    """Where the unsaved text of one note is kept.

    A folder that cannot be written keeps nothing: typing goes on without it.

    Args:
        library: The library's file.
        about: What the text is on and who types it, in any words.
        folder: Where to keep it; None for the user's state folder.
    """

    def __init__(self, library: Path, about: str, folder: Path | None = None) -> None:
        from hashlib import sha256

        name = sha256(f"{library.absolute()}\n{about}".encode("utf-8", "surrogateescape"))
        self._folder = folder
        self._name = f"{name.hexdigest()[:32]}.txt"

    @property
    def path(self) -> Path:
        """The file."""
        return (self._folder or state_folder() / "drafts") / self._name

    def read(self) -> str | None:
        """Return what was kept; None when there is nothing."""
        try:
            return self.path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, text: str) -> bool:
        """Keep a text in place of the one before; False if that cannot be done."""
        path = self.path
        part = path.with_suffix(f".{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, "wb") as file:
                file.write(text.encode("utf-8"))
            part.replace(path)
        except OSError:
            return False
        return True

    def forget(self) -> None:
        """Keep nothing any longer."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
