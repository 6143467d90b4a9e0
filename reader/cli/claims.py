"""`reader claims`: the claims of all articles, those that say the same together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell

if TYPE_CHECKING:
    from reader.overview.board import Board, BoardView, ShownClaim

_SIGNS = 12
"""Columns before the statement: same, contradicted, mentions, languages."""

_EPISTEMIC = ("true-certain", "true-uncertain", "false-certain", "false-uncertain", "unknown")
_VERDICTS = ("unchecked", "supported", "refuted", "conflicting", "not enough evidence")
_POLARITIES = ("affirm", "refute")
_MODES = ("asserted", "denied", "questioned", "hypothetical")
_CHECKS = ("yes", "no", "undecided")
_SORTS = ("mentions", "topic", "statement", "verdict", "changed")


@click.command("claims")
@click.argument("words", nargs=-1)
@click.option("--claimant", default="", metavar="NAME", help="Only what one with this name claims.")
@click.option("--topic", default="", help="Only claims on this topic.")
@click.option("--language", default="", metavar="CODE", help="Only claims made in this language.")
@click.option(
    "--verdict",
    default="",
    type=click.Choice(("", *_VERDICTS)),
    metavar="VERDICT",
    help=f"Only claims with this verdict: {', '.join(_VERDICTS)}.",
)
@click.option(
    "--epistemic",
    default="",
    type=click.Choice(("", *_EPISTEMIC)),
    metavar="HELD",
    help=f"Only what the claimant holds so: {', '.join(_EPISTEMIC)}.",
)
@click.option(
    "--polarity",
    default="",
    type=click.Choice(("", *_POLARITIES)),
    metavar="POLARITY",
    help=f"Only claims of which a sentence says this: {', '.join(_POLARITIES)}.",
)
@click.option(
    "--mode",
    default="",
    type=click.Choice(("", *_MODES)),
    metavar="MODE",
    help=f"Only claims that are made so: {', '.join(_MODES)}.",
)
@click.option(
    "--check",
    "check_worthy",
    default="",
    type=click.Choice(("", *_CHECKS)),
    metavar="CHECK",
    help=f"Only claims that are worth a check, or not: {', '.join(_CHECKS)}.",
)
@click.option("--contested", is_flag=True, help="Only claims that something contradicts.")
@click.option(
    "--sort",
    default="mentions",
    type=click.Choice(_SORTS),
    show_default=True,
    help="What the list goes by.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@shared_options
@click.pass_obj
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    /,
    words: tuple[str, ...],
    claimant: str,
    as_json: bool,
    **filters: Any,
) -> None:
    """List the claims of all articles.

    WORDS have to stand in statement, gloss or topic. The filters add up;
    those of claimant, language, and of how a claim is made hold for one and
    the same mention.

    A line for each claim: on a terminal with signs for what says the same
    and what is contradicted, number of mentions, languages and statement; on
    a pipe with tabs between id, language, verdict, yes or no for contradicted,
    first id of those that say the same, mentions, articles, languages,
    claimants, topic, statement and gloss. The exit code is 1 when there is none.

    \b
    Examples:
      reader claims --contested
      reader claims wikileaks --claimant assange
      reader claims --json | jq '.[] | select(.mentions | length > 2) | .statement'
    """
    from reader.overview.board import Board, BoardView

    with settings.reading() as library:
        board = Board(library.claims.all())
    views = [
        BoardView(text=" ".join(words), claimant=id, **filters) for id in _named(board, claimant)
    ]
    shown = _shown(board, views)
    if as_json:
        print_json([_as_json(board, each) for each in shown])
    else:
        output = Output.here(settings.bidi)
        (_print_rows if output.is_terminal else _print_lines)(board, shown, output)
    if not shown:
        tell("no claim is like that." if board.entries else f"{settings.path} has no claims yet.")
        context.exit(1)


def _named(board: Board, name: str) -> list[str]:
    """Return the ids of the claimants whose name has the words; "" for any when there are none."""
    from reader.text.fold import fold

    words = fold(name).split()
    if not words:
        return [""]
    return [id for id, known in board.names.items() if all(w in fold(known) for w in words)]


def _shown(board: Board, views: Sequence[BoardView]) -> list[ShownClaim]:
    """Return the claims of several views, each once."""
    found = [board.arranged(view) for view in views]
    if len(found) == 1:
        return list(found[0])
    kept = {each.entry.id for one in found for each in one}
    order = board.arranged(type(views[0])(views[0].sort)) if views else ()
    return [each._replace(place="alone") for each in order if each.entry.id in kept]


def _print_lines(board: Board, shown: Sequence[ShownClaim], output: Output) -> None:
    from reader.overview.board import articles, claimants, languages

    for each in shown:
        entry = each.entry
        print_fields(
            *(entry.id, entry.language, entry.verdict, "yes" if each.contested else "no"),
            *(_same(board, each)[0], len(entry.made), articles(entry)),
            *(" ".join(languages(entry)), "; ".join(board.names[id] for id in claimants(entry))),
            *(entry.topic, entry.text, entry.gloss),
        )


def _print_rows(board: Board, shown: Sequence[ShownClaim], output: Output) -> None:
    from reader.overview.board import languages
    from reader.text.emit import safe_text

    with output.explicit():
        for each in shown:
            entry = each.entry
            same = "≡" if each.cluster > 1 else " "
            signs = f"{same}{'≠' if each.contested else ' '} {len(entry.made):>3} "
            head = f"{signs}{safe_text(' '.join(languages(entry))):<{_SIGNS - len(signs)}} "
            output.row(head + output.cut(entry.text, output.width - len(head), aligned=True))


def _same(board: Board, shown: ShownClaim) -> list[str]:
    return [entry.id for entry in board.cluster(shown.entry.id)]


def _as_json(board: Board, shown: ShownClaim) -> dict[str, Any]:
    entry = shown.entry
    mentions = [
        made._asdict() | {"claimant_name": board.names.get(made.claimant, "")}
        for made in entry.made
    ]
    return {
        "id": entry.id,
        "statement": entry.text,
        "language": entry.language,
        "gloss": entry.gloss,
        "topic": entry.topic,
        "type": entry.type,
        "verdict": entry.verdict,
        "contested": shown.contested,
        "same": [id for id in _same(board, shown) if id != entry.id],
        "mentions": mentions,
    }
