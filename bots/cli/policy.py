"""The policy in force, as a moderator would read it, and tried on texts."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.invocation import invocation
from bots.cli.texts import BadLine, Form, Text, opened, read
from bots.cli.translate import translated
from config import Settings
from moderation import Decision, Outcome, Policy, Submission

app = typer.Typer(help="Show the moderation policy, or try it on texts.", no_args_is_help=True)
app.command("translate")(translated)
_COLOURS = {Outcome.APPROVE: "green", Outcome.HOLD: "yellow", Outcome.REJECT: "red"}
_TRIED_AT = datetime(2026, 1, 1, tzinfo=UTC)  # no rule of today looks at the time


@app.command()
def show(context: typer.Context) -> None:
    """Print the policy in force."""
    from rich.console import Console  # noqa: PLC0415  # --help stays quick

    from bots.bootstrap.scoring import policy  # noqa: PLC0415

    console = Console()
    for sentence in sentences(policy(invocation(context).settings())):
        console.print(f"- {sentence}", markup=False, highlight=False, soft_wrap=True)


def sentences(policy: Policy) -> list[str]:
    """The policy in the order of its rules."""
    lines = ", ".join(f"{label.replace('_', ' ')} {mark:.2f}" for label, mark in policy.hold_at.items())
    return [
        "What is not text (a photo, a sticker, a voice message, a forward) waits for a person.",
        f"An empty comment and one of more than {policy.max_length:,} characters are refused.",
        "What its author has recently sent word for word is refused.",
        f"What is {policy.similarity:g} % the same as a recent comment of its author waits for a person.",
        f"A comment with one of {len(policy.banned_words)} banned words is refused.",
        f"A comment with one of {len(policy.suspect_words)} suspect words waits for a person.",
        f"A link to anywhere but {', '.join(sorted(policy.allowed_domains)) or 'nowhere'} waits for a person.",
        "A comment in a language that the scorer cannot judge, or that nobody can name, waits for a person.",
        f"A comment waits for a person when a score reaches its line: {lines}. A score alone never refuses.",
        "When there is no score, or a rule fails, a person decides. All other comments are published.",
    ]


@app.command("try")
def try_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSONL or CSV with text and an optional id; - reads stdin.")],
    form: Annotated[Form, typer.Option("--format", help="What the file is.")] = Form.JSONL,
) -> None:
    """Run the policy over texts with the scorer of this machine, and show every finding."""
    settings = invocation(context).settings()
    with opened(file) as lines:
        clean = asyncio.run(_try_all(settings, read(lines, form)))
    raise typer.Exit(0 if clean else 1)


async def _try_all(settings: Settings, texts: Iterator[Text | BadLine]) -> bool:
    from bots.bootstrap.scoring import open_scorer, pipeline  # noqa: PLC0415

    clean = True
    async with open_scorer(settings) as scorer:
        judge = pipeline(settings, scorer)
        for each in texts:
            if isinstance(each, BadLine):
                typer.echo(f"Line {each.number} is skipped: {each.problem}.", err=True)
                clean = False
            else:
                _show(each, await judge.judge(Submission(str(each.id), each.text, "nobody", "none", _TRIED_AT)))
    return clean


def _show(text: Text, decision: Decision) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text as Rich  # noqa: PLC0415

    console = Console(soft_wrap=True, highlight=False)
    shown = Rich.assemble((decision.outcome.value.upper(), f"bold {_COLOURS[decision.outcome]}"), f"  {text.id}: ")
    console.print(shown.append(repr(text.text)[1:-1]))
    for finding in decision.findings:
        style = "dim" if finding.outcome is Outcome.APPROVE else _COLOURS[finding.outcome]
        console.print(Rich(f"    {finding.phase}: {finding.detail}", style))
