"""The page of all keys, made from the commands: `python -m reader.tui.keys_page`."""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.commands import COMMANDS, Command
from reader.tui.keymap import show_key

_HEAD = """\
# Keys

This page is made from the program's own list of commands:
`python -m reader.tui.keys_page > docs/keys.md`.

Letters are also found by their place on the Arabic, Persian and Hebrew standard
keyboards: the A key does the same when it sends ش. Inside the program `?` shows
the keys of the place you are in, and `:` finds any command by its name.

To change keys, write them into [the configuration](configuration.md), the file that `?` names:

```toml
[keys]
"claim.mark" = ["c", "ctrl+k"]
```

A key that two commands of one place share is refused, and so are unknown commands.
"""


def keys_page() -> str:
    """Return the page in Markdown."""
    return _HEAD + "".join(_sections())


def groups() -> dict[str, list[Command]]:
    """Return the commands by the heading they stand under, in order."""
    found: dict[str, list[Command]] = {}
    for command in COMMANDS:
        found.setdefault(command.group, []).append(command)
    return found


def _sections() -> Iterator[str]:
    for group, commands in groups().items():
        yield f"\n## {group}\n\n| Key | Command | What it does | Id |\n|---|---|---|---|\n"
        for command in commands:
            keys = " or ".join(f"`{show_key(key)}`" for key in command.keys)
            yield f"| {keys} | {command.title} | {command.help} | `{command.id}` |\n"


if __name__ == "__main__":
    print(keys_page(), end="")
