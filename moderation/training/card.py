"""Every figure of a model card, in one order, for any model of ours."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from moderation.decision import LABELS
from moderation.training.calibrate import band
from moderation.training.natural import half
from moderation.training.report import (
    Judged,
    Score,
    auc,
    auc_table,
    disguised,
    figures,
    source_table,
    threshold_table,
)
from moderation.training.rows import Row, of_part

_FALSE_ALARMS = 0.05
_BAND = 0.40  # the line for toxicity in config/policy.toml
_MARKS = (0.1, 0.2, 0.25, 0.3, _BAND, 0.5, 0.6, 0.7, 0.8, 0.9)


def write_figures(score: Score, rows: Sequence[Row], path: Path) -> str:
    """Measures on rows that were not learnt from, keeps the headline in a JSON file, and returns every table."""
    natural = Judged.by(score, half(rows, held_out=True))
    path.write_text(json.dumps(figures(natural, _BAND)) + "\n", encoding="utf-8")
    return tables(score, natural, Judged.by(score, of_part(rows, "dev")))


def tables(score: Score, natural: Judged, dev: Judged) -> str:
    news = natural.where(lambda row: row.source.startswith("civil"))
    disguise = Judged.by(score, [replace(row, text=disguised(row.text, 1)) for row in natural.rows])
    bands = ", ".join(f"{label} {band(*natural.column(label), _FALSE_ALARMS):.2f}" for label in LABELS)
    every = (
        auc_table(natural, "Held-out half of the natural slices"),
        auc_table(dev, "Held-out rows of the training sets"),
        source_table(dev),
        threshold_table(natural, _MARKS),
        threshold_table(news, _MARKS),
        f"Every third longer word disguised: AUC {auc(*disguise.column('toxicity')):.3f}",
        f"Lowest bands with at most {_FALSE_ALARMS:.0%} false alarms: {bands}",
    )
    return "\n\n".join(every)
