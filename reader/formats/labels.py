"""Labels of other tools as types of the schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from reader.annotation.schema import EntityType, RelationType, Schema
from reader.errors import FormatError, UsageError

_ODD = re.compile(r"[^\w-]+")
_HEAD = re.compile(r"^[\d_-]+")


def type_name(label: str) -> str:
    """Return a label as the name of a type: letters, digits, `_` and `-`, a letter first.

    What a name cannot hold becomes one blank, marks on letters and what cannot
    begin a name are left out, so that `B:geo/political` is `B geo political`.

    Raises:
        FormatError: If no letter is in it.
    """
    words = (
        _HEAD.sub("", word, count=1) if i == 0 else word for i, word in enumerate(_words(label))
    )
    name = " ".join(word for word in words if word)
    if not name or not name[0].isalpha():
        raise FormatError(
            f"the label {label[:40]!r} has no letter to be named by; name it with --map "
            f"{label[:40]}=NAME."
        )
    return name


def _words(label: str) -> list[str]:
    letters = (char for char in label if not unicodedata.category(char).startswith("M"))
    words = _ODD.sub(" ", "".join(letters)).split()
    while words and not _HEAD.sub("", words[0], count=1):
        words.pop(0)
    return words


def parse_map(pairs: tuple[str, ...]) -> dict[str, str]:
    """Read what `--map OLD=NEW` says.

    Raises:
        UsageError: If one has no `=`, or is there twice.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        old, equals, new = pair.rpartition("=")
        if not (old and equals and new):
            raise UsageError(f"--map {pair}: should be OLD=NEW, for example PERSON=PER.")
        if old in found:
            raise UsageError(f"--map {pair}: {old} is mapped twice; say it once.")
        found[old] = new
    return found


class Labels:
    """The types that the labels of a file become.

    Args:
        schema: The types that are there.
        mapped: New name by old one.
    """

    def __init__(self, schema: Schema, mapped: Mapping[str, str] | None) -> None:
        self.schema = schema
        self._mapped = mapped or {}

    def entity_type(self, label: str) -> str:
        """Return the type of a label on a mention; it joins the schema if it is new.

        Raises:
            FormatError: If the label cannot be a name.
        """
        name = self._name(label, self.schema.entity_type(label) is not None)
        if self.schema.entity_type(name) is None:
            kind = EntityType(name, label if label.strip() == label and label else name)
            self.schema = replace(self.schema, entity_types=(*self.schema.entity_types, kind))
        return name

    def relation_type(self, label: str, source: str, target: str) -> str:
        """Return the type of a label on a relation; it joins the schema if it is new.

        Args:
            label: As the file has it.
            source: The kind of record it begins at, for a new one.
            target: The kind of record it ends at.

        Raises:
            FormatError: If the label cannot be a name.
        """
        name = self._name(label, self.schema.relation_type(label) is not None)
        if self.schema.relation_type(name) is None:
            kind = RelationType(name, label, source, target)
            self.schema = replace(self.schema, relation_types=(*self.schema.relation_types, kind))
        return name

    def _name(self, label: str, known: bool) -> str:
        if label in self._mapped:
            return type_name(self._mapped[label])
        return label if known else type_name(label)
