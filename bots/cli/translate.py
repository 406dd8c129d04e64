"""Which threshold of ours lets through the same share of comments as one of the Perspective API's."""

import asyncio
import csv
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.invocation import invocation
from config import PROJECT, Settings
from moderation import LanguageNotJudged
from moderation.attributes import ATTRIBUTES
from moderation.translation import translate

SCORES = PROJECT.parent / "shared" / "vectors" / "perspective_wikipedia_2k_scores_20180829.csv"
"""2,000 English comments of Wikipedia with the Perspective API's own scores of August 2018."""
_LANGUAGE = "en"


def translated(
    context: typer.Context,
    perspective: Annotated[list[str], typer.Option(help="Attribute and threshold: TOXICITY=0.80. Repeat for more.")],
    scores: Annotated[
        Path,
        typer.Option(
            help="CSV: comment_text, and a column for each attribute.",
            show_default="Perspective's own of 2018, where they lie beside the project",
        ),
    ] = SCORES,
    scorer: Annotated[str | None, typer.Option(help="auto, builtin, detoxify, ... or http://...")] = None,
) -> None:
    """Say which of our thresholds lets through the same share of comments as one of the Perspective API's."""
    asked = [_asked(each) for each in perspective]
    rows = _rows(scores)
    ours = asyncio.run(_scored(invocation(context).settings(), scorer, [row["comment_text"] for row in rows]))
    for attribute, threshold in asked:
        typer.echo(_told(attribute, threshold, rows, ours))


def _asked(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        threshold = float(value)
    except ValueError:
        threshold = -1
    if name not in ATTRIBUTES or not 0 <= threshold <= 1:
        raise typer.BadParameter(f"{text!r}: write an attribute and a threshold, as in TOXICITY=0.80.")
    return name, threshold


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
    except (OSError, UnicodeDecodeError) as problem:
        raise typer.BadParameter(
            f"{file} cannot be read. Give a CSV of comments that the Perspective API has scored with --scores: "
            "comment_text, and a column for each attribute."
        ) from problem
    if not rows or "comment_text" not in rows[0]:
        raise typer.BadParameter(f"{file} has no comments: it needs a column comment_text.")
    return rows


async def _scored(settings: Settings, name: str | None, texts: list[str]) -> list[dict[str, float]]:
    """Ours by label, in the order of the texts; empty for a text without letters."""
    from bots.bootstrap.scoring import open_scorer  # noqa: PLC0415  # --help stays quick

    found = []
    async with open_scorer(settings, name) as scorer:
        for text in texts:
            try:
                found.append(dict((await scorer.score(text, _LANGUAGE)).values))
            except LanguageNotJudged:
                found.append({})
    return found


def _told(attribute: str, threshold: float, rows: list[dict[str, str]], ours: list[dict[str, float]]) -> str:
    column, label = _column(attribute, list(rows[0])), ATTRIBUTES[attribute]
    pairs = [(float(row[column]), mine[label]) for row, mine in zip(rows, ours, strict=True) if label in mine]
    if not pairs:
        raise typer.BadParameter(f"This scorer gives no {label} to compare with {attribute}.")
    found = translate(pairs, threshold)
    texts = f"{found.share:.1%} of {len(pairs):,} comments"
    return (
        f"{attribute} {threshold:.2f} of the Perspective API lets {texts} through; so does {label} "
        f"{found.threshold:.2f} here (95 % interval {found.low:.2f} to {found.high:.2f}), and both decide alike on "
        f"{found.agree:.1%}."
    )


def _column(attribute: str, columns: list[str]) -> str:
    """The newest version of the attribute's model, such as TOXICITY@6."""
    plain = attribute.removesuffix("_EXPERIMENTAL").removesuffix("_FAST")
    found = [column for column in columns if column.partition("@")[0] == plain]
    if not found:
        raise typer.BadParameter(f"The file has no scores for {attribute}: a column {plain} is missing.")
    return max(found, key=lambda column: int(column.partition("@")[2] or 0))
