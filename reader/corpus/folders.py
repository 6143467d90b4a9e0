"""The files in a folder and below it, by name; what is left out is told, with the reason."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

#: The folder beside a saved web page that holds its pictures and scripts.
_PAGE_FOLDERS = ("_files", "_file", ".files", "-files", "_archivos", "_fichiers", "-Dateien")
_PAGES = (".html", ".htm", ".xhtml")
_DIGITS = re.compile(r"(\d+)")
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_NAMED = 5
"""Names of what was left out for one reason that are told."""

_COMPANIONS = ("", "-wal", "-shm", "-journal")
"""What a library and the files that belong to it end with."""

OWN = "the library itself"
"""Why a file is left out that the library consists of."""

Skipped = Callable[[str, str], None]
Own = Callable[[Path], bool]


def ignore(name: str, why: str) -> None:
    """What is left out is of no interest to the caller."""


def nobodys(path: Path) -> bool:
    """No file belongs to a library that is open."""
    return False


def owned_by(library: str | os.PathLike[str]) -> Own:
    """Return what tells whether a file is a library, or belongs to it, by whatever name.

    Such a file must not be opened beside SQLite, not even to see what it is: closing it
    gives up all locks that the process has on it (POSIX), by which others know that the
    library is in use.
    """
    whole = os.path.realpath(library)
    own = [whole + ending for ending in _COMPANIONS]

    def is_own(path: Path) -> bool:
        try:
            found = os.stat(path)
        except (OSError, ValueError):
            return False
        return any(os.path.samestat(found, each) for each in _stats(own))

    return is_own


def _stats(paths: Iterable[str]) -> Iterator[os.stat_result]:
    for path in paths:
        with suppress(OSError):
            yield os.stat(path)


def shown_path(path: str | os.PathLike[str]) -> str:
    """Return a path as one line of text that can be stored and printed."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in os.fspath(path))


def natural(name: str) -> tuple[tuple[str | int, ...], str]:
    """Return what to sort a path by so that numbers in it count as numbers."""
    pieces = _DIGITS.split(name.casefold())
    return tuple(int(piece) if i % 2 else piece for i, piece in enumerate(pieces)), name


def files_below(folder: Path, skipped: Skipped = ignore) -> Iterator[Path]:
    """Give all files in a folder and below, each folder's own first, by name.

    Left out are links that lead out of it, linked and hidden folders, and the folder
    of pictures beside a saved page.

    Args:
        folder: Where to look.
        skipped: Is told the name of each file or folder that is left out, and why; that of a
            folder ends with `/`.

    Raises:
        OSError: If a folder cannot be read.
    """
    within = os.path.realpath(folder)
    for parent, folders, names in os.walk(folder, onerror=_raise):
        pages = {name.rsplit(".", 1)[0] for name in names if name.lower().endswith(_PAGES)}
        reasons = {name: _why_not(parent, name, pages) for name in folders}
        folders[:] = sorted(name for name in folders if not reasons[name])
        for name, why in reasons.items():
            if why:
                skipped(f"{shown_path(os.path.join(parent, name))}/", why)
        for name in sorted(names):
            path = Path(parent, name)
            if path.is_symlink() and (why := _why_not_linked(path, within)):
                skipped(shown_path(path), why)
            else:
                yield path


def special(path: Path) -> str:
    """Say what a path is if it is no regular file, which may be read without end, else "".

    Raises:
        OSError: If there is nothing at it.
    """
    mode = path.stat().st_mode
    if stat.S_ISREG(mode):
        return ""
    kind = next((kind for test, kind in _KINDS if test(mode)), "a special file")
    return f"{kind}, not a file"


def left_out(skipped: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Say in a line for each reason what was left out.

    Args:
        skipped: Names by the reason.
    """
    for why, found in sorted(skipped.items()):
        names = sorted(found, key=natural)
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        yield f"left out ({why}): {', '.join(names[:_NAMED])}{more}"


def _why_not(parent: str, name: str, pages: Iterable[str]) -> str:
    """Why a folder is not looked into, or ""."""
    if is_hidden(name):
        return "hidden"
    if os.path.islink(os.path.join(parent, name)):
        return "a link to a folder, which is not followed"
    return "pictures and scripts of a saved page" if _is_of_page(name, pages) else ""


def _why_not_linked(path: Path, within: str) -> str:
    """Why a link is not followed, or "": it may lead to a file in the folder, nowhere else."""
    target = os.path.realpath(path)
    if not os.path.exists(target):
        return "a link to nothing"
    inside = os.path.commonpath((within, target)) == within
    return "" if inside else "a link out of the folder; name the file itself"


def is_hidden(name: str) -> bool:
    """Tell whether the name of a file or folder hides it."""
    return name.startswith(".") and name not in (".", "..")


def _is_of_page(name: str, pages: Iterable[str]) -> bool:
    """Whether a folder is what a browser saved beside a page."""
    return any(
        name.removesuffix(ending) in pages for ending in _PAGE_FOLDERS if name.endswith(ending)
    )


def _raise(error: OSError) -> None:
    raise error
