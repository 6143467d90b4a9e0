"""`reader serve`: the interface in browsers, for several people at once."""

from __future__ import annotations

import ipaddress
import logging
import os
import socket

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import print_fields, tell
from reader.errors import ReaderError, UsageError
from reader.user.paths import annotator_name


@click.command("serve")
@click.option(
    "--for",
    "names",
    metavar="NAME",
    multiple=True,
    help="An annotator who gets an address; can be repeated. Else it is you.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port of the server; 0 is any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address of this machine to listen at.",
)
@click.option(
    "--allow-remote",
    is_flag=True,
    help="Let ADDRESS be one that other machines reach; nothing is encrypted on the way.",
)
@shared_options
@click.pass_obj
def command(
    settings: Settings, names: tuple[str, ...], port: int, host: str, allow_remote: bool
) -> None:
    """Open the interface in browsers, for one or several annotators.

    Printed is an address for each, with a token: whoever has it annotates
    under that name. Only browsers on this machine can come in; others best
    do so through ssh (docs/serve.md). Ctrl+C ends it. It needs an extra:
    pip install 'bidi-reader[serve]'

    \b
    Examples:
      reader serve
      reader serve --for ann --for bob --port 8080
    """
    address = _address(host, allow_remote)
    try:
        from aiohttp import web

        from reader.serving.doors import doors_for
        from reader.serving.server import Server
    except ImportError as error:
        raise ReaderError(
            "to serve browsers, install what does it: pip install 'bidi-reader[serve]'"
        ) from error
    doors = doors_for([_name(name) for name in names] or [settings.name])
    _check(settings)
    listening = _listen(address, port)
    port = listening.getsockname()[1]
    shown = f"[{address}]" if address.version == 6 else str(address)
    hosts = [f"{shown}:{port}"]
    if address.is_loopback:
        hosts.append(f"localhost:{port}")
    if port == 80:
        hosts += [host.removesuffix(":80") for host in hosts]
    server = Server(settings.path, doors, tuple(hosts), _bidi(settings), tell, blind=settings.blind)
    for door in doors:
        print_fields(door.name, f"http://{hosts[0]}{door.path}?token={door.secret}")
    # What it says of requests that are none: many lines, which may hold a token.
    logging.getLogger("aiohttp").addHandler(logging.NullHandler())
    logging.getLogger("aiohttp").propagate = False
    tell(f"{settings.path} is open to who has an address of these; Ctrl+C ends it.")
    if not address.is_loopback:
        tell("other machines can reach it, and nothing is encrypted on the way (docs/serve.md).")
    web.run_app(
        server.app(), sock=listening, print=lambda *said: None, access_log=None, shutdown_timeout=9
    )


def _name(given: str) -> str:
    if not given.strip():
        # An unset variable of a shell, say: it is not to open the library under one's own name.
        raise UsageError("--for: it names nobody; give the name of an annotator.")
    return annotator_name(given)


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def _address(host: str, allow_remote: bool) -> _Address:
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError as error:
        raise UsageError(f"--host: {host!r} is not an address such as 127.0.0.1.") from error
    if address.is_unspecified:
        raise UsageError(f"--host: {host} is every address; name the one that browsers will ask.")
    if not (address.is_loopback or allow_remote):
        raise UsageError(
            f"--host: other machines reach {host}, and nothing is encrypted on the way; "
            "forward a port with ssh, or add --allow-remote."
        )
    return address


def _check(settings: Settings) -> None:
    """Tell what is wrong with settings or library here, not in each browser."""
    from reader.cli.interface import keymap_of

    keymap_of(settings.preferences)
    with settings.open() as library:
        library.people.all()


def _bidi(settings: Settings) -> str:
    """How to send right-to-left text: as it is drawn, which is how browsers' terminals show it."""
    return settings.order or "plain"


def _listen(address: _Address, port: int) -> socket.socket:
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    try:
        return socket.create_server((str(address), port), family=family)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else error
        raise ReaderError(f"{address}, port {port}: {reason}; name another with --port.") from error
