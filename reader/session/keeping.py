"""Actions that could not be written to the library, kept in their order until they can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace

from reader.annotation.changes import Action, Change
from reader.annotation.model import Record, Ref
from reader.errors import ConflictError, LibraryBusyError, LibraryError


class Kept:
    """What is not saved of one session's work.

    Attributes:
        keeps: Whether an action that cannot be written is kept, and counts as made.
        may_wait: Whether whoever acts now does all of it again when the library is locked: then
            the error is raised, and nothing is kept. Over with the first action that is written.
        actions: Those that could not be written yet, in their order.
        refused: Kept actions that cannot be made any more: others have changed their records.
        waits: The action that was told to wait, and was neither made nor given up since.
        trouble: Why the last action could not be written; None when it was.
    """

    def __init__(self) -> None:
        self.keeps = self.may_wait = False
        self.actions: tuple[Action, ...] = ()
        self.refused: tuple[Action, ...] = ()
        self.waits: Action | None = None
        self.trouble: LibraryError | None = None

    @property
    def all(self) -> tuple[Action, ...]:
        """All that is not saved, what cannot be saved any more first."""
        return (*self.refused, *self.actions)

    def waits_for(self, error: Exception) -> bool:
        """Whether what led to an error is done again as soon as the library is free."""
        return self.may_wait and isinstance(error, LibraryBusyError)

    @contextmanager
    def doing_without(self) -> Iterator[None]:
        """Do without what cannot be read while the library is locked, where actions are kept."""
        try:
            yield
        except LibraryBusyError:
            if not self.keeps:
                raise

    def take(self, action: Action, error: LibraryError) -> Action:
        """Keep an action that could not be written; return it as it is kept.

        What it changes may have been read from the library while a change of it is kept
        already: then it is a change of what is kept.

        Raises:
            LibraryError: The error, if nothing is kept here, or the action is tried again.
        """
        if isinstance(error, LibraryBusyError):
            error.what = action.what
            if self.may_wait:
                self.waits = action
                raise error
        if not self.keeps:
            raise error
        action = replace(action, changes=tuple(map(self._on_kept, action.changes)))
        self.actions, self.trouble, self.waits = (*self.actions, action), error, None
        return action

    def end_waiting(self) -> None:
        """Count the action that waits among those that could not be written."""
        if self.waits is not None:
            self.actions, self.waits = (*self.actions, self.waits), None

    def sign(self, old: str, new: str) -> None:
        """Let all that is kept be by another id of who did it."""
        from reader.annotation.signing import signed

        self.actions = tuple(signed(action, old, new) for action in self.actions)
        self.refused = tuple(signed(action, old, new) for action in self.refused)
        self.waits = None if self.waits is None else signed(self.waits, old, new)

    def written(self) -> None:
        """Know that an action was written."""
        self.trouble, self.waits, self.may_wait = None, None, False

    def save(self, perform: Callable[[Action], object]) -> int:
        """Write what is kept; return how many could be made.

        What others have made impossible meanwhile goes to `refused`.

        Raises:
            LibraryError: If the library still cannot be written; what is not is still kept.
        """
        count, refused = len(self.actions), len(self.refused)
        while self.actions:
            try:
                perform(self.actions[0])
            except ConflictError:
                self.refused = (*self.refused, self.actions[0])
            self.actions = self.actions[1:]
        if count:
            self.trouble = None
        return count - (len(self.refused) - refused)

    def take_back(self) -> Action | None:
        """Forget the last action that is kept, and return it."""
        if not self.actions:
            return None
        *kept, last = self.actions
        self.actions = tuple(kept)
        return last

    def set_aside(self) -> None:
        """Forget all of it: it is in a file, or to be lost."""
        self.actions, self.refused, self.waits, self.trouble = (), (), None, None

    def _after(self, ref: Ref) -> Change | None:
        """The last change to a record that is kept."""
        changes = (change for action in reversed(self.actions) for change in action.changes[::-1])
        return next((change for change in changes if change.ref == ref), None)

    def _on_kept(self, change: Change) -> Change:
        """Make a change one to the record as it is here, if it was made to the one stored."""
        known = self._after(change.ref)
        if known is None or known.after is None or known.after == change.before:
            return change
        return replace(change, before=known.after, after=_merged(change, known.after))


def _merged(change: Change, here: Record) -> Record | None:
    """Give a record the fields that a change gives another state of it."""
    before, after = change.before, change.after
    if before is None or after is None:
        return after
    names = (field.name for field in fields(after))
    new = {n: getattr(after, n) for n in names if getattr(after, n) != getattr(before, n)}
    return replace(here, **new)
