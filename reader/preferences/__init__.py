"""The user's settings in `config.toml`: what there is to set, read strictly, and what is in force.

`reader.preferences.settings` is the one list of them; the reading, `reader config`, the file to
begin with and the page in the documentation come from it. What a file sets that is not known, or
cannot be, is an error that names the line: a setting silently ignored is worse than none.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from reader.errors import UsageError
from reader.preferences.settings import BY_NAME, Value
from reader.preferences.toml_file import TomlFile
from reader.values import dataclass

CONFIG_FILE = "config.toml"
KEYS_FILE = "keys.toml"


@dataclass(frozen=True, slots=True)
class Settled:
    """A setting in force.

    Attributes:
        value: Its value; None when nobody gives one.
        origin: Who says so, in words.
        typed: Whether it was given on the command line.
    """

    value: Value | None
    origin: str
    typed: bool = False

    @property
    def text(self) -> str | None:
        """The value of a setting that is a text."""
        return None if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user's files say.

    Attributes:
        path: The file `config.toml`, which need not exist.
        values: The settings in it, by name.
        keys: Keys by command id, from it and from `keys.toml`.
        places: File and line of each of these; of a command's keys by `keys.` and its id.
    """

    path: Path
    values: Mapping[str, Value]
    keys: Mapping[str, tuple[str, ...]]
    places: Mapping[str, str]

    def settle(
        self,
        name: str,
        option: str | None = None,
        environment: Mapping[str, str] = os.environ,
        remembered: Mapping[str, Value] | None = None,
    ) -> Settled:
        """Return what holds: the option, else the environment, the file, what is remembered.

        Args:
            name: Of the setting.
            option: As it was given on the command line, if it was.
            environment: The environment variables.
            remembered: What the program remembers, by the name without its table.
        """
        setting = BY_NAME[name]
        if option is not None:
            return Settled(option, f"option {setting.option}", typed=True)
        if setting.variable and (value := environment.get(setting.variable, "")).strip():
            return Settled(value, f"environment ${setting.variable}")
        if name in self.values:
            return Settled(self.values[name], self.places[name])
        last = name.rpartition(".")[2]
        if setting.remembered and remembered and last in remembered:
            return Settled(remembered[last], "remembered")
        return Settled(setting.default, setting.otherwise or "default")

    def keys_place(self, id: str) -> str:
        """Return where the keys of a command are set."""
        return self.places.get(f"keys.{id}", str(self.path))


def read_preferences(folder: Path) -> Preferences:
    """Read `config.toml` and `keys.toml` of a folder; a missing file sets nothing.

    Raises:
        UsageError: Naming file and line, and what could stand there.
    """
    path = folder / CONFIG_FILE
    config = TomlFile.read(path)
    keys_file = TomlFile.read(folder / KEYS_FILE)
    keys_file.require({"keys"})
    config.require({"keys", *(name.partition(".")[0] for name in BY_NAME)})
    keys = config.keys()
    places = {f"keys.{id}": config.place("keys", id) for id in keys}
    for id, given in keys_file.keys().items():
        place = keys_file.place("keys", id)
        if id in keys:
            other = places[f"keys.{id}"]
            raise UsageError(f"{place}: {other} sets keys of {id} too; keep one of them.")
        keys[id] = given
        places[f"keys.{id}"] = place
    values = dict(config.values())
    places |= {name: config.place(*name.split(".")) for name in values}
    return Preferences(path, values, keys, places)
