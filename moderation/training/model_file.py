"""Writes a model so that it loads without unpickling, takes little room, and is the same file for the same training."""

from pathlib import Path

import numpy as np

from moderation.decision import LABELS
from moderation.scorers.linear import Linear

_LEVELS = 127


def save(path: Path, linear: Linear, bits: int, languages: tuple[str, ...]) -> None:
    """Weights as one signed byte each and a step a label; the idf as half floats."""
    step = (np.abs(linear.weights).max(axis=0) / _LEVELS).astype(np.float32)
    step[step == 0] = 1
    np.savez_compressed(
        path,
        weights=np.rint(linear.weights / step).astype(np.int8),
        step=step,
        idf=linear.idf.astype(np.float16),
        bias=linear.bias,
        scale=linear.scale,
        shift=linear.shift,
        bits=np.array(bits),
        labels=np.array(LABELS),
        languages=np.array(languages),
    )
