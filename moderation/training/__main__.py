"""Trains the built-in model: `python -m moderation.training --data comments-train.csv.gz --out moderation/models`."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from moderation.decision import LABELS
from moderation.scorers.builtin import Builtin
from moderation.scorers.linear import Linear
from moderation.training.card import write_figures
from moderation.training.common_words import common_words
from moderation.training.counterexamples import counterexamples
from moderation.training.fit import Fit, Recipe, extract_all, inverse_frequency
from moderation.training.model_file import save
from moderation.training.natural import calibration
from moderation.training.rows import Row, of_part, read, targets

LANGUAGE = "en"
"""The one language with a slice at natural prevalence to calibrate on; without one, 0.5 would mean nothing."""
_NEWS_WEIGHT = 15.0


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
    print(write_figures(model.probabilities, rows, path.with_suffix(".json")))  # noqa: T201 - this command's purpose


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
    scale, shift = calibration(Builtin.load(path).logits, rows, _NEWS_WEIGHT)
    save(path, replace(raw, scale=scale, shift=shift), recipe.bits, (LANGUAGE,))


if __name__ == "__main__":
    main()
