"""Who may come in: an address with a secret for each annotator, and what a request must show."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from reader.errors import UsageError
from reader.values import dataclass

COOKIE = "reader"
"""Name of the cookie; each door has one of its own by its path."""

_SECRET_BYTES = 32
_PLACE_BYTES = 9


@dataclass(frozen=True, slots=True)
class Door:
    """The way in for one annotator.

    Attributes:
        name: Who comes in by it.
        place: First step of its paths. Cookies go to every port of a machine but only to their
            path, so that no other server there is handed the secret.
        secret: What has to be shown: in the address at first, then as a cookie.
    """

    name: str
    place: str
    secret: str

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/{self.place}/"

    def opens(self, shown: str | None) -> bool:
        """Tell whether a secret is the one, in a time that says nothing of it."""
        return shown is not None and hmac.compare_digest(shown.encode(), self.secret.encode())


def doors_for(names: Iterable[str]) -> tuple[Door, ...]:
    """Make a door for each name.

    Raises:
        UsageError: If a name is given twice.
    """
    found: dict[str, Door] = {}
    for name in names:
        if name in found:
            raise UsageError(f"{name!r} is named twice; one address is enough for one annotator.")
        place, secret = secrets.token_urlsafe(_PLACE_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
        found[name] = Door(name, place, secret)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a request matters here.

    Attributes:
        path: Its path.
        host: Its header `Host`, or None.
        origin: Its header `Origin`, or None.
        token: The token in its address, or None.
        cookies: Its header `Cookie`.
        is_socket: Whether it asks for a websocket.
    """

    path: str
    host: str | None
    origin: str | None
    token: str | None
    cookies: str
    is_socket: bool


class RefusedError(Exception):
    """A request that is not let in; the message says why, and names no secret."""


class Doorkeeper:
    """Looks at every request before anything else does.

    Args:
        doors: The ways in.
        hosts: What `Host` may say: the names of this server, with its port.
    """

    def __init__(self, doors: Iterable[Door], hosts: Iterable[str]) -> None:
        self._doors: Mapping[str, Door] = {door.place: door for door in doors}
        self._hosts = frozenset(hosts)

    def admit(self, asked: Asked) -> Door:
        """Return the door that a request comes in by.

        Raises:
            RefusedError: If it does not.
        """
        if asked.host is None or asked.host.lower() not in self._hosts:
            # Another site's name that was made to lead here (DNS rebinding).
            raise RefusedError("this server has another name; open the address that it printed")
        self._check_origin(asked)
        door = self._doors.get(asked.path.split("/")[1] if asked.path.startswith("/") else "")
        if door is None:
            raise RefusedError("open the address that `reader serve` printed, all of it")
        if asked.path == door.path and asked.token is not None and not asked.is_socket:
            if door.opens(asked.token):
                return door
        elif door.opens(_cookie(asked.cookies)):
            return door
        raise RefusedError("the token is missing or wrong; open the address that was printed last")

    def _check_origin(self, asked: Asked) -> None:
        if asked.origin is None:
            if asked.is_socket:
                # Every browser names it for a websocket.
                raise RefusedError("a websocket is for the page of this server alone")
        elif (
            asked.origin.lower() != f"http://{asked.host}".lower() or not urlsplit(asked.origin)[1]
        ):
            raise RefusedError("another site asks; only the page of this server may")


def _cookie(header: str) -> str | None:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return None if found is None else found.value
