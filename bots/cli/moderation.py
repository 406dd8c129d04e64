"""The one process that holds the model: a drop-in for the Perspective API."""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bots.cli import moderation_keys
from bots.cli.invocation import invocation

_PORT = 8081

app = typer.Typer(invoke_without_command=True, help="Score comments for everything that speaks the Perspective format.")
app.add_typer(moderation_keys.app, name="keys")
app.command()(moderation_keys.labels)


@app.callback()
def moderation(
    context: typer.Context,
    *,
    host: Annotated[
        str, typer.Option(help="An address of this machine; beyond loopback every caller needs a key.")
    ] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Default: that of NEWSDESK_MODERATION_URL, or 8081.")] = None,
    keyed: Annotated[bool, typer.Option("--keys", help="Ask for a key on loopback, too: behind a proxy.")] = False,
) -> None:
    """Score comments for the reviewers and for anything that speaks the Perspective API's format.

    On loopback it is open to everybody on this machine. SIGTERM ends it within five seconds.
    """
    if context.invoked_subcommand is not None:
        return
    from bots.bootstrap.logs import set_up  # noqa: PLC0415  # --help stays quick
    from bots.bootstrap.service import run_service  # noqa: PLC0415

    settings = invocation(context).settings()
    set_up(settings)
    chosen = port if port is not None else _port_of(settings.moderation_url)
    run_service(settings, host, chosen, keyed=keyed or not is_loopback(host))


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port_of(url: str) -> int:
    """Where the reviewers of this machine ask; the usual one when they ask elsewhere."""
    parts = urlsplit(url)
    return parts.port or _PORT if is_loopback(parts.hostname or "") else _PORT
