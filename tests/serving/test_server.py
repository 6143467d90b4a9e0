"""The server as a process, and browsers as what they send and get."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from reader.annotation.model import Mention
from reader.store.library import Library
from tests.cli.run import assert_one_line, environment, run
from tests.terminal import make_seed_library

PATIENCE = 90.0


@dataclass(frozen=True)
class Served:
    """A running server.

    Attributes:
        process: The process.
        library: The library that it opens.
        urls: The address for each annotator.
    """

    process: subprocess.Popen[str]
    library: Path
    urls: Mapping[str, str]

    def base(self, name: str) -> str:
        return self.urls[name].partition("?")[0]

    def token(self, name: str) -> str:
        return self.urls[name].partition("token=")[2]

    def cookie(self, name: str) -> dict[str, str]:
        return {"Cookie": f"reader={self.token(name)}"}

    @property
    def host(self) -> str:
        return urlsplit(self.urls["ann"]).netloc

    @property
    def is_at_rest(self) -> bool:
        """Whether nobody has the library open for writing."""
        return not Path(f"{self.library}-wal").exists()


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    library = folder / "annotations.db"
    make_seed_library(library)
    command = [sys.executable, "-m", "reader", "serve", "--port", "0", "--for", "ann"]
    process = subprocess.Popen(
        [*command, "--for", "نور"],
        cwd=folder,
        env=environment(XDG_STATE_HOME=str(folder / "state")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline().rstrip("\n").split("\t") for _ in range(2)]
        yield Served(process, library, dict(lines))
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as server:
        yield server


async def status(url: str, headers: Mapping[str, str]) -> tuple[int, str]:
    async with ClientSession() as session, session.get(url, headers=headers) as response:
        return response.status, await response.text()


async def test_the_token_is_taken_once_and_then_the_cookie(served: Served) -> None:
    async with ClientSession() as session:
        async with session.get(served.urls["ann"]) as response:
            cookie = response.headers["Set-Cookie"]
            first = await response.text()
        assert response.status == 200
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
        assert f"Path={urlsplit(served.base('ann')).path}" in cookie
        assert served.token("ann") not in first
        assert response.headers["Referrer-Policy"] == "no-referrer"
        async with session.get(served.base("ann"), headers=served.cookie("ann")) as response:
            page = await response.text()
        assert response.status == 200
        assert served.token("ann") not in page and "http://" not in page and "https://" not in page
        assert "script-src 'self' 'nonce-" in response.headers["Content-Security-Policy"]
        file = served.base("ann") + "static/js/textual.js"
        async with session.get(file, headers=served.cookie("ann")) as response:
            assert response.status == 200


async def test_every_way_in_is_shut_to_who_lacks_anything(served: Served) -> None:
    ann, own = served.base("ann"), served.cookie("ann")
    paths = [ann, ann + "ws", ann + "static/js/textual.js", ann + "static/", ann + "download/x"]
    root = f"http://{served.host}"
    for url in (*paths, f"{root}/", f"{root}/static/js/textual.js", f"{root}/ws"):
        for headers in (
            {},
            {"Cookie": "reader=x"},
            served.cookie("نور"),
            own | {"Host": "evil.example"},
            own | {"Origin": "http://evil.example"},
            own | {"Origin": "null"},
        ):
            code, said = await status(url, headers)
            assert code == 403, (url, headers)
            assert said.startswith("403: ") and said.count("\n") == 1
    assert (await status(f"{ann}?token=x", {}))[0] == 403
    assert (await status(f"{ann}ws?token={served.token('ann')}", {}))[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        *("..%2fserver.py", "../server.py", "%2e%2e/server.py", "js", "/etc/passwd"),
        *("%00", "js/textual.js%00.png", "x" * 5000),
    ],
)
async def test_no_other_file_is_given(served: Served, path: str) -> None:
    code, said = await status(f"{served.base('ann')}static/{path}", served.cookie("ann"))
    assert code in (403, 404)
    assert said.count("\n") == 1


async def test_every_answer_has_the_headers_that_guard_it(served: Served) -> None:
    ann = served.base("ann")
    async with ClientSession(headers=served.cookie("ann")) as session:
        asked = [session.get(f"{ann}nothing"), session.post(ann), session.get(f"{ann}static/%00")]
        for each, code in zip(asked, (404, 405, 404), strict=True):
            async with each as response:
                assert (response.status, response.headers["X-Frame-Options"]) == (code, "DENY")
                assert (await response.text()).startswith(f"{code}: there is no")


def test_requests_that_are_none_say_nothing_where_the_server_runs(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        host, port = served.host.split(":")
        target = f"{urlsplit(served.urls['ann']).path}?token={served.token('ann')}"
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
            connection.sendall(f"GET {target}\xff HTTP/1.1\r\n\r\n".encode("latin-1"))
            answer = connection.recv(4096)
        assert answer.startswith(b"HTTP/1.0 400")
        served.process.send_signal(signal.SIGINT)
        _, said = served.process.communicate(timeout=PATIENCE)
        assert said.count("\n") == 1 and served.token("ann") not in said


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "OWN", "Cookie": "reader=x"},
    ],
    ids=str,
)
async def test_no_other_page_gets_a_websocket(served: Served, headers: dict[str, str]) -> None:
    sent = served.cookie("ann") | headers
    if sent.get("Origin") == "OWN":
        sent["Origin"] = f"http://{served.host}"
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(served.base("ann") + "ws", headers=sent)
    assert refused.value.status == 403


class Browser:
    """One open page.

    Args:
        socket: Its websocket.
    """

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self.shown = b""

    async def type(self, text: str) -> None:
        await self._socket.send_json(["stdin", text])

    async def send(self, text: str) -> None:
        await self._socket.send_str(text)

    async def wait_for(self, words: str) -> None:
        """Read until words are sent that were not sent before."""
        before = len(self.shown)
        async with asyncio.timeout(PATIENCE):
            while words.encode() not in self.shown[before:]:
                message = await self._socket.receive()
                assert message.type in (WSMsgType.BINARY, WSMsgType.TEXT), self.shown[-500:]
                if message.type is WSMsgType.BINARY:
                    self.shown += message.data

    async def close(self) -> None:
        await self._socket.close()


async def browser(session: ClientSession, served: Served, name: str) -> Browser:
    headers = served.cookie(name) | {"Origin": f"http://{served.host}"}
    url = served.base(name) + "ws?width=100&height=30"
    return Browser(await session.ws_connect(url, headers=headers))


def marked(library: Path) -> dict[str, int]:
    """Return how many mentions each annotator has."""
    with Library(library) as opened:
        assert opened.problems() == ()
        people = {who.id: who.name for who in opened.people.all()}
        owners = [people[r.annotator] for r in opened.records.all() if isinstance(r, Mention)]
    return {name: owners.count(name) for name in owners}


async def until(served: Served, wanted: Mapping[str, int]) -> None:
    async with asyncio.timeout(PATIENCE):
        while marked(served.library) != wanted:
            await asyncio.sleep(0.1)


async def at_rest(served: Served) -> None:
    async with asyncio.timeout(PATIENCE):
        while not served.is_at_rest:
            await asyncio.sleep(0.1)


async def test_two_annotate_one_library_each_under_the_own_name(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        async with ClientSession() as session:
            ann = await browser(session, served, "ann")
            noor = await browser(session, served, "نور")
            await ann.wait_for("3 articles")
            await noor.wait_for("3 articles")
            # What no page of ours sends is passed over.
            for odd in ("x", "[]", "{}", '["stdin", 1]', '["resize", {"width": -1}]', "[" * 9000):
                await ann.send(odd)
            await ann.send('["stdin", "\\ud800"]')
            for each in (ann, noor):
                await each.type("\r")
                await each.wait_for("borders")
                await each.type("1")
            await until(served, {"ann": 1, "نور": 1})
            await ann.type("u")
            await until(served, {"نور": 1})
            assert b"\x1b[8l" not in ann.shown
            await ann.close()
            await noor.close()
        await at_rest(served)
        # Each has places and looks of their own; backups and identities are the machine's.
        assert len(list((tmp_path / "state" / "bidi-reader" / "served").iterdir())) == 2
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_a_server_that_ends_leaves_the_library_whole(
    tmp_path: Path, number: signal.Signals
) -> None:
    with serving(tmp_path) as served:
        async with ClientSession() as session:
            ann = await browser(session, served, "ann")
            await ann.wait_for("3 articles")
            await ann.type("\r")
            await ann.wait_for("borders")
            await ann.type("1")
            await until(served, {"ann": 1})
            assert not served.is_at_rest
            os.kill(served.process.pid, number)
            served.process.wait(PATIENCE)
            # The interface ends too, and puts the library to rest.
            await at_rest(served)
    assert marked(served.library) == {"ann": 1}


def test_what_is_wrong_is_said_before_anybody_comes(tmp_path: Path) -> None:
    wrong = {
        ("--host", "0.0.0.0"): "is every address",
        ("--host", "192.0.2.1"): "add --allow-remote",
        ("--host", "example.org"): "is not an address",
        ("--for", "ann", "--for", "ann"): "'ann' is named twice",
        ("--for", " "): "it names nobody",
    }
    for options, words in wrong.items():
        assert_one_line(run(tmp_path, "serve", *options), words, code=2)
    (tmp_path / "annotations.db").write_bytes(b"no library, but long enough to be looked at" * 99)
    assert_one_line(run(tmp_path, "serve", "--port", "0"), "it is not a library")


def test_a_port_that_is_taken_is_named(tmp_path: Path, served: Served) -> None:
    port = served.host.rpartition(":")[2]
    assert_one_line(run(tmp_path, "serve", "--port", port), f"port {port}", "--port")
