"""The server: a page, the files it needs, and a websocket behind each door."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

import textual_serve
from aiohttp import WSMsgType, web

from reader.serving.child import Child, environment_of
from reader.serving.doors import COOKIE, Asked, Door, Doorkeeper, RefusedError
from reader.text.emit import safe_text

_MOST = 40
"""Interfaces at once; each is a process of some 60 MB."""
_SIZES = range(1, 1001)
_LONGEST = 4 << 20
"""Bytes of a message from a browser, such as a text that is pasted."""
_STATIC = Path(textual_serve.__file__).parent / "static"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src 'self' ws://{host}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """What answers browsers.

    Args:
        library: The library that all open.
        doors: The ways in, one for each annotator.
        hosts: What browsers may call this server, with the port.
        bidi: How right-to-left text is sent to them.
        told: Is told, in one line, when an interface ends with an error.
        blind: Whether what others do is hidden in the interfaces.
    """

    def __init__(
        self,
        library: Path,
        doors: tuple[Door, ...],
        hosts: tuple[str, ...],
        bidi: str,
        told: Callable[[str], None],
        *,
        blind: bool = False,
    ) -> None:
        self._library = library
        self._bidi, self._blind = bidi, blind
        self._told = told
        self._keeper = Doorkeeper(doors, hosts)
        self._open: dict[Child, web.WebSocketResponse] = {}
        self._starting = 0

    def app(self) -> web.Application:
        """Return the application; every request passes the doorkeeper, whatever it is for."""
        app = web.Application(middlewares=[self._admit])
        app.router.add_get("/{place}/", self._page)
        app.router.add_get("/{place}/ws", self._socket)
        app.router.add_get("/{place}/static/{path:.+}", self._static)
        app.on_shutdown.append(self._close)
        return app

    @web.middleware
    async def _admit(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        asked = Asked(
            path=request.path,
            host=request.headers.get("Host"),
            origin=request.headers.get("Origin"),
            token=request.query.get("token"),
            cookies=request.headers.get("Cookie", ""),
            is_socket=request.path.endswith("/ws"),
        )
        try:
            request["door"] = self._keeper.admit(asked)
            return await handler(request)
        except RefusedError as error:
            return _refusal(403, f"{error}")
        except web.HTTPException as error:
            return _refusal(error.status, "there is nothing of this kind here")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        door: Door = request["door"]
        if "token" in request.query:
            return _entrance(door)
        nonce, host = secrets.token_urlsafe(16), request.headers["Host"]
        template = Template(files("reader.serving").joinpath("page.html").read_text("utf-8"))
        body = template.substitute(
            nonce=nonce,
            title=escape(f"reader · {safe_text(door.name)}"),
            socket=escape(f"ws://{host}{door.path}ws"),
        )
        policy = {"Content-Security-Policy": _POLICY.format(nonce=nonce, host=host)}
        return web.Response(text=body, content_type="text/html", headers=_HEADERS | policy)

    async def _static(self, request: web.Request) -> web.StreamResponse:
        path = _file(request.match_info["path"])
        if path is None:
            return _refusal(404, "there is no such file")
        return web.FileResponse(path, headers=_HEADERS | {"Cache-Control": "private, max-age=3600"})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        door: Door = request["door"]
        if len(self._open) + self._starting >= _MOST:
            return _refusal(503, "too many windows are open; close one")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=_LONGEST)
        width, height = (
            _size(request.query.get("width"), 80),
            _size(request.query.get("height"), 24),
        )
        # From here on, so that many at one moment are not more than there may be.
        self._starting += 1
        try:
            await socket.prepare(request)
            environment = environment_of(door.name, width, height, self._bidi, blind=self._blind)
            child = await Child.start(self._library, environment)
            self._open[child] = socket
        finally:
            self._starting -= 1
        sending = asyncio.create_task(self._send(child, socket, door))
        try:
            await _receive(child, socket)
        finally:
            # Also when the server is told to end while a browser is listened to.
            await asyncio.shield(self._end(child))
            with suppress(asyncio.CancelledError):
                await sending
        return socket

    async def _send(self, child: Child, socket: web.WebSocketResponse, door: Door) -> None:
        """Pass on what an interface sends, until it ends."""
        with suppress(ConnectionError):
            async for kind, content in child.packets():
                if kind == b"D":
                    await socket.send_bytes(content)
                elif kind == b"M" and (url := _url(content)) is not None:
                    await socket.send_json(["open_url", {"url": url, "new_tab": True}])
        await self._end(child)
        if child.complaint:
            said = safe_text(" ".join(child.complaint.decode("utf-8", "replace").split()))
            self._told(f"{door.name}: {said}")
            with suppress(ConnectionError):
                await socket.send_bytes(f"\x1b[2J\x1b[H\x1b[?25h{said}\r\n".encode())
        await socket.close()

    async def _end(self, child: Child) -> None:
        await child.stop()
        self._open.pop(child, None)

    async def _close(self, app: web.Application) -> None:
        """End all interfaces; what was annotated is in the library already."""
        await asyncio.gather(*(child.stop() for child in self._open))
        for socket in list(self._open.values()):
            await socket.close()


def _entrance(door: Door) -> web.Response:
    """Keep the secret as a cookie, and go on to the page, whose address does not show it.

    It is no redirect: after a link from another site a browser would send no strict cookie.
    """
    body = (
        '<!DOCTYPE html><meta charset="utf-8"><title>reader</title>'
        f'<meta http-equiv="refresh" content="0;url={door.path}">'
        f'<a href="{door.path}">reader</a>\n'
    )
    response = web.Response(text=body, content_type="text/html", headers=_HEADERS)
    response.set_cookie(COOKIE, door.secret, path=door.path, httponly=True, samesite="Strict")
    return response


def _refusal(status: int, why: str) -> web.Response:
    return web.Response(status=status, text=f"{status}: {why}.\n", headers=_HEADERS)


def _file(name: str) -> Path | None:
    """Return a file of the page; None for one that is not there, or is another's."""
    try:
        path = (_STATIC / name).resolve()
        return path if path.is_relative_to(_STATIC.resolve()) and path.is_file() else None
    except (OSError, ValueError):
        # A name that no file can have.
        return None


def _size(given: object, otherwise: int) -> int:
    try:
        size = int(str(given))
    except ValueError:
        return otherwise
    return size if size in _SIZES else otherwise


def _url(content: bytes) -> str | None:
    """The address that an interface asks to open; only of the web, never one that is a script."""
    message = json.loads(content)
    url = str(message.get("url", "")) if message.get("type") == "open_url" else ""
    return url if urlsplit(url).scheme in ("http", "https") else None


async def _receive(child: Child, socket: web.WebSocketResponse) -> None:
    """Pass on what a browser sends; what is none of its messages is passed over."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        try:
            said = json.loads(message.data)
        except (ValueError, RecursionError):
            continue
        if isinstance(said, list) and said:
            await _pass_on(child, socket, said[0], said[1] if len(said) > 1 else None)


async def _pass_on(child: Child, socket: web.WebSocketResponse, kind: Any, data: Any) -> None:
    if kind == "stdin" and isinstance(data, str):
        await child.type(data)
    elif kind == "resize" and isinstance(data, dict):
        width, height = _size(data.get("width"), 0), _size(data.get("height"), 0)
        if width and height:
            await child.tell(type="resize", width=width, height=height)
    elif kind in ("focus", "blur"):
        await child.tell(type=kind)
    elif kind == "ping":
        await socket.send_json(["pong", data])
