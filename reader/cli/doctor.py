"""`reader doctor`: is everything as it should be, and is right-to-left text right here?"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from reader.cli.checkup import Checkup, check
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_json, tell
from reader.user.paths import state_folder

if TYPE_CHECKING:
    from reader.terminal.found import Found
    from reader.terminal.sample import Mode
    from reader.user.state import State

_WIDTH = 60
"""Columns that the sample stands at the right of."""

_FONT = (
    "Use a font that has Arabic letters and their forms, such as DejaVu Sans Mono; in kitty, "
    "symbol_map gives the letters a font of their own."
)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, and ask nothing.")
@click.option("--no-input", is_flag=True, help="Ask nothing.")
@click.option(
    "--repair",
    "repairs",
    is_flag=True,
    help="Write the library anew from its history, after a copy, if anything is wrong with it.",
)
@shared_options
@click.pass_context
def command(context: click.Context, as_json: bool, no_input: bool, repairs: bool) -> None:
    """Look whether all is well: terminal, fonts, versions, paths, the library.

    On a terminal a row is shown in each way it can be sent, and you are asked
    which one reads right; that holds for this terminal from then on.

    Of the library, the file, its references, the texts and each quote are
    checked. The exit code is 1 if anything is wrong with it. --repair writes
    what is damaged as the history says, and names what it does not know.

    \b
    Examples:
      reader doctor --repair
      reader doctor
      reader doctor --db archive.db --no-input
      reader doctor --json | jq .library.problems
    """
    from reader.user.state import State

    settings: Settings = context.obj
    state = State(state_folder())
    if repairs:
        context.exit(_repair(settings))
    found = check(settings, state)
    if as_json:
        print_json(found.as_json())
    else:
        _print(found)
        if found.found and found.used and not no_input and sys.stdin.isatty():
            _ask(Output.here(settings.bidi, found.used.profile), found.found, state)
    if warning := state.take_warning():
        tell(warning)
    context.exit(1 if found.problems else 0)


def _print(found: Checkup) -> None:
    from reader.text.emit import safe_text

    lines = [f"{name}: {version}" for name, version in found.versions.items()]
    lines.append("")
    if found.found is None or found.used is None:
        lines.append("terminal: none, texts are printed as they are stored")
    else:
        lines.append(f"terminal: {found.found.name} ({found.found.how})")
        profile = found.used.profile
        lines.append(f"rows: {profile.emitter}, as for {profile.name} ({found.used.how})")
    if found.fonts is not None:
        lines.append(f"fonts of one width with Arabic: {', '.join(found.fonts) or 'none'}")
        lines += [] if found.fonts else [_FONT]
    lines += ["", *(f"{name}: {place}" for name, place in found.places.items())]
    lines += _about_library(found)
    for line in lines:
        print(safe_text(line))


def _about_library(found: Checkup) -> list[str]:
    if not found.there:
        return ["There is no library there yet; `reader add FILE` makes one."]
    if not found.problems:
        return ["The library is sound."]
    cure = "`reader doctor --repair` writes it anew from its history; or go back to a copy of it."
    return [*(f"wrong: {problem}" for problem in found.problems), cure]


def _repair(settings: Settings) -> int:
    """Repair the library; return the exit code."""
    from reader.store.backups import back_up, backups_of

    with settings.open_existing() as library:
        if not library.problems():
            tell("the library is sound; there is nothing to repair.")
            return 0
        tell(f"{back_up(library.path, 'before-repair')}: what it was before.")
        done = library.repair([backup.path for backup in backups_of(library.path)])
        problems = library.problems()
    for found in done.salvaged:
        tell(f"{found.kind} {found.id}: taken from {found.copy}.")
    for ref in done.written:
        tell(f"{ref.kind.replace('_', ' ')} {ref.id}: it is what its history says again.")
    for line in (*done.left, *(f"wrong: {problem}" for problem in problems)):
        tell(line)
    tell("go back to a copy of it for the rest." if problems else "the library is sound now.")
    return 1 if problems else 0


def _ask(output: Output, found: Found, state: State) -> None:
    """Show the sample in each mode, ask which is right, and remember it."""
    from reader.terminal.sample import RIGHT, modes

    choices = modes(found)
    print()
    for number, mode in enumerate(choices, 1):
        _show(replace(output, profile=mode.profile, visual=True), number, mode)
    print(f"\n{RIGHT}")
    question = f"Which one is right? 1-{len(choices)}, 0 for none, Enter to leave all as it is: "
    pressed = _key(question)
    print(pressed if pressed.isalnum() else "")
    if pressed == "0":
        print(_FONT)
    elif pressed in [str(number) for number in range(1, len(choices) + 1)]:
        name = choices[int(pressed) - 1].name
        state.keep_terminal(found.name, name)
        state.flush()
        print(f"Kept for this terminal ({found.name}): {name}.")


def _key(question: str) -> str:
    """Ask, and return the one key that is pressed, also before the question was read."""
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        # Set before the question shows, and without throwing away what is typed already.
        tty.setcbreak(terminal, termios.TCSADRAIN)
        print(question, end="", flush=True)
        return os.read(terminal, 8).decode("utf-8", "replace")
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _show(output: Output, number: int, mode: Mode) -> None:
    """Print the sample as a mode sends it."""
    from reader.terminal.sample import SAMPLE

    with output.explicit():
        output.row(f"{number} {mode.name:<10}{output.cut(SAMPLE, _WIDTH, aligned=True)}")
