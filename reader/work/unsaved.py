"""Actions that could not be written to a library, in a file that takes their place.

Each line is an action as JSON, with who did it and every record before and after.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from reader.annotation.changes import Action, Change
from reader.annotation.codec import decode_record, encode_record
from reader.annotation.ids import is_id
from reader.annotation.model import Annotator, Record
from reader.annotation.references import all_spans
from reader.annotation.signing import signed
from reader.errors import ConflictError, FormatError, LibraryError
from reader.store.library import Library
from reader.user.paths import state_folder
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of the actions of a file.

    Attributes:
        made: How many are in the library now and were not.
        known: How many were in it already.
        refused: What those are about that others have made impossible.
    """

    made: int
    known: int
    refused: tuple[str, ...]


def write_unsaved(path: Path, annotator: Annotator, actions: Iterable[Action]) -> None:
    """Write actions to a new file that is whole or not there.

    Raises:
        LibraryError: If it cannot be written, or is there already.
    """
    text = "".join(_line(annotator, action) + "\n" for action in actions)
    try:
        with open(path, "x", encoding="utf-8", opener=_privately) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise LibraryError(f"{path}: it is there already; name another file.") from error
    except OSError as error:
        path.unlink(missing_ok=True)
        reason = error.strerror or error
        raise LibraryError(
            f"{path}: it cannot be written ({reason}); name another file."
        ) from error


def _privately(path: str, flags: int) -> int:
    """Open a file that nobody else may read: it can come to lie among temporary files."""
    return os.open(path, flags, 0o600)


def write_unsaved_somewhere(
    library: Path, annotator: Annotator, actions: Collection[Action]
) -> Path:
    """Write actions to a file beside a library, in the state folder, or among temporary files.

    Raises:
        LibraryError: If none of them can be written.
    """
    name = f"unsaved-{datetime.now(UTC):%Y-%m-%dT%H-%M-%S-%f}.jsonl"
    folders = (library.absolute().parent, state_folder(), Path(tempfile.gettempdir()))
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_unsaved(folder / name, annotator, actions)
        except (OSError, LibraryError) as error:
            failed = error
        else:
            return folder / name
    raise LibraryError(f"{folders[-1] / name}: unsaved work cannot be written ({failed}).")


def recover(library: Library, path: Path) -> Recovered:
    """Make the actions of a file in a library; those that are in it already are left alone.

    Raises:
        FormatError: If the file holds anything else; nothing is changed then.
        LibraryError: If the library cannot be written.
    """
    found = tuple(_read(path))
    _require_quotes(library, path, [action for _, action in found])
    known = {entry.id for entry in library.history()}
    new = [_as_known(library, *each) for each in found if each[1].id not in known]
    refused: list[str] = []
    for who, action in new:
        try:
            library.perform(who, action)
        except ConflictError:
            refused.append(action.what)
    return Recovered(len(new) - len(refused), len(found) - len(new), tuple(refused))


def _as_known(library: Library, who: Annotator, action: Action) -> tuple[Annotator, Action]:
    """Return an action as one of whom the library knows by the name, if it has another id there.

    Who this user has been under the name counts first, and may be called otherwise by now.
    """
    people = {each.id: each for each in library.people.all()}
    if who.id in people:
        return who, action
    own = (people[id] for id in library.people.own(who.name) if id in people)
    named = (each for each in people.values() if each.name == who.name)
    same = next(chain(own, named), who)
    return same, signed(action, who.id, same.id)


def _require_quotes(library: Library, path: Path, actions: Iterable[Action]) -> None:
    """Refuse what is not in the library's texts, letter by letter."""
    texts: dict[str, str] = {}
    for action in actions:
        for record in (change.after for change in action.changes if change.after is not None):
            for span in all_spans(record):
                text = texts.get(span.article) or library.articles.read(span.article).text
                texts[span.article] = text
                if text[span.start : span.end] != span.quote:
                    raise FormatError(
                        f"{path}: “{action.what}” is not what the text of its article says; "
                        "nothing was changed."
                    )


def _line(annotator: Annotator, action: Action) -> str:
    changes = [
        {
            "kind": change.ref.kind,
            "before": _encoded(change.before),
            "after": _encoded(change.after),
        }
        | ({"settled": list(change.settled)} if change.settled else {})
        for change in action.changes
    ]
    said = {
        "action": action.id,
        "annotator": {"id": annotator.id, "name": annotator.name},
        "what": action.what,
        "created": action.created,
        "changes": changes,
    }
    return json.dumps(said, ensure_ascii=False)


def _encoded(record: Record | None) -> Any:
    return None if record is None else encode_record(record)


def _read(path: Path) -> Iterator[tuple[Annotator, Action]]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise LibraryError(f"{path}: {error.strerror or error}; name another file.") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: it is not UTF-8; nothing was changed.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _decoded(json.loads(line))
        except (
            FormatError,
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
            RecursionError,
        ) as error:
            raise FormatError(
                f"{path}, line {number}: it is no action that was kept, or not all of it; "
                "nothing was changed. Take that line out to take in the others."
            ) from error


def _decoded(said: Any) -> tuple[Annotator, Action]:
    who = Annotator(_text(said["annotator"]["id"]), _text(said["annotator"]["name"]))
    changes = tuple(
        Change(
            _record(each["kind"], each["before"]),
            _record(each["kind"], each["after"]),
            tuple(map(_text, each.get("settled", ()))),
        )
        for each in said["changes"]
    )
    if not (is_id(said["action"]) and is_id(who.id) and who.name):
        raise ValueError("no id")
    action = Action(said["action"], who.id, _text(said["what"]), changes, _text(said["created"]))
    return who, action


def _record(kind: str, data: Any) -> Record | None:
    return None if data is None else decode_record(kind, data)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
