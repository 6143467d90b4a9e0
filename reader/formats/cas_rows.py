"""The feature structures of a CAS as they stand in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reader.errors import FormatError
from reader.formats import cas_types as types
from reader.formats.json_values import items, mapping, offset, string

META_DATA = "DocumentMetaData"
_UNSPECIFIED = ("", "x-unspecified")
_LABELS = ("value", "label", "relationType", "DependencyType")
_NO_LABELS = ("identifier", "uiColor", "order", "id")
Row = Mapping[str, Any]


def rows_of(top: Row) -> dict[int, Row]:
    """Return the feature structures by number.

    Raises:
        FormatError: Naming the place of one that is none.
    """
    found: dict[int, Row] = {}
    where = "%FEATURE_STRUCTURES"
    for i, value in enumerate(items(top.get(where), where)):
        row = mapping(value, f"{where}[{i}]")
        id = offset(row.get("%ID"), f"{where}[{i}].%ID")
        string(row.get("%TYPE"), f"{where}[{i}].%TYPE")
        if id == 0 or id in found:
            raise FormatError(f"{where}[{i}].%ID: {id} stands twice, or is 0; number it anew.")
        found[id] = row
    for id, row in found.items():
        if "@sofa" in row and not isinstance(row["@sofa"], int):
            raise FormatError(f"{at(id)}.@sofa: should be the number of a Sofa.")
    return found


def at(id: int) -> str:
    """Return what messages call the structure with a number."""
    return f"%ID {id}"


def language_of(row: Row) -> str | None:
    """Return what the annotation of a whole document says it is written in."""
    language = row.get("language")
    is_about_all = row["%TYPE"].endswith((types.DOCUMENT, META_DATA))
    is_said = isinstance(language, str) and language not in _UNSPECIFIED
    return str(language) if is_about_all and is_said else None


def is_text(row: Row) -> bool:
    """Tell whether a structure is a text."""
    return row["%TYPE"] == types.SOFA and isinstance(row.get("sofaString"), str)


def label_of(row: Row) -> str:
    """Return what an annotation is labelled with: by a feature, or by its layer."""
    texts = {
        name: value
        for name, value in row.items()
        if isinstance(value, str) and value.strip() and name[:1] not in "%@^#"
    }
    for name in _LABELS:
        if name in texts:
            return str(texts[name])
    free = [str(value) for name, value in texts.items() if name not in _NO_LABELS]
    layer = str(row["%TYPE"]).rpartition(".")[2]
    return free[0] if len(free) == 1 else layer
