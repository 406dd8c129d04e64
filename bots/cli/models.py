"""The scorers on this machine."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.invocation import invocation

app = typer.Typer(help="What can score comments here.", no_args_is_help=True)


@app.command("list")
def list_(context: typer.Context) -> None:
    """List the scorers, with the languages they judge, their size and their figures."""
    from rich.console import Console  # noqa: PLC0415  # --help stays quick
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from bots.bootstrap.scorer_list import scorers  # noqa: PLC0415

    settings = invocation(context).settings()
    table = Table("Scorer", "State", "Languages", "Size", "Figures")
    for each in scorers(settings):
        table.add_row(*map(Text, (each.name, each.state, each.languages, each.size, each.figures)))
    console = Console()
    console.print(table)
    console.print(f"In force: {settings.scorer} (NEWSDESK_SCORER). auto is detoxify where it is ready, else builtin.")


@app.command("export")
def export(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The folder of the model in DATA/models.")] = "detoxify",
    *,
    fp32: Annotated[bool, typer.Option("--fp32", help="Keep all digits: four times the size, no difference.")] = False,
) -> None:
    """Make a model of Detoxify ready to be served without torch, and compare it with its original.

    It is installed as onnx:NAME when the two hardly differ on 500 texts.
    """
    from bots.bootstrap.models import export_model  # noqa: PLC0415
    from moderation.onnx.check import DiffersTooMuch  # noqa: PLC0415

    try:
        target, difference = export_model(invocation(context).settings(), name, fp32=fp32)
    except (DiffersTooMuch, ValueError) as problem:
        raise typer.BadParameter(str(problem), param_hint="NAME") from problem
    typer.echo(f"{target} is ready: {difference}. Use it with NEWSDESK_SCORER=onnx:{name}.")


@app.command("evaluate")
def evaluate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV, gzipped or not: text, toxicity, and any other label.")],
    scorer: Annotated[str | None, typer.Option(help="Default: the one in force.")] = None,
    language: Annotated[str, typer.Option(help="Of the texts; rows that name another are left out.")] = "en",
) -> None:
    """Print a scorer's figures on labelled texts: AUC, what each line holds, calibration, and groups named."""
    from bots.bootstrap.models import evaluate as measured  # noqa: PLC0415
    from moderation.training.evaluate import NoLabels  # noqa: PLC0415

    try:
        typer.echo(asyncio.run(measured(invocation(context).settings(), file, scorer, language)))
    except (NoLabels, OSError, UnicodeDecodeError) as problem:
        raise typer.BadParameter(str(problem), param_hint="FILE") from problem
