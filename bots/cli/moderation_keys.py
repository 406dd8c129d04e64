"""Who may ask the moderation service from elsewhere, and what moderators elsewhere have told it."""

import asyncio
import json
import sys
from typing import Annotated

import typer

from bots.cli.invocation import invocation
from config import Settings
from moderation import LABELS

app = typer.Typer(help="Give, list and revoke keys to the moderation service.", no_args_is_help=True)


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Who it is for: a-z, 0-9 and hyphens.")],
    per_minute: Annotated[int, typer.Option(min=1, max=1_000_000, help="Questions a minute.")] = 600,
) -> None:
    """Print a new key. It is shown this once: only a hash of it is kept."""
    typer.echo(asyncio.run(_add(invocation(context).settings(), name, per_minute)))


async def _add(settings: Settings, name: str, per_minute: int) -> str:
    from bots.bootstrap.service_parts import open_stores_of_service  # noqa: PLC0415  # --help stays quick

    async with open_stores_of_service(settings) as stores:
        return await stores.keys.add(name, per_minute)


@app.command("list")
def list_(context: typer.Context) -> None:
    """Names, questions a minute, and since when; a key itself is kept nowhere."""
    lines = asyncio.run(_listed(invocation(context).settings()))
    typer.echo("\n".join(lines) or "There are no keys.")


async def _listed(settings: Settings) -> list[str]:
    from bots.bootstrap.service_parts import open_stores_of_service  # noqa: PLC0415

    async with open_stores_of_service(settings) as stores:
        return [
            f"{name}  {record.per_minute} a minute, since {record.added_at:%Y-%m-%d %H:%M} UTC"
            for name, record in await stores.keys.listed()
        ]


@app.command()
def revoke(context: typer.Context, name: Annotated[str, typer.Argument(help="As `keys list` names it.")]) -> None:
    """Refuse a key from now on."""
    if not asyncio.run(_revoke(invocation(context).settings(), name)):
        raise typer.BadParameter(f"There is no key {name!r}; `./newsdesk moderation keys list` names them.")
    typer.echo(f"The key {name} is refused from now on.")


async def _revoke(settings: Settings, name: str) -> bool:
    from bots.bootstrap.service_parts import open_stores_of_service  # noqa: PLC0415

    async with open_stores_of_service(settings) as stores:
        return await stores.keys.revoke(name)


def labels(context: typer.Context) -> None:
    """Print what clients have suggested as JSONL: text, language, and a moderator's score for each label."""
    asyncio.run(_labels(invocation(context).settings()))


async def _labels(settings: Settings) -> None:
    from bots.bootstrap.service_parts import open_stores_of_service  # noqa: PLC0415

    async with open_stores_of_service(settings) as stores:
        async for row in stores.labels.rows():
            given = row.suggestion
            scores = {label: given.values[label] for label in LABELS if label in given.values}
            told = {"text": given.text, "lang": next(iter(given.languages), None), **scores}
            more = {"token": given.token, "community": given.community, "at": row.kept_at.isoformat()}
            sys.stdout.write(json.dumps(told | more) + "\n")
