"""Actions under another id of whoever did them.

Two windows that begin under one new name at one moment each make up an id for it. The
library knows the name by the id that came first; what the other window has not saved yet
is to be done by that one, too.
"""

from __future__ import annotations

from dataclasses import replace

from reader.annotation.changes import Action
from reader.annotation.model import Record
from reader.annotation.references import map_refs


def signed(action: Action, old: str, new: str) -> Action:
    """Return an action as one by somebody's other id, in what it changes, too.

    Args:
        action: The action.
        old: The id that is not to be in it.
        new: The id of the same person.
    """

    def record(named: Record | None) -> Record | None:
        if named is None:
            return None
        changed: Record = map_refs(named, lambda ref: ref, lambda id: new if id == old else id)
        return changed

    return replace(
        action,
        annotator=new if action.annotator == old else action.annotator,
        changes=tuple(
            replace(change, before=record(change.before), after=record(change.after))
            for change in action.changes
        ),
    )
