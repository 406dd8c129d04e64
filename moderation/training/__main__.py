"""Trains the built-in model: `python -m moderation.training --data comments-train.csv.gz --out moderation/models`."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from moderation.decision import LABELS
from moderation.scorers.builtin import Builtin
from moderation.scorers.linear import Linear
from moderation.training.calibrate import band, platt
from moderation.training.common_words import common_words
from moderation.training.counterexamples import counterexamples
from moderation.training.fit import Fit, Recipe, extract_all, inverse_frequency
from moderation.training.model_file import save
from moderation.training.report import Judged, auc, auc_table, disguised, figures, source_table, threshold_table
from moderation.training.rows import NATURAL, Row, of_part, read, share, targets

LANGUAGE = "en"
"""The one language with a slice at natural prevalence to calibrate on; without one, 0.5 would mean nothing."""
_NEWS_WEIGHT = 15.0  # of a news comment among the talk pages of the natural slices: it is what the model is for
_FALSE_ALARMS = 0.05
_BAND = 0.25  # the line for toxicity in config/policy.toml
_MARKS = (0.1, 0.2, _BAND, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def main() -> None:
    """Writes builtin-en.npz and common-en.txt, and prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m moderation.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the labelled rows, a gzipped CSV file")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the model and its word list")
    parser.add_argument("--report", action="store_true", help="print the figures of the model in --out; train nothing")
    arguments = parser.parse_args()
    rows = [row for row in read(arguments.data) if row.lang == LANGUAGE]
    path = arguments.out / f"builtin-{LANGUAGE}.npz"
    if not arguments.report:
        train(rows, path)
        words = common_words(row.text for row in of_part(rows, "train"))
        (arguments.out / f"common-{LANGUAGE}.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    model = Builtin.load(path)
    natural = Judged.by(model.probabilities, _natural(rows, held_out=True))
    path.with_suffix(".json").write_text(json.dumps(figures(natural, _BAND)) + "\n", encoding="utf-8")
    report(model, natural, Judged.by(model.probabilities, of_part(rows, "dev")))


def train(rows: Sequence[Row], path: Path) -> None:
    """Fits on the training rows, calibrates on one half of the natural slices, and writes the model."""
    recipe = Recipe()
    training = of_part(rows, "train") + counterexamples()
    features = extract_all([row.text for row in training], recipe.bits)
    idf = inverse_frequency(features, recipe.bits)
    fit = Fit(recipe, len(LABELS))
    fit.run(features, idf, *targets(training))
    ones, zeros = np.ones(len(LABELS), np.float32), np.zeros(len(LABELS), np.float32)
    raw = Linear(fit.weights, fit.bias, idf, ones, zeros)
    save(path, raw, recipe.bits, (LANGUAGE,))
    scale, shift = _calibrate(Builtin.load(path), _natural(rows, held_out=False))
    save(path, replace(raw, scale=scale, shift=shift), recipe.bits, (LANGUAGE,))


def _calibrate(model: Builtin, rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    judged = Judged.by(model.logits, rows)
    news = np.array([_NEWS_WEIGHT if row.source.startswith("civil") else 1.0 for row in rows], np.float32)
    return platt(judged.scores, judged.labels, judged.known * news[:, None])


def _natural(rows: Sequence[Row], *, held_out: bool) -> list[Row]:
    """One half of the natural slices calibrates, the other is only reported on."""
    return [row for row in of_part(rows, NATURAL) if (share("half:" + row.text) < 0.5) == held_out]  # noqa: PLR2004


def report(model: Builtin, natural: Judged, dev: Judged) -> None:
    """Prints every figure of the model card."""
    news = natural.where(lambda row: row.source.startswith("civil"))
    hidden = [replace(row, text=disguised(row.text, 1)) for row in natural.rows]
    disguise = Judged.by(model.probabilities, hidden)
    bands = ", ".join(f"{label} {band(*natural.column(label), _FALSE_ALARMS):.2f}" for label in LABELS)
    tables = (
        auc_table(natural, "Held-out half of the natural slices"),
        auc_table(dev, "Held-out rows of the training sets"),
        source_table(dev),
        threshold_table(natural, _MARKS),
        threshold_table(news, _MARKS),
        f"Every third longer word disguised: AUC {auc(*disguise.column('toxicity')):.3f}",
        f"Lowest bands with at most {_FALSE_ALARMS:.0%} false alarms: {bands}",
    )
    print("\n\n".join(tables))  # noqa: T201 - this command's purpose


if __name__ == "__main__":
    main()
