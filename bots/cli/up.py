"""./newsdesk up: everything, at one address."""

from pathlib import Path
from typing import Annotated

import typer

from bots.cli.invocation import invocation


def up(  # noqa: PLR0913  # one parameter an option, as typer wants it
    context: typer.Context,
    data: Annotated[Path | None, typer.Option(help="The data directory: embedded store and logs.")] = None,
    port: Annotated[int | None, typer.Option(help="The port of the page. Default: 8080.", min=1, max=65535)] = None,
    *,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Use the local Telegram and Discord, whatever tokens are set.")
    ] = False,
    allow_volatile: Annotated[
        bool, typer.Option("--allow-volatile", help="Accept a Redis that forgets when it restarts.")
    ] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the page in a browser.")] = False,
) -> None:
    """Start everything and print one address to open.

    Without tokens a local Telegram and a local Discord come with it. Ctrl-C ends everything; nothing is lost.
    """
    from bots.supervisor.plan import Options  # noqa: PLC0415
    from bots.supervisor.up import run_up  # noqa: PLC0415  # --help stays quick

    given = invocation(context)
    options = Options(data or given.data, port, sandbox=sandbox, allow_volatile=allow_volatile)
    raise typer.Exit(run_up(given.environ, options, open_page=not no_open))
