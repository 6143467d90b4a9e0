"""In which line of a TOML text each value stands: `tomllib` tells the values only.

The text is one that `tomllib` has read, so that nothing is checked here.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_PART = re.compile(r'[ \t]*("(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[\w-]+)[ \t]*')
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+|' r"'''.*?'''+|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'", re.DOTALL
)
_PLAIN = re.compile(r"[^,\]}\n#]+")


def lines_of(text: str) -> dict[Path, int]:
    """Return the line (from 1) of each table, field, and element of a list, by its path."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            start = self.at
            if self.text[start] == "[":
                brackets = 2 if self.text.startswith("[[", start) else 1
                self.at += brackets
                table = self.table(self.dotted(), brackets == 2)
                self.at += brackets
                self.note(table, start)
                # A list of tables is where the first of them is.
                self.note(table[:-1] if brackets == 2 else table, start)
            else:
                self.pair(table)
            self.skip(_BLANK)
        return self.found

    def table(self, parts: Path, is_row: bool) -> Path:
        """Return the path of a table; rows of lists are counted."""
        path: Path = ()
        for number, part in enumerate(parts, 1):
            path = (*path, part)
            if is_row and number == len(parts):
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        return path

    def pair(self, table: Path) -> None:
        start = self.at
        path = (*table, *self.dotted())
        self.note(path, start)
        self.at += 1
        self.skip(_SPACE)
        self.value(path)

    def dotted(self) -> Path:
        parts: list[str | int] = []
        while (part := _PART.match(self.text, self.at)) is not None:
            parts.append(_unquoted(part[1]))
            self.at = part.end()
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return tuple(parts)

    def value(self, path: Path) -> None:
        opened = self.text[self.at : self.at + 1]
        if opened == "[":
            self.elements(path)
        elif opened == "{":
            self.fields(path)
        else:
            self.skip(_STRING if opened in ('"', "'") else _PLAIN)

    def elements(self, path: Path) -> None:
        self.at += 1
        self.skip(_BLANK)
        number = 0
        while not self.text.startswith("]", self.at):
            self.note((*path, number), self.at)
            self.value((*path, number))
            self.skip(_BLANK)
            number += 1
        self.at += 1

    def fields(self, path: Path) -> None:
        self.at += 1
        self.skip(_BLANK)
        while not self.text.startswith("}", self.at):
            self.pair(path)
            self.skip(_BLANK)
        self.at += 1

    def note(self, path: Path, at: int) -> None:
        self.found.setdefault(path, self.text.count("\n", 0, at) + 1)

    def skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found is not None else self.at + 1


def _unquoted(part: str) -> str:
    if part[0] == "'":
        return part[1:-1]
    if part[0] == '"':
        import tomllib

        return next(iter(tomllib.loads(f"{part} = 0")))
    return part
