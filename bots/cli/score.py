"""Scores texts by any scorer, in the order they come."""

import asyncio
import csv
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.invocation import invocation
from bots.cli.texts import BadLine, Form, Text, opened, read
from config import Settings
from moderation import LABELS, LanguageNotJudged, Scorer, Scores, language_of

_UNKNOWN = "und"  # BCP 47's word for a language that nobody could tell

Write = Callable[[Text, str, Scores | None], None]


def score(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    *,
    file: Annotated[Path | None, typer.Argument(help="JSONL or CSV: text, optional id, lang. Default: stdin.")] = None,
    text: Annotated[str | None, typer.Option(help="Score this text instead of a file.")] = None,
    scorer: Annotated[str | None, typer.Option(help="auto, builtin, linear, detoxify, onnx:NAME or http://...")] = None,
    form: Annotated[Form, typer.Option("--format", help="What goes in and what comes out.")] = Form.JSONL,
    explain: Annotated[bool, typer.Option("--explain", help="With --text: the words that drive the score.")] = False,
) -> None:
    """Score texts: a line in, a line out, in the same order.

    A line that cannot be read is reported by its number and skipped, and the exit status is then 1. A text in a
    language that the scorer cannot judge gets no scores (null).
    """
    settings = invocation(context).settings()
    if text is not None:
        clean = asyncio.run(_score_all(settings, scorer, iter([Text("text", text)]), form))
    else:
        with opened(file) as lines:
            clean = asyncio.run(_score_all(settings, scorer, read(lines, form), form))
    if explain and text is not None:
        _explain(text)
    raise typer.Exit(0 if clean else 1)


async def _score_all(settings: Settings, name: str | None, texts: Iterator[Text | BadLine], form: Form) -> bool:
    """Whether every line could be read."""
    from rich.console import Console  # noqa: PLC0415  # --help stays quick
    from rich.progress import track  # noqa: PLC0415

    from bots.bootstrap.scoring import open_scorer  # noqa: PLC0415

    write = _writer(form)
    skipped = 0
    errors = Console(stderr=True)
    async with open_scorer(settings, name) as scorer:
        for each in track(texts, "Scoring", console=errors, transient=True, disable=not errors.is_terminal):
            if isinstance(each, BadLine):
                errors.print(f"Line {each.number} is skipped: {each.problem}.", markup=False)
                skipped += 1
            else:
                write(each, *await _scored(each, scorer))
    return skipped == 0


async def _scored(text: Text, scorer: Scorer) -> tuple[str, Scores | None]:
    """The language and the scores. Where nobody can tell the language, a scorer of one language is asked in its own."""
    language = text.lang or language_of(text.text)
    only = next(iter(scorer.languages)) if len(scorer.languages) == 1 else None
    try:
        return language or _UNKNOWN, await scorer.score(text.text, language or only)
    except LanguageNotJudged:
        return language or _UNKNOWN, None


def _writer(form: Form) -> Write:
    if form is Form.JSONL:
        return _write_json
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("id", "lang", *LABELS, "scorer"))

    def write_row(text: Text, language: str, scores: Scores | None) -> None:
        values = scores.values if scores else {}
        cells = [f"{values[label]:.6f}" if label in values else "" for label in LABELS]
        table.writerow((text.id, language, *cells, scores.scorer if scores else ""))

    return write_row


def _write_json(text: Text, language: str, scores: Scores | None) -> None:
    values = {label: round(value, 6) for label, value in scores.values.items()} if scores else None
    line = {"id": text.id, "lang": language, "scores": values, "scorer": scores.scorer if scores else None}
    sys.stdout.write(json.dumps(line) + "\n")


def _explain(text: str) -> None:
    """The text with each word coloured by what leaving it out does to the built-in model's toxicity."""
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text as Rich  # noqa: PLC0415

    from bots.bootstrap.scoring import weights  # noqa: PLC0415

    shown = Rich(text)
    driving = sorted(weights(text), key=lambda weight: -weight.fall)
    for weight in driving:
        if weight.fall >= _VISIBLE:
            shown.stylize("bold red" if weight.fall >= _STRONG else "yellow", weight.span.begin, weight.span.end)
    console = Console(stderr=True)
    console.print(shown)
    for weight in driving[:_LISTED]:
        if weight.fall >= _VISIBLE:
            word = text[weight.span.begin : weight.span.end]
            console.print(f"  {word}: without it toxicity falls by {weight.fall:.2f}", markup=False, highlight=False)


_VISIBLE, _STRONG, _LISTED = 0.02, 0.15, 8
