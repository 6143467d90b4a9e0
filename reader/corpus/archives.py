"""Zip archives, read member by member in memory: nothing is ever unpacked to a disk.

What an archive says of itself is not trusted: members that leave it, links,
encrypted ones, and those that unfold to far more than they could hold are
refused one by one, and the others are read all the same.
"""

from __future__ import annotations

import lzma
import os
import re
import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from reader.errors import ArticleError
from reader.values import dataclass

#: What every zip archive begins with that has a member.
SIGNATURE = b"PK\x03\x04"

_LARGEST = 256 << 20
"""Bytes that a member may unfold to."""

_ALL = 4 << 30
"""Bytes that all members may unfold to together."""

_SUSPICIOUS = 16 << 20
_RATIO = 200
"""How many times its packed size a file above the suspicious size may be; texts stay far below."""

_DOCUMENT = frozenset(("[Content_Types].xml", "mimetype", "META-INF/container.xml"))
_HEAD = 64
"""Members among which those that tell a document are."""

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    Attributes:
        name: Its path inside the archive, with `/` between the folders.
        problem: Why it is not read, for the user, or "".
    """

    name: str
    problem: str
    _archive: ZipFile
    _info: ZipInfo

    def read(self) -> bytes:
        """Return its bytes.

        Raises:
            ArticleError: If it is refused or damaged; the message does not name it.
        """
        if self.problem:
            raise ArticleError(self.problem)
        try:
            return self._archive.read(self._info)
        except _DAMAGE as error:
            raise ArticleError(_damage(error)) from None


def members(file: bytes | Path) -> Iterator[Member]:
    """Give the files of an archive in its own order, folders left out.

    Args:
        file: Its bytes, or where it is.

    Raises:
        ArticleError: If it is no sound archive; the message does not name it.
    """
    try:
        archive = ZipFile(BytesIO(file) if isinstance(file, bytes) else file)
    except _DAMAGE as error:
        raise ArticleError(_damage(error)) from None
    infos = [info for info in archive.infolist() if not info.is_dir()]
    _refuse_bomb(infos, len(file) if isinstance(file, bytes) else os.stat(file).st_size)
    seen: set[str] = set()
    for info in infos:
        name = _name(info)
        yield Member(name, _problem(info, name, seen), archive, info)
        seen.add(name)


def is_document(file: bytes | Path) -> bool:
    """Tell whether an archive is a document of an office program or an electronic book."""
    try:
        archive = ZipFile(BytesIO(file) if isinstance(file, bytes) else file)
    except _DAMAGE:
        return False
    return not _DOCUMENT.isdisjoint(archive.namelist()[:_HEAD])


def _refuse_bomb(infos: Sequence[ZipInfo], packed: int) -> None:
    """Members may share their packed bytes: only the whole shows how much they unfold to."""
    size = sum(info.file_size for info in infos)
    if size > _ALL or (size > _LARGEST and size > _RATIO * packed):
        raise ArticleError(
            f"its files would unfold to {size / (1 << 20):,.0f} MB; "
            "unpack it first if you trust it, and add the folder"
        )


def _problem(info: ZipInfo, name: str, seen: set[str]) -> str:
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        return "its name leaves the archive; it is left out"
    if name in seen:
        return "the archive has another file of this name; it is left out"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, not a file; it is left out"
    if info.flag_bits & _ENCRYPTED:
        return "encrypted; unpack the archive with its password, and add the folder"
    size, packed = info.file_size, max(1, info.compress_size)
    if size > _LARGEST or (size > _SUSPICIOUS and size > _RATIO * packed):
        return f"it would unfold to {size / (1 << 20):,.0f} MB; unpack it first if you trust it"
    return ""


def _name(info: ZipInfo) -> str:
    """The name as it was meant: many programs write UTF-8 without saying so."""
    name = _unicode_path(info.extra) or info.filename
    if name == info.filename and not info.flag_bits & _UTF8_NAME and not name.isascii():
        # What is not UTF-8 is in CP437, as the format has it.
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/").removeprefix("./")


def _unicode_path(extra: bytes) -> str:
    """The name in the extra field that Info-ZIP writes beside one it cannot write, or ""."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_PATH and length > 5:
            return extra[9 : 4 + length].decode("utf-8", "replace")
        extra = extra[4 + length :]
    return ""


def _damage(error: Exception) -> str:
    if isinstance(error, NotImplementedError):
        return "packed in a way that is not understood; unpack it, and add the folder"
    if isinstance(error, PermissionError):
        return "no permission to read it; change that (chmod u+r) first"
    return "a damaged zip archive; get it anew, or repair it (zip -F)"


_DAMAGE = (
    *(OSError, EOFError, ValueError, RuntimeError, NotImplementedError, LookupError),
    *(BadZipFile, zlib.error, lzma.LZMAError, struct.error, MemoryError),
)
