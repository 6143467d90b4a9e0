"""`reader history`: what was done in the library, and the way back to any state of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell
from reader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.store.history import Entry
    from reader.store.library import Library

_LIMIT = 50
_DID = {"do": "", "undo": "undone: ", "redo": "redone: ", "import": ""}


@click.command("history")
@click.argument("article", required=False, shell_complete=complete_articles)
@click.option("--by", default=None, metavar="NAME", help="Only what this annotator did.")
@click.option(
    "--limit",
    default=_LIMIT,
    show_default=True,
    type=click.IntRange(min=0),
    metavar="N",
    help="Actions to show; 0 for all.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every record changed.")
@click.option(
    "--back-to",
    metavar="ACTION",
    default=None,
    help="Make everything, or what stands in ARTICLE, what it was after this action.",
)
@click.option("--dry-run", is_flag=True, help="With --back-to: only say what would change.")
@shared_options
@click.pass_obj
def command(
    settings: Settings,
    article: str | None,
    by: str | None,
    limit: int,
    as_json: bool,
    back_to: str | None,
    dry_run: bool,
) -> None:
    """List what was done in the library, or in one ARTICLE, the newest first.

    Nothing in the history is ever changed: also an undo, and going back, are
    new actions at its end, and can be undone. On a pipe a line for each action
    with tabs between its id, time, annotator, mode and words. ACTION is such
    an id, or an end of it that no other has.

    \b
    Examples:
      reader history
      reader history 3 --by ann
      reader history --back-to 4Q7ZK1 --dry-run
    """
    from reader.cli.article_names import find_articles

    with settings.open_existing() as library:
        id = find_articles(library, (article,), "all")[0].id if article else None
        if back_to is not None:
            settings.require_sight("may change what others have marked")
            _go_back(settings, library, back_to, id, dry_run=dry_run)
            return
        who = None if by is None else _annotator(library, by)
        if settings.blind:
            me = library.people.who(settings.name).id
            if who not in (None, me):
                settings.require_sight("shows what others have done")
            who = me
        found = library.past.entries(article=id, annotator=who, limit=limit or -1)
        _print(library, found, Output.here(settings.bidi), as_json=as_json)


def _annotator(library: Library, name: str) -> str:
    known = {who.id: who.name for who in library.people.all()}
    for id, own in known.items():
        if name in (id, own):
            return id
    names = ", ".join(known.values()) or "nobody"
    raise UsageError(f"--by: {name} has done nothing here; known are {names}.")


def _go_back(
    settings: Settings, library: Library, end: str, article: str | None, *, dry_run: bool
) -> None:
    from reader.annotation.changes import Action
    from reader.annotation.ids import new_id, now
    from reader.store.backups import back_up

    entry = _entry(library, end)
    changes = library.past.way_back(entry.id, article)
    count = f"{len(changes)} record" + ("" if len(changes) == 1 else "s")
    if not changes or dry_run:
        would = "would change" if changes else "to change: it is as it was then"
        tell(f"{count} {would}.")
        return
    author = library.people.who(settings.name)
    back_up(library.path, "before-going-back")
    what = f"back to “{entry.what}” of {entry.created}"
    library.perform(author, Action(new_id(), author.id, what, changes, now()))
    tell(f"{count} changed; undo takes it back.")


def _entry(library: Library, end: str) -> Entry:
    found = [entry for entry in library.history() if entry.id.endswith(end.upper())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"--back-to: there is no action {end}; see `reader history`.")
    raise UsageError(f"--back-to: {len(found)} actions end with {end}; name more of the id.")


def _print(library: Library, found: Sequence[Entry], output: Output, *, as_json: bool) -> None:
    names = {who.id: who.name for who in library.people.all()}
    if as_json:
        rows = [_json(library, entry, names) for entry in found]
        print_json(rows)
    elif output.is_terminal:
        with output.explicit():
            for entry in found:
                head = f"{entry.id[-6:]}  {entry.created}  "
                words = f"{names[entry.annotator]}: {_DID[entry.mode]}{entry.what}"
                output.row(head + output.cut(words, output.width - len(head)))
    else:
        for entry in found:
            who = names[entry.annotator]
            print_fields(entry.id, entry.created, who, entry.mode, entry.what)


def _json(library: Library, entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    from reader.annotation.codec import encode_record

    return {
        "id": entry.id,
        "created": entry.created,
        "annotator": {"id": entry.annotator, "name": names[entry.annotator]},
        "mode": entry.mode,
        "target": entry.target,
        "what": entry.what,
        "changes": [
            {
                "kind": change.ref.kind,
                "id": change.ref.id,
                "before": None if change.before is None else encode_record(change.before),
                "after": None if change.after is None else encode_record(change.after),
            }
            for change in library.past.changes(entry.id)
        ],
    }
