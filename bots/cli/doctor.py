"""./newsdesk doctor: what is well, what is not, and how to mend it."""

import asyncio

import typer

from bots.cli.invocation import invocation


def doctor(context: typer.Context) -> None:
    """Check store, scorer, clock, tokens and rights in each chat, and say how to mend what is wrong.

    Ends with status 1 when something is to be mended. Nothing is changed.
    """
    from bots.cli.doctor_report import report  # noqa: PLC0415  # --help stays quick

    raise typer.Exit(asyncio.run(report(invocation(context).settings())))
