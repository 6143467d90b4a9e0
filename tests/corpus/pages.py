"""Pages written line by line with the role each line is to get."""

from __future__ import annotations

from reader.corpus.structure import Structure, find_structure

#: "T", "D", "B" and "x" (boilerplate), then the text of the range.
SIGNS = {"title": "T", "dateline": "D", "body": "B", "boilerplate": "x"}


def shown(text: str, structure: Structure) -> list[str]:
    return [f"{SIGNS[part.role]} {text[part.start : part.end]}" for part in structure.roles]


def check(marked: str, language: str) -> None:
    """A page written with the expected sign before each line; "/" marks a blank line."""
    lines = [line.strip() for line in marked.strip().split("\n")]
    text = "\n".join("" if line == "/" else line[2:] for line in lines)
    expected = [line for line in lines if line != "/"]
    assert shown(text, find_structure(text, language)) == expected
