"""Which annotator this user is, under each name: kept on this machine, for all libraries.

Two people may have one name, and meet in one library when theirs are merged. Who
has annotated once keeps the id from then on, in whatever library.
"""

from __future__ import annotations

import os
from pathlib import Path


class Identity:
    """The ids of this user, one small file for each name.

    A folder that cannot be read or written remembers nothing.

    Args:
        folder: The user's state folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "annotators"

    def ids(self, name: str) -> tuple[str, ...]:
        """Return who the user has been under a name, the last one first."""
        try:
            known, *ids = self._path(name).read_text("utf-8").splitlines()
        except (OSError, ValueError):
            return ()
        return tuple(id for id in ids if id.isascii() and id.isalnum()) if known == name else ()

    def keep(self, name: str, id: str) -> None:
        """Remember who the user is under a name."""
        known = self.ids(name)
        if known[:1] == (id,) or name.splitlines() != [name]:
            return
        path = self._path(name)
        part = path.with_suffix(f".{os.getpid()}")
        ids = (id, *(other for other in known if other != id))
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_text("\n".join((name, *ids, "")), "utf-8")
            part.replace(path)
        except OSError:
            # The library tells people apart by their ids, and finds one of a name by itself.
            return

    def _path(self, name: str) -> Path:
        """The file of a name: any text can be one, but not any text the name of a file."""
        return self._folder / f"{name.encode().hex()[:160]}.txt"
