"""The one process that holds the model: a drop-in for the Perspective API on this machine."""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bots.cli.invocation import invocation

_PORT = 8081


def moderation(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="An address of this machine's loopback.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Default: that of NEWSDESK_MODERATION_URL, or 8081.")] = None,
) -> None:
    """Score comments for the reviewers and for anything that speaks the Perspective API's format.

    Open to everybody who can reach it, so it only listens on loopback. SIGTERM ends it within five seconds.
    """
    if not is_loopback(host):
        raise typer.BadParameter(
            f"{host} can be reached from other machines, and this service asks nobody for a key. Use 127.0.0.1, and "
            "put a proxy that asks for a password in front of it.",
            param_hint="--host",
        )
    from bots.bootstrap.logs import set_up  # noqa: PLC0415  # --help stays quick
    from bots.bootstrap.scoring import run_service  # noqa: PLC0415

    settings = invocation(context).settings()
    set_up(settings)
    run_service(settings, host, port if port is not None else _port_of(settings.moderation_url))


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port_of(url: str) -> int:
    """Where the reviewers of this machine ask; the usual one when they ask elsewhere."""
    parts = urlsplit(url)
    return parts.port or _PORT if is_loopback(parts.hostname or "") else _PORT
