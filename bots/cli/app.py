"""The command line: every command in one list, each in a file of its own.

A command's file imports what is heavy inside its functions, so that --help is quick.
"""

import os
import sys
import tomllib
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bots.cli import alert, doctor, models, moderation, policy, score, up
from bots.cli.invocation import Invocation
from config import PROJECT

GROUPS: tuple[tuple[str, typer.Typer], ...] = (
    ("alert", alert.app),
    ("policy", policy.app),
    ("models", models.app),
    ("moderation", moderation.app),
)
"""Nouns with commands below them: `./newsdesk alert send`."""
COMMANDS = (up.up, doctor.doctor, score.score)
"""Commands that stand alone: `./newsdesk up`."""

app = typer.Typer(
    name="newsdesk",
    help="Breaking news, reader polls and moderated comments: one conversation across [b]Telegram[/b] and "
    "[b]Discord[/b].\n\nStart with [b]./newsdesk up[/b]. Without tokens it brings local platforms to try it on.",
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _name, _group in GROUPS:
    app.add_typer(_group, name=_name)
for _command in COMMANDS:
    app.command()(_command)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  # typer calls it with the option's value
    if wanted:
        project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        typer.echo(f"newsdesk {project['version']}")
        raise typer.Exit


@app.callback()
def newsdesk(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(help="The data directory: embedded store and logs. Default: NEWSDESK_DATA, or ./var."),
    ] = None,
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    context.obj = Invocation(os.environ, data)


def main() -> int:
    """Run one command. What a person can mend is said in a sentence; anything else is a bug and keeps its trace."""
    try:
        app(prog_name="./newsdesk")
    except Exception as error:
        if not isinstance(error, _mendable()):
            raise
        Console(stderr=True).print(Text(f"newsdesk: {error}", style="red"), soft_wrap=True)
        return 1
    return 0


def _mendable() -> tuple[type[Exception], ...]:
    from bots.bootstrap.service_parts import NoKeys  # noqa: PLC0415  # only when something is wrong
    from bots.cli.drafting import BadDraft  # noqa: PLC0415
    from bots.feeds import ArticleError  # noqa: PLC0415
    from bots.newsroom.alerts.service import UnknownAlert, WrongState  # noqa: PLC0415
    from bots.newsroom.alerts.timing import BadTime  # noqa: PLC0415
    from bots.newsroom.polls.service import BadPoll  # noqa: PLC0415
    from bots.storage.client import STORE_AWAY, StoreTooOld, VolatileStore  # noqa: PLC0415
    from bots.storage.keys_of_service import BadKeyName  # noqa: PLC0415
    from bots.storage.locate import StoreNotRunning  # noqa: PLC0415
    from config import SettingsError  # noqa: PLC0415
    from moderation import PolicyError, ScorerUnavailable  # noqa: PLC0415
    from moderation.service import PortTaken  # noqa: PLC0415

    of_the_store = (StoreNotRunning, VolatileStore, StoreTooOld, *STORE_AWAY)
    of_the_editor = (ArticleError, BadDraft, BadPoll, BadTime, UnknownAlert, WrongState)
    of_moderation = (BadKeyName, NoKeys, PolicyError, ScorerUnavailable, PortTaken)
    return (SettingsError, *of_the_store, *of_the_editor, *of_moderation)


if __name__ == "__main__":
    sys.exit(main())
