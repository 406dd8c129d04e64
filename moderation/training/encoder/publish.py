"""From trained weights to the folder that is served: int8, calibrated at natural prevalence."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from moderation.decision import LABELS
from moderation.onnx.export import card, write
from moderation.onnx.graph import build
from moderation.scorers.onnx import OnnxScorer
from moderation.scorers.onnx_session import TOKENIZER
from moderation.training.calibrate import Floats
from moderation.training.encoder.weights import configuration, read_weights, shape
from moderation.training.natural import calibration
from moderation.training.rows import Row

NAME, LANGUAGE = "builtin", "en"
WINDOW = (128, 32)
"""Tokens of a window, and how many its neighbour shares: the base encoder was made for 128."""
_NEWS_WEIGHT = 3.0  # at 15, the 48 news comments alone would set the scale for everything else


def publish(weights: Path, base: Path, rows: Sequence[Row], out: Path) -> OnnxScorer:
    """Writes model.onnx and tokenizer.json into `out`, and loads them."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(base / "tokenizer.json", out / TOKENIZER)
    plain = np.ones(len(LABELS), np.float32), np.zeros(len(LABELS), np.float32)
    raw = _written(weights, base, out, plain)
    return _written(weights, base, out, calibration(raw.logits, rows, _NEWS_WEIGHT))


def _written(weights: Path, base: Path, out: Path, calibrated: tuple[Floats, Floats]) -> OnnxScorer:
    scale, shift = (each.tolist() for each in calibrated)
    said = card(
        name=NAME, languages=[LANGUAGE], labels=LABELS, scale=scale, shift=shift, window=WINDOW, is_prepared=True
    )
    write(build(shape(configuration(base)), read_weights(weights), said), out)
    return OnnxScorer(out, threads=1)
