"""Labels of other tools as types and attributes of the schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reader.annotation.attributes import Attributes, AttributeValue
from reader.annotation.rules import wrong_value
from reader.annotation.schema import (
    ATTRIBUTED,
    AttributeChoice,
    AttributeType,
    EntityType,
    RelationType,
    Schema,
    ValueKind,
)
from reader.errors import FormatError, UsageError

_ODD = re.compile(r"[^\w-]+")
_HEAD = re.compile(r"^[\d_-]+")
_YES_NO = {"true": True, "false": False, "yes": True, "no": False}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST = 80
"""Characters of a value that can be chosen."""


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
        known = self.schema.relation_type(name)
        if known is not None and (known.source, known.target) != (source, target):
            # A type joins records of two kinds; what joins others is another type.
            name = f"{name} from {source} to {target}"
            known = self.schema.relation_type(name)
        if known is None:
            kind = RelationType(name, label, source, target)
            self.schema = replace(self.schema, relation_types=(*self.schema.relation_types, kind))
        return name

    def attributes(
        self,
        said: Iterable[tuple[str, AttributeValue]],
        record: str,
        type: str = "",
        *,
        chosen: bool = False,
    ) -> Attributes:
        """Return what is said of a record as attributes; they join the schema if they are new.

        Args:
            said: Names and values, as the file has them.
            record: The kind of the record.
            type: Its entity type, if it is a mention.
            chosen: Whether a text is one of several values, and not free.

        Raises:
            FormatError: If the schema has an attribute of the name that cannot say this.
        """
        return Attributes.of(
            dict(self._attribute(name, value, record, type, chosen) for name, value in said)
        )

    def _attribute(
        self, label: str, value: AttributeValue, record: str, type: str, chosen: bool
    ) -> tuple[str, AttributeValue]:
        name = self._name(label, self.schema.attribute(label) is not None)
        known = self.schema.attribute(name)
        if known is None:
            known = AttributeType(name, label, _kind_of(value, chosen), ATTRIBUTED)
            self.schema = replace(self.schema, attributes=(*self.schema.attributes, known))
        value = _as_said(known, value)
        known = self._with_values(known, value)
        wrong = wrong_value(known, value)
        if wrong is None and not known.is_for(record, type):
            wrong = f"“{name}” cannot be said of a {record.replace('_', ' ')}."
        if wrong is not None:
            raise FormatError(f"{wrong} Give it another name with --map {label[:40]}=NAME.")
        return name, value

    def _with_values(self, known: AttributeType, value: AttributeValue) -> AttributeType:
        """Add to an attribute the values that are new, if they can be chosen from."""
        values = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        if known.kind not in ("choice", "choices"):
            return known
        new = (each for each in dict.fromkeys(values) if known.value(each) is None)
        more = tuple(AttributeChoice(each, each) for each in new if _can_be_chosen(each))
        if not more:
            return known
        changed = replace(known, values=(*known.values, *more))
        rows = (changed if row is known else row for row in self.schema.attributes)
        self.schema = replace(self.schema, attributes=tuple(rows))
        return changed

    def _name(self, label: str, known: bool) -> str:
        if label in self._mapped:
            return type_name(self._mapped[label])
        return label if known else type_name(label)


def _kind_of(value: AttributeValue, chosen: bool) -> ValueKind:
    if isinstance(value, bool):
        return "yes-no"
    if isinstance(value, tuple):
        return "choices"
    if isinstance(value, str):
        return "choice" if chosen else "text"
    return "number"


def _as_said(kind: AttributeType, value: AttributeValue) -> AttributeValue:
    """Return a value that was written as text as what the attribute says."""
    if kind.kind == "choices" and isinstance(value, str):
        return (value,)
    if kind.kind == "yes-no" and isinstance(value, str):
        return _YES_NO.get(value.lower(), value)
    if kind.kind == "number" and isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _can_be_chosen(value: str) -> bool:
    """Tell whether a text can be a value of the schema: a short line."""
    return 0 < len(value.strip()) == len(value) <= _LONGEST and not _UNSEEN.search(value)
