"""Which key does what: the defaults of the commands, changed by the user, free of clashes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reader.errors import UsageError
from reader.tui.commands import COMMANDS, CONTEXTS, TYPED, Command, in_context
from reader.tui.layouts import KeyPositions

Where = Callable[[str], str]
"""Tells where the keys of a command are set, for errors."""

_SHOWN = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "underscore": "_",
    "slash": "/",
}
_MODIFIERS = ("ctrl", "alt", "shift")
_KEPT = frozenset({"f1", "f10", "f11", "ctrl+c"})
"""Keys that terminals and desktops take for themselves, or that copy."""


def _somewhere(id: str) -> str:
    return "keys"


class Keymap:
    """Finds the command of a key in a context, and the keys of a command.

    Args:
        changes: Keys by command id, in place of the defaults.
        where: Gives what to name in an error about a command: file and line of the change.

    Raises:
        UsageError: If a command is unknown, a key is not free for commands, or
            two commands that are active together share a key.
    """

    def __init__(
        self, changes: Mapping[str, Sequence[str]] | None = None, where: Where = _somewhere
    ) -> None:
        given = changes or {}
        _check_ids(given, where)
        _check_names(given, where)
        self._keys = {c.id: tuple(given.get(c.id, c.keys)) for c in COMMANDS}
        self._changed = frozenset(given)
        self._where = where
        self._found: dict[str, dict[str, Command]] = {}
        # The defaults are free of clashes, so each screen finds its own when it opens.
        for context in CONTEXTS if given else ():
            self._commands(context)
        self._positions = KeyPositions()

    def _commands(self, context: str) -> dict[str, Command]:
        """Return the commands of a context by key."""
        if context not in self._found:
            self._found[context] = self._of_context(context, self._where)
        return self._found[context]

    def _of_context(self, context: str, where: Where) -> dict[str, Command]:
        taken: dict[str, Command] = {}
        for command in in_context(context):
            for key in self._keys[command.id]:
                _check_key(key, command, context, where)
                other = taken.setdefault(key, command)
                if other is not command:
                    changed = other if other.id in self._changed else command
                    raise UsageError(
                        f"{where(changed.id)}: the key {key!r} is given to both {other.id} and "
                        f"{command.id}; give one of them another key."
                    )
        return taken

    def find(self, context: str, key: str, character: str | None = None) -> Command | None:
        """Return the command that a key press means in a context.

        Args:
            context: One of `CONTEXTS`.
            key: The key's name as Textual has it.
            character: What it types, if it types something.
        """
        commands = self._commands(context)
        typed = character if character is not None and character.isprintable() else None
        if typed is None or typed == " ":
            return commands.get("space" if typed == " " else key)
        if context in TYPED or typed in commands:
            return commands.get(typed)
        position = self._positions.us_key(typed)
        return commands.get(position) if position else None

    def typed(self, character: str | None) -> str:
        """Return what a US keyboard types with the key of a character; "" for no character."""
        if not character:
            return ""
        return character if character.isascii() else self._positions.us_key(character) or character

    def keys(self, id: str) -> tuple[str, ...]:
        """Return the keys of a command, the one to show first."""
        return self._keys[id]

    def shown(self, id: str) -> str:
        """Return the first key of a command as people write it; "" when it has none."""
        keys = self._keys[id]
        return show_key(keys[0]) if keys else ""


def show_key(key: str) -> str:
    """Write a key for people: `Enter`, `Ctrl+R`, `←`, `a`."""
    if key in _SHOWN:
        return _SHOWN[key]
    first, plus, last = key.partition("+")
    if first not in _MODIFIERS or not plus:
        return key
    shown = show_key(last) if last.partition("+")[0] in _MODIFIERS else _SHOWN.get(last)
    return (
        f"{first.capitalize()}+{shown or (last.upper() if len(last) == 1 else last.capitalize())}"
    )


def _check_ids(changes: Mapping[str, Sequence[str]], where: Where) -> None:
    known = [command.id for command in COMMANDS]
    for id in changes:
        if id not in known:
            from difflib import get_close_matches

            near = get_close_matches(id, known, n=1, cutoff=0)
            raise UsageError(f"{where(id)}: there is no command {id!r}; did you mean {near[0]!r}?")


def _check_names(changes: Mapping[str, Sequence[str]], where: Where) -> None:
    for id, keys in changes.items():
        for key in keys:
            from reader.tui.key_names import fault

            if key and (wrong := fault(key)):
                raise UsageError(f"{where(id)}: the key {key!r} of {id} {wrong}")


def _check_key(key: str, command: Command, context: str, where: Where) -> None:
    if (key in _KEPT and key not in command.keys) or not key:
        raise UsageError(
            f"{where(command.id)}: {command.id} cannot have the key {key!r}: it is kept free."
        )
    if context in TYPED and (len(key) == 1 or key == "space"):
        raise UsageError(
            f"{where(command.id)}: {command.id} cannot have the key {key!r}: it is needed for "
            "typing text."
        )
