"""`reader list`: the articles of the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell

if TYPE_CHECKING:
    from reader.overview.team import Team
    from reader.store.articles import ArticleEntry

_ID_SHOWN = 8
_HEADINGS = ("#", "id", "lang", "status", "ment", "claims", "notes")
_AMONG_OTHERS = (*_HEADINGS[:3], "your status", *_HEADINGS[4:], "others'")
"""Where others have marked something: what is one's own goes on to what is theirs."""


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option("--removed", is_flag=True, help="List the removed articles instead.")
@click.option("--assigned", is_flag=True, help="Only the articles that are assigned to you.")
@shared_options
@click.pass_obj
def command(settings: Settings, as_json: bool, removed: bool, assigned: bool) -> None:
    """List the articles in the order in which they were added.

    On a terminal a table: your status, mentions, claims and notes, and how
    much others have marked. On a pipe one line an article with tabs between
    number, id, language, confidence, direction, your status; mentions, claims
    and notes of everybody; characters, time of adding, collections, title; how
    many of those who work on it have finished, such as 2/3; and mentions,
    claims and notes of yours. Who works on it, and how far each is, stands in
    the JSON. A title with … is the first words of an article
    without a headline. `@ann` among the collections says that an article is
    assigned to ann; in the table an @ that it is assigned to you.

    \b
    Examples:
      reader list
      reader list | cut -f2,13
      reader list --json | jq '.[].title'
      reader list --removed
      reader list --assigned
    """
    from reader.overview.team import Team

    with settings.reading() as library:
        me = library.people.who(settings.name)
        entries = library.articles.listed(me.id, "removed" if removed else "present")
        team = Team(library.people.all(), me, library.people.statuses(), blind=settings.blind)
    _tell_of_loss(settings)
    numbered = [*enumerate(entries, 1)]
    if assigned:
        numbered = [each for each in numbered if team.is_mine(each[1])]
    if as_json:
        print_json([_object(entry, team) for _, entry in numbered])
    elif removed and not entries:
        tell(f"{settings.path} has no removed articles.")
    elif not entries:
        tell(f"{settings.path} has no articles yet; add some with `reader add FILE`.")
    elif not numbered:
        tell(f"nothing is assigned to {settings.name}; see `reader assign --help`.")
    else:
        output = Output.here(settings.bidi)
        (_print_table if output.is_terminal else _print_lines)(numbered, team, output)


def _tell_of_loss(settings: Settings) -> None:
    from reader.store.library import Library

    with Library(settings.path) as library:
        if said := library.loss():
            tell(said)


def _print_lines(numbered: Sequence[tuple[int, ArticleEntry]], team: Team, output: Output) -> None:
    for number, entry in numbered:
        print_fields(
            *(number, entry.id, entry.language, f"{entry.language_confidence:.2f}"),
            *(entry.direction, entry.status, entry.mentions, entry.claims, entry.notes),
            *(entry.characters, entry.added, " ".join(map(team.collection, entry.tags))),
            *(_title(entry), team.progress(entry)),
            *(entry.own_mentions, entry.own_claims, entry.own_notes),
        )


def _object(entry: ArticleEntry, team: Team) -> dict[str, Any]:
    """Return an article as JSON has it: people by name and id, each with a status."""
    parts = [
        {"id": part.id, "name": part.name, "status": part.status, "assigned": part.assigned}
        for part in team.parts(entry.id, entry.tags)
    ]
    return entry._asdict() | {"tags": [*map(team.collection, entry.tags)], "annotators": parts}


def _print_table(numbered: Sequence[tuple[int, ArticleEntry]], team: Team, output: Output) -> None:
    shared = team.matters(entry for _, entry in numbered)
    theirs = [_others(entry) for _, entry in numbered]
    headings = _AMONG_OTHERS if any(theirs) else _HEADINGS
    table = [headings, *(_columns(number, entry) for number, entry in numbered)]
    if any(theirs):
        counts = (str(count) if count else "·" for count in theirs)
        table[1:] = [(*row, count) for row, count in zip(table[1:], counts, strict=True)]
    if shared:
        table[0] = (*headings, "team")
        told = (_team_words(entry, team) for _, entry in numbered)
        table[1:] = [(*row, words) for row, words in zip(table[1:], told, strict=True)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    room = output.width - sum(widths) - 2 * len(widths)
    with output.explicit():
        output.row(output.styled(f"{_cells(table[0], widths)}  title", "1"))
        for row, (_, entry) in zip(table[1:], numbered, strict=True):
            title = output.cut(_title(entry), room, aligned=True)
            output.row(f"{_cells(row, widths)}  {title}")


def _columns(number: int, entry: ArticleEntry) -> tuple[str, ...]:
    from reader.text.emit import safe_text

    counts = (entry.own_mentions, entry.own_claims, entry.own_notes)
    return (
        *(str(number), entry.id[:_ID_SHOWN], safe_text(entry.language), safe_text(entry.status)),
        *(str(count) if count else "·" for count in counts),
    )


def _others(entry: ArticleEntry) -> int:
    """Return how much others have marked in an article."""
    own = entry.own_mentions + entry.own_claims + entry.own_notes
    return entry.mentions + entry.claims + entry.notes - own


def _team_words(entry: ArticleEntry, team: Team) -> str:
    return ("@" if team.is_mine(entry) else "") + (team.progress(entry) or "·")


def _cells(row: Sequence[str], widths: Sequence[int]) -> str:
    """Set words to the left of their columns, and numbers to the right."""
    cells = zip(row, widths, range(len(row)), strict=True)
    return "  ".join(
        text.rjust(width) if column == 0 or column > 3 else text.ljust(width)
        for text, width, column in cells
    )


def _title(entry: ArticleEntry) -> str:
    return f"{entry.title}…" if entry.title_marked else entry.title
