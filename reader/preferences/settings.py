"""The one list of all settings, but for the keys of commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from reader.text.terminals import ORDERS
from reader.user.state import LINE_SPACINGS, TEXT_WIDTHS
from reader.values import dataclass

Value = str | int | bool
Kind = Literal["text", "word", "number", "switch"]

THEMES = (
    "reader-dark",
    "reader-light",
    "atom-one-dark",
    "atom-one-light",
    "catppuccin-frappe",
    "catppuccin-latte",
    "catppuccin-macchiato",
    "catppuccin-mocha",
    "dracula",
    "flexoki",
    "gruvbox",
    "monokai",
    "nord",
    "rose-pine",
    "rose-pine-dawn",
    "rose-pine-moon",
    "solarized-dark",
    "solarized-light",
    "textual-dark",
    "textual-light",
    "tokyo-night",
    "ansi-dark",
    "ansi-light",
)
"""Names of all themes: our own, Textual's, and the two that use the terminal's own colours."""

SHORT_THEMES = {"dark": "reader-dark", "light": "reader-light"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set.

    Attributes:
        name: Its name, after that of its table and a full stop if it has one.
        help: A sentence or two for the user.
        kind: What its value is.
        example: A value, for the file to begin with.
        words: The values a `word` can have.
        numbers: The values a `number` can have.
        default: What holds when nobody says anything; None for what `otherwise` tells.
        otherwise: What holds without a value, in words.
        option: The option of the command line that wins over the file.
        variable: The environment variable that wins over the file.
        remembered: Whether the program remembers what was chosen with a key.
    """

    name: str
    help: str
    kind: Kind
    example: Value
    words: tuple[str, ...] = ()
    numbers: range = range(0)
    default: Value | None = None
    otherwise: str = ""
    option: str = ""
    variable: str = ""
    remembered: bool = False

    @property
    def allowed(self) -> str:
        """What it can be, in words."""
        if self.kind == "switch":
            return "true or false"
        if self.kind == "number":
            return f"a whole number from {self.numbers[0]} to {self.numbers[-1]}"
        if self.kind == "word":
            return "one of " + ", ".join(f'"{word}"' for word in self.words)
        return "text in quotation marks that is not empty"

    def holds(self, value: object) -> bool:
        """Tell whether it can have a value."""
        if self.kind == "switch":
            return isinstance(value, bool)
        if self.kind == "number":
            return type(value) is int and value in self.numbers
        if self.kind == "word":
            return isinstance(value, str) and value in self.words
        return isinstance(value, str) and bool(value.strip())


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "annotator",
        "Who annotates.",
        "text",
        "Noor Haddad",
        otherwise="the login name",
        option="--annotator",
        variable="READER_ANNOTATOR",
    ),
    Setting(
        "library",
        "The library. `~` is the home folder; what does not begin with `/` or `~` is looked for in "
        "the folder you are in.",
        "text",
        "~/news/annotations.db",
        default="annotations.db",
        option="--db",
        variable="READER_DB",
    ),
    Setting(
        "bidi",
        "How rows with right-to-left text are sent to the terminal: `auto` finds out, `visual` is "
        "for one that shows them as they come, `terminal` for one that orders them itself, `kitty` "
        "for kitty. `off` leaves the order of printed text to the terminal. A terminal's own name "
        "(`konsole`, `vte` ...) is for that terminal, whatever it says of itself.",
        "word",
        "terminal",
        words=ORDERS,
        default="auto",
        option="--bidi",
        variable="READER_BIDI",
    ),
    Setting(
        "blind",
        "Whether what others do is hidden, their marks, notes, statuses and counts: in the "
        "interface, and by the commands that show or export.",
        "switch",
        True,
        default=False,
        option="--blind",
        variable="READER_BLIND",
    ),
    Setting(
        "tour",
        "Whether the tour is offered at the very first start.",
        "switch",
        False,
        default=True,
    ),
    Setting(
        "looks.theme",
        "The colours. `ansi-dark` and `ansi-light` are the terminal's own sixteen.",
        "word",
        "nord",
        words=(*SHORT_THEMES, *THEMES),
        default="reader-dark",
        remembered=True,
    ),
    Setting(
        "looks.text_width",
        "Columns that a row of an article has at most.",
        "number",
        72,
        numbers=TEXT_WIDTHS,
        default=80,
        remembered=True,
    ),
    Setting(
        "looks.line_spacing",
        "Rows of the screen from one row of an article to the next: 1 leaves none blank.",
        "number",
        2,
        numbers=LINE_SPACINGS,
        default=1,
        remembered=True,
    ),
    Setting(
        "looks.dim",
        "Whether all but the sentence of the selection is dimmed.",
        "switch",
        True,
        default=False,
        remembered=True,
    ),
    Setting(
        "looks.inspector",
        "Whether the list of annotations stands beside or below an article.",
        "switch",
        True,
        otherwise="where there is room beside the text",
        remembered=True,
    ),
    Setting(
        "list.sort",
        "What the list of articles is sorted by at first.",
        "word",
        "status",
        words=("added", "title", "language", "status", "annotations"),
        default="added",
    ),
    Setting(
        "list.unfinished",
        "Whether the list of articles hides what you have finished at first.",
        "switch",
        True,
        default=False,
    ),
    Setting(
        "add.language",
        "What the texts are written in that `reader add` takes in: a code such as `ar`.",
        "text",
        "ar",
        otherwise="detected for each text",
        option="--language",
    ),
    Setting(
        "add.encoding",
        "What the files are in that `reader add` takes in.",
        "text",
        "windows-1256",
        otherwise="detected for each file",
        option="--encoding",
    ),
)
"""All settings but the keys of commands, which stand in the table `[keys]`."""

BY_NAME = {setting.name: setting for setting in SETTINGS}


def of_table(table: str) -> Iterator[tuple[str, Setting]]:
    """Give the settings of a table, each with its name there."""
    for setting in SETTINGS:
        above, _, name = setting.name.rpartition(".")
        if above == table:
            yield name, setting
