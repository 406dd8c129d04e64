"""What the commands on models do: export one for serving without torch, and measure any on labelled rows."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bots.bootstrap.scoring import open_scorer
from config import Settings
from moderation import LABELS, Scorer
from moderation.onnx.check import FEWEST, Difference
from moderation.scorers import onnx_folder
from moderation.training.encoder.examples import examples
from moderation.training.evaluate import evaluation, read_labelled


def export_model(settings: Settings, name: str, *, fp32: bool) -> tuple[Path, Difference]:
    """Makes DATA/models/onnx/NAME of DATA/models/NAME.

    Raises ScorerUnavailable for what is wrong there, ValueError for a model without a graph, DiffersTooMuch.
    """
    from moderation.onnx.export import export  # noqa: PLC0415  # onnx comes with the extra only

    target = onnx_folder(settings.data) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    texts = [row.text for row in examples()]
    step = len(texts) // FEWEST
    difference = export(settings.data / "models" / name, target, texts[::step][:FEWEST], fp32=fp32)
    return target, difference


async def evaluate(settings: Settings, file: Path, scorer: str | None, language: str) -> str:
    """The tables of a scorer on a labelled file. Raises NoLabels, or ScorerUnavailable."""
    rows = read_labelled(file, language)
    async with open_scorer(settings, scorer) as asked:
        scores = await _scores(asked, [row.text for row in rows], language)
    return evaluation(rows, scores)


async def _scores(scorer: Scorer, texts: Sequence[str], language: str) -> list[list[float]]:
    """One row of LABELS for each text; a label that the scorer does not know counts as 0."""
    rooms = asyncio.Semaphore(64)

    async def one(text: str) -> list[float]:
        async with rooms:
            values = (await scorer.score(text, language)).values
        return [values.get(label, 0.0) for label in LABELS]

    return list(await asyncio.gather(*(one(text) for text in texts)))
