"""./newsdesk alert: from an article to an alert, a poll and a comment thread on both platforms."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from bots.cli.invocation import invocation
from bots.newsroom.alerts.alert import Importance

app = typer.Typer(help="Send, schedule, show and withdraw alerts.", no_args_is_help=True)
AlertId = Annotated[str, typer.Argument(help="The alert's id, for example a7.", metavar="ID")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def send(  # noqa: PLR0913  # one parameter an option, as typer wants it
    context: typer.Context,
    article: Annotated[str, typer.Argument(help="A file (Markdown, text, HTML) or the address of a page.")],
    *,
    at: Annotated[str | None, typer.Option(help="When: 18:30, +20m, or 2026-11-24T18:30. Default: now.")] = None,
    poll: Annotated[
        bool | None,
        typer.Option("--poll/--no-poll", help="Ask readers. Default: if the article closes with a question."),
    ] = None,
    importance: Annotated[Importance, typer.Option(help="Breaking is marked and goes first.")] = Importance.MAJOR,
    topic: Annotated[str, typer.Option(help="Whose followers are notified.")] = "general",
    headline: Annotated[str | None, typer.Option(help="Instead of the article's.")] = None,
    standfirst: Annotated[str | None, typer.Option(help="Instead of the article's.")] = None,
    link: Annotated[str | None, typer.Option(help="Where “Read” leads, instead of the article's own address.")] = None,
    question: Annotated[str | None, typer.Option(help="The poll's question, instead of the article's.")] = None,
    option: Annotated[list[str] | None, typer.Option(help="An answer of the poll; give it once for each.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show both platforms; send nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before sending.")] = False,
) -> None:
    """Make an alert, a poll and a comment thread of one article, on Telegram and on Discord.

    You see what each platform will show before anything is sent.
    """
    from bots.cli.drafting import Wishes  # noqa: PLC0415  # --help stays quick
    from bots.cli.sending import Order  # noqa: PLC0415
    from bots.cli.sending import send as carry_out  # noqa: PLC0415

    settings = invocation(context).settings()
    if topic not in settings.topics:
        raise typer.BadParameter(
            f"{topic} is no topic here; there are: {', '.join(settings.topics)}.", param_hint="--topic"
        )
    wishes = Wishes(headline, standfirst, link, question, tuple(option or ()), poll, importance, topic)
    order = Order(article, wishes, at, dry_run, yes)
    raise typer.Exit(asyncio.run(carry_out(settings, order, Console())))


@app.command("list")
def list_(
    context: typer.Context,
    limit: Annotated[int, typer.Option(help="How many, newest first.", min=1, max=500)] = 20,
    *,
    as_json: AsJson = False,
) -> None:
    """The newest alerts with their state; scheduled ones with their time."""
    from bots.cli import alert_views, attached  # noqa: PLC0415

    settings = invocation(context).settings()
    attached.with_newsroom(settings, lambda newsroom: alert_views.show_list(newsroom, limit, as_json=as_json))


@app.command()
def show(context: typer.Context, alert_id: AlertId, *, as_json: AsJson = False) -> None:
    """What became of every delivery: sent, on the way, uncertain, not reached."""
    from bots.cli import alert_views, attached  # noqa: PLC0415

    settings = invocation(context).settings()
    attached.with_newsroom(settings, lambda newsroom: alert_views.show_one(newsroom, alert_id, as_json=as_json))


@app.command()
def cancel(
    context: typer.Context,
    alert_id: AlertId,
    reason: Annotated[str, typer.Option(help="Kept with the alert, for the record.")] = "",
) -> None:
    """Take a scheduled alert back before it goes out."""
    from bots.cli import alert_views, attached  # noqa: PLC0415

    settings = invocation(context).settings()
    attached.with_newsroom(settings, lambda newsroom: alert_views.cancel(newsroom, alert_id, reason))


@app.command()
def retract(
    context: typer.Context,
    alert_id: AlertId,
    reason: Annotated[str, typer.Option(help="What readers are told in its place.")],
) -> None:
    """Withdraw an alert that is out: every sent message is edited to say so, and why. Its poll closes."""
    from bots.cli import alert_views, attached  # noqa: PLC0415

    settings = invocation(context).settings()
    attached.with_newsroom(settings, lambda newsroom: alert_views.retract(newsroom, alert_id, reason))
