"""`reader conflicts`: what people gave different values without knowing of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell
from reader.errors import UsageError

if TYPE_CHECKING:
    from reader.work.settling import Question


@click.command("conflicts")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option(
    "--settle",
    nargs=2,
    type=int,
    metavar="NUMBER VALUE",
    help="Settle the conflict of this number by its value of that number.",
)
@shared_options
@click.pass_obj
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    /,
    as_json: bool,
    settle: tuple[int, int] | None,
) -> None:
    """List what was changed in two ways by people who did not know of each other.

    All values are kept; the one that is shown comes first. To choose one is an
    action like any other, and undone like any other. On a terminal two lines or
    more for each conflict; on a pipe a line for each value, with tabs between
    number, kind and id of the record, field, record, number of the value, who
    gave it, and the value. The exit code is 1 when there is nothing to settle.

    \b
    Examples:
      reader conflicts
      reader conflicts --settle 1 2     the first conflict, by its second value
    """
    from reader.session import Session
    from reader.work.settling import questions, settle_question

    settings.require_sight("shows what others have changed")
    with settings.open_existing() as library:
        found = questions(library)
        if settle is not None:
            question, version = _chosen(found, *settle)
            tell(settle_question(Session(library, settings.name), question, version))
            return
        if as_json:
            print_json([_json(each) for each in found])
        else:
            output = Output.here(settings.bidi)
            (_print_rows if output.is_terminal else _print_lines)(found, output)
    if not found:
        tell("there is nothing to settle.")
        context.exit(1)


def _chosen(found: tuple[Question, ...], number: int, value: int) -> tuple[Question, int]:
    if not 1 <= number <= len(found):
        raise UsageError(f"there is no conflict {number}; see `reader conflicts`.")
    question = found[number - 1]
    if not 1 <= value <= len(question.answers):
        raise UsageError(f"conflict {number} has no value {value}; see `reader conflicts`.")
    return question, value - 1


def _json(question: Question) -> dict[str, Any]:
    return {
        "kind": question.ref.kind,
        "id": question.ref.id,
        "field": question.field,
        "what": question.what,
        "values": [
            {"annotator": answer.annotator, "value": answer.value, "text": answer.text}
            for answer in question.answers
        ],
    }


def _print_lines(found: tuple[Question, ...], output: Output) -> None:
    for number, question in enumerate(found, 1):
        for place, answer in enumerate(question.answers, 1):
            print_fields(
                *(number, question.ref.kind, question.ref.id, question.field, question.what),
                *(place, answer.annotator, answer.text),
            )


def _print_rows(found: tuple[Question, ...], output: Output) -> None:
    with output.explicit():
        for number, question in enumerate(found, 1):
            head = f"{number:>3}  {question.field.replace('_', ' ')} of "
            output.row(head + output.cut(question.what, output.width - len(head)))
            for place, answer in enumerate(question.answers, 1):
                start = f"     {place} "
                by = f"{answer.text} ({answer.annotator})" if answer.annotator else answer.text
                output.row(start + output.cut(by, output.width - len(start)))
