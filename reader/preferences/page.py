"""What there is to set, as a page and as a file to begin with.

python -m reader.preferences.page > docs/configuration.md
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill, wrap

from reader.preferences.settings import SETTINGS, Setting, Value

_HEAD = """\
# Configuration

This page is made from the program's own list of settings:
`python -m reader.preferences.page > docs/configuration.md`.

Settings stand in one file, `config.toml` in your configuration folder (`~/.config/bidi-reader` on
Linux; `$XDG_CONFIG_HOME` moves it). `reader config` prints where it is, every setting in force, and
who says so. There need not be a file; this makes one to begin with, in which everything is
commented out:

    mkdir -p ~/.config/bidi-reader
    reader config --default > ~/.config/bidi-reader/config.toml

What counts is, in this order: the option on the command line, the environment variable, the file,
what the program remembers from the last time you chose it with a key, the default. So what stands
in the file holds at every start, and a key changes it until you leave.

The file is read strictly. A name that is not known is refused with the nearest one that is, a value
that cannot be with what can, each with the line; the command ends with status 2 before anything is
opened.
"""

_KEYS = """
## Keys

The table `[keys]` gives commands other keys, by the ids on the page [keys](keys.md). An empty list
takes a command's keys away. A key that two commands of one place share is refused, and so are
a name that no key has and a command that is not known.

```toml
[keys]
"claim.mark" = ["c", "ctrl+k"]
"tag.repeat" = []
```

A file `keys.toml` beside `config.toml` with the same table is read too; a command may stand in one
of the two only.

## Without colours

`NO_COLOR=1` in the environment draws with bold, underline and reverse alone, in every theme. The
themes `ansi-dark` and `ansi-light` take the sixteen colours that your terminal is set to.
"""

_FILE_HEAD = """\
# Settings of bidi-reader. `reader config` says which are in force, and where this file belongs.
# Take away the `#` before a setting (and before the [table] above it) to set it.
"""

_FILE_KEYS = """
# Other keys for commands; their ids are behind `?` in the program and in docs/keys.md.
# [keys]
# "claim.mark" = ["c", "ctrl+k"]
"""

_COMMENT = 96
"""Columns of a comment after its sign."""

_TABLES = {
    "": "At the top of the file",
    "looks": "How articles look",
    "list": "The list of articles",
    "add": "Texts that `reader add` takes in",
}


def configuration_page() -> str:
    """Return the page in Markdown."""
    return _HEAD + "".join(_sections()) + _KEYS


def default_file() -> str:
    """Return a file to begin with: all settings, each commented out."""
    return _FILE_HEAD + "".join(_blocks()) + _FILE_KEYS


def written(value: Value) -> str:
    """Write a value as TOML has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    import json

    # What JSON escapes in a text TOML escapes in the same way, but for this one.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _grouped() -> Iterator[tuple[str, list[Setting]]]:
    for table in _TABLES:
        yield table, [each for each in SETTINGS if each.name.rpartition(".")[0] == table]


def _sections() -> Iterator[str]:
    for table, settings in _grouped():
        title = f"`[{table}]`: {_TABLES[table][0].lower()}{_TABLES[table][1:]}"
        yield f"\n## {title if table else _TABLES[table]}\n"
        for setting in settings:
            yield f"\n### {setting.name}\n\n{fill(setting.help, 100)}\n\n"
            allowed = f"- What it can be: {setting.allowed}.\n"
            yield fill(allowed, 100, subsequent_indent="  ", break_on_hyphens=False) + "\n"
            yield f"- Otherwise: {_otherwise(setting)}.\n"
            wins = [f"`{each}`" for each in (setting.option, _variable(setting)) if each]
            if wins:
                yield f"- Wins over the file: {', '.join(wins)}.\n"
            if setting.remembered:
                yield "- Remembered when you change it with a key.\n"
            yield f"\n```toml\n{_example(setting)}\n```\n"


def _otherwise(setting: Setting) -> str:
    return setting.otherwise or f"`{written(setting.default or False)}`"


def _variable(setting: Setting) -> str:
    return f"${setting.variable}" if setting.variable else ""


def _example(setting: Setting) -> str:
    table, _, name = setting.name.rpartition(".")
    head = f"[{table}]\n" if table else ""
    return f"{head}{name} = {written(setting.example)}"


def _blocks() -> Iterator[str]:
    for table, settings in _grouped():
        if table:
            yield f"\n# [{table}]\n"
        for setting in settings:
            name = setting.name.rpartition(".")[2]
            otherwise = _otherwise(setting).replace("`", "")
            yield "\n"
            for text in (setting.help, f"It can be {setting.allowed}.", f"Otherwise: {otherwise}."):
                yield from (f"# {line}\n" for line in wrap(text, _COMMENT, break_on_hyphens=False))
            yield f"# {name} = {written(setting.example)}\n"


if __name__ == "__main__":
    print(configuration_page(), end="")
