"""Who is let in, one request after the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.errors import UsageError
from reader.serving.doors import Asked, Door, Doorkeeper, RefusedError, doors_for

ANN, BOB = doors_for(["ann", "bob"])
KEEPER = Doorkeeper([ANN, BOB], ["127.0.0.1:8000", "localhost:8000"])
HOST = "127.0.0.1:8000"
ORIGIN = f"http://{HOST}"
FIRST = Asked(ANN.path, HOST, None, ANN.secret, "", is_socket=False)
LATER = Asked(ANN.path, HOST, None, None, f"other=1; reader={ANN.secret}", is_socket=False)
SOCKET = replace(LATER, path=f"{ANN.path}ws", origin=ORIGIN, is_socket=True)
FILE = replace(LATER, path=f"{ANN.path}static/js/textual.js")


def test_each_door_has_a_secret_and_a_place_of_its_own() -> None:
    doors = doors_for(map(str, range(50)))
    assert len({door.secret for door in doors}) == len({door.place for door in doors}) == 50
    assert all(len(door.secret) >= 43 and len(door.place) >= 12 for door in doors)


def test_nobody_is_named_twice() -> None:
    with pytest.raises(UsageError, match="'ann' is named twice"):
        doors_for(["ann", "bob", "ann"])


@pytest.mark.parametrize(
    "asked",
    [
        FIRST,
        LATER,
        SOCKET,
        FILE,
        replace(LATER, host="LOCALHOST:8000"),
        replace(LATER, origin=ORIGIN),
        replace(SOCKET, host="localhost:8000", origin="http://localhost:8000"),
    ],
)
def test_who_shows_the_secret_comes_in_by_the_own_door(asked: Asked) -> None:
    assert KEEPER.admit(asked) is ANN


def wrong() -> dict[str, Asked]:
    """Requests of which each lacks one thing."""
    found: dict[str, Asked] = {}
    for name, asked in {"page": LATER, "socket": SOCKET, "file": FILE}.items():
        found |= {
            f"{name}, no cookie": replace(asked, cookies=""),
            f"{name}, wrong cookie": replace(asked, cookies=f"reader={ANN.secret[:-1]}"),
            f"{name}, empty cookie": replace(asked, cookies="reader="),
            f"{name}, no ASCII": replace(asked, cookies="reader=é"),
            f"{name}, bad cookie": replace(asked, cookies=f"\x00=;reader\x01={ANN.secret}"),
            f"{name}, another's": replace(asked, cookies=f"reader={BOB.secret}"),
            f"{name}, another door": replace(asked, path=asked.path.replace(ANN.place, BOB.place)),
            f"{name}, no door": replace(asked, path=asked.path.replace(ANN.place, "x")),
            f"{name}, no host": replace(asked, host=None),
            f"{name}, another name": replace(asked, host="evil.example:8000"),
            f"{name}, another port": replace(asked, host="127.0.0.1:8001"),
            f"{name}, another origin": replace(asked, origin="http://evil.example:8000"),
            f"{name}, no origin known": replace(asked, origin="null"),
            f"{name}, other scheme": replace(asked, origin=f"https://{HOST}"),
            f"{name}, origin of another port": replace(asked, origin="http://127.0.0.1:9"),
            f"{name}, origin of our other name": replace(asked, origin="http://localhost:8000"),
        }
    found["socket without origin"] = replace(SOCKET, origin=None)
    found["socket with the token in its address"] = replace(SOCKET, cookies="", token=ANN.secret)
    found["file with the token in its address"] = replace(FILE, cookies="", token=ANN.secret)
    found["wrong token"] = replace(FIRST, token=BOB.secret)
    found["wrong token, right cookie"] = replace(LATER, token="x")
    found["the root"] = replace(LATER, path="/")
    found["no path"] = replace(LATER, path="*")
    return found


@pytest.mark.parametrize("name", wrong())
def test_who_lacks_anything_is_refused_and_told_no_secret(name: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        KEEPER.admit(wrong()[name])
    said = str(refusal.value)
    assert said and "\n" not in said
    assert not any(door.secret in said or door.place in said for door in (ANN, BOB))


def test_secrets_are_compared_whole() -> None:
    door = Door("ann", "place", "secret")
    assert door.opens("secret")
    assert not any(map(door.opens, (None, "", "s", "secre", "secret ", "Secret", "sécret")))
