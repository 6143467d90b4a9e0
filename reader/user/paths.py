"""Where things are: the library, the annotator's name, the user's own state."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from reader.errors import UsageError


def library_path(name: str) -> Path:
    """Return the library's file by the name that was given for it; `~` is the home folder.

    Raises:
        UsageError: If it begins with `~` and a user that there is not.
    """
    if not name.startswith("~"):
        return Path(name)
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{name}: there is no such home folder; write the whole path.") from error


def annotator_name(option: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """Return who annotates: the option, else `$READER_ANNOTATOR`, else the login name.

    Raises:
        UsageError: If the bytes of the name are no text, and so cannot be stored.
    """
    named = (option or environment.get("READER_ANNOTATOR") or "").strip() or _login()
    try:
        named.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            f"the annotator's name {named!r} is not UTF-8; give another with --annotator."
        ) from error
    return named


def _login() -> str:
    # Most start with a name given.
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # No account for this user id, as in some containers.
        return "annotator"


def state_folder() -> Path:
    """Return the folder for what the program remembers between runs, outside the library."""
    from platformdirs import user_state_path

    return user_state_path("bidi-reader", appauthor=False)


def memory_folder() -> Path:
    """Return the folder for places and looks: the state folder, unless `$READER_MEMORY` names one.

    Those who are served in a browser have one each.
    """
    named = os.environ.get("READER_MEMORY")
    return Path(named) if named else state_folder()


def config_folder() -> Path:
    """Return the folder for the user's own settings, such as other keys."""
    from platformdirs import user_config_path

    return user_config_path("bidi-reader", appauthor=False)
