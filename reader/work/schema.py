"""Applying a schema to a library: what it would do, and doing it as one action."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action, Change
from reader.annotation.model import Record, Ref, ref_to, schema_record
from reader.annotation.schema import Schema
from reader.annotation.schema_changes import Plan, plan, renamed
from reader.annotation.schema_reading import Rename
from reader.store.library import Library

_SHOWN = 3
"""Steps that the description of an action tells."""


def plan_schema(library: Library, new: Schema, renames: Sequence[Rename] = ()) -> Plan:
    """Look what applying a schema would do; nothing is written."""
    with library.steady():
        used = library.records.used_labels()
        return plan(library.schema(), new, renames, used, library.records.get)


def apply_plan(library: Library, name: str, made: Plan) -> None:
    """Apply a schema, with all that it renames, in one transaction that undo takes back.

    Args:
        library: Where.
        name: Name of who does it.
        made: What `plan_schema` found, with nothing refused.

    Raises:
        ConflictError: If schema or records were changed meanwhile.
        LibraryError: If the library cannot be written.
    """
    annotator = library.people.who(name)
    author = Author(annotator, AnnotationSet(), made.new)
    changes = [Change(schema_record(made.old), schema_record(made.new))]
    for record in _named(library, made.renames):
        after = renamed(record, made.renames)
        if after != record:
            changes.append(Change(record, after))
    library.perform(annotator, _signed(author, made, changes))


def _signed(author: Author, made: Plan, changes: Sequence[Change]) -> Action:
    steps = [*made.steps[:_SHOWN], *(["…"] if len(made.steps) > _SHOWN else [])]
    return author.action(f"schema: {', '.join(steps)}", changes)


def _named(library: Library, renames: Sequence[Rename]) -> Sequence[Record]:
    """Read the records that have one of the names that are given up, each once."""
    types = {rename.old for rename in renames if rename.table.endswith("_types")}
    found: dict[Ref, Record] = {ref_to(r): r for r in library.records.typed(types)}
    if len(types) < len(renames):
        found |= {ref_to(r): r for r in library.records.used_labels().speaking}
    return tuple(found.values())
