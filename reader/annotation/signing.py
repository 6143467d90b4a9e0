"""Actions under another id of whoever did them.

Two windows that begin under one new name at one moment each make up an id for it. The
library knows the name by the id that came first; what the other window has not saved yet
is to be done by that one, too.
"""

from __future__ import annotations

from dataclasses import replace

from reader.annotation.assignments import tag_of
from reader.annotation.changes import Action
from reader.annotation.model import Annotator, ArticleDetails, Record, Status, status_id
from reader.annotation.references import map_refs


def signed(action: Action, old: str, new: str) -> Action:
    """Return an action as one by somebody's other id, in what it changes, too.

    Args:
        action: The action.
        old: The id that is not to be in it.
        new: The id of the same person.
    """

    def record(named: Record | None) -> Record | None:
        return None if named is None else _signed(named, old, new)

    return replace(
        action,
        annotator=new if action.annotator == old else action.annotator,
        changes=tuple(
            replace(change, before=record(change.before), after=record(change.after))
            for change in action.changes
        ),
    )


def _signed(record: Record, old: str, new: str) -> Record:
    """Return a record with another id of somebody wherever that stands: in ids and tags, too."""
    changed: Record = map_refs(record, lambda ref: ref, lambda id: new if id == old else id)
    if isinstance(changed, Status):
        return replace(changed, id=status_id(changed.article, changed.annotator))
    if isinstance(changed, ArticleDetails):
        tags = (tag_of(new) if tag == tag_of(old) else tag for tag in changed.tags)
        return replace(changed, tags=tuple(dict.fromkeys(tags)))
    if isinstance(changed, Annotator) and changed.id == old:
        return replace(changed, id=new)
    return changed
