"""The scorers on this machine."""

import typer

from bots.cli.invocation import invocation

app = typer.Typer(help="What can score comments here.", no_args_is_help=True)


@app.command("list")
def list_(context: typer.Context) -> None:
    """List the scorers, with the languages they judge, their size and their figures."""
    from rich.console import Console  # noqa: PLC0415  # --help stays quick
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from bots.bootstrap.scoring import scorers  # noqa: PLC0415

    settings = invocation(context).settings()
    table = Table("Scorer", "State", "Languages", "Size", "Figures")
    for each in scorers(settings):
        table.add_row(*map(Text, (each.name, each.state, each.languages, each.size, each.figures)))
    console = Console()
    console.print(table)
    console.print(f"In force: {settings.scorer} (NEWSDESK_SCORER). auto is detoxify where it is ready, else builtin.")


@app.callback()
def models() -> None:
    """Keeps `list` a command of its own while it is the only one."""
