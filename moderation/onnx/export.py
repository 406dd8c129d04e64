"""A Detoxify model as files for onnxruntime, installed only when they score as the original does."""

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from moderation.onnx.check import FP32, INT8, Difference, compare, require
from moderation.onnx.graph import Weights, build
from moderation.onnx.quantise import quantise
from moderation.onnx.shape import Shape
from moderation.scorers.detoxify import OVERLAP, WINDOW, DetoxifyScorer
from moderation.scorers.onnx import OnnxScorer
from moderation.scorers.onnx_session import MODEL, TOKENIZER


def export(source: Path, target: Path, texts: Sequence[str], *, fp32: bool = False) -> Difference:
    """Writes model.onnx (int8, or with all its digits) and tokenizer.json into `target`, checked on `texts`.

    `source` is a folder with Detoxify's checkpoint, configuration and tokenizer. Raises ScorerUnavailable for what is
    wrong there, ValueError for a shape without a graph, DiffersTooMuch when nothing is installed.
    """
    original = DetoxifyScorer(source)
    with tempfile.TemporaryDirectory(dir=target.parent) as work:
        built = Path(work) / "built"
        built.mkdir()
        write(_graph(original, f"onnx:{target.name}"), built, fp32=fp32)
        original.tokenizer.backend_tokenizer.save(str(built / TOKENIZER))
        served = OnnxScorer(built, threads=1)
        difference = compare(lambda batch: _scores(original, batch), served.probabilities, texts)
        require(difference, FP32 if fp32 else INT8)
        _install(built, target)
    return difference


def write(graph: onnx.ModelProto, folder: Path, *, fp32: bool = False) -> None:
    """`model.onnx` in a folder that exists."""
    whole = folder / (MODEL if fp32 else "fp32.onnx")
    onnx.save(graph, whole)
    if not fp32:
        quantise(whole, folder / MODEL)
        whole.unlink()


def card(  # noqa: PLR0913 - one argument for each thing that the file says of itself
    *,
    name: str,
    languages: Sequence[str],
    labels: Sequence[str],
    scale: Sequence[float],
    shift: Sequence[float],
    window: tuple[int, int],
    is_prepared: bool,
) -> dict[str, str]:
    """The metadata that `moderation.scorers.onnx.Card` reads; `window` is (tokens, overlap)."""
    said = {
        "name": name,
        "languages": sorted(languages),
        "labels": list(labels),
        "scale": list(scale),
        "shift": list(shift),
        "window": window[0],
        "overlap": window[1],
        "is_prepared": is_prepared,
    }
    return {"newsdesk": json.dumps(said)}


def _graph(original: DetoxifyScorer, name: str) -> onnx.ModelProto:
    model = original.model
    count = len(original.labels)
    said = card(
        name=name,
        languages=sorted(original.languages),
        labels=original.labels,
        scale=[1.0] * count,
        shift=[0.0] * count,
        window=(WINDOW, OVERLAP),
        is_prepared=False,
    )
    return build(Shape.of(type(model).__name__, model.config.to_dict()), _weights(model.state_dict()), said)


def _weights(state: Mapping[str, Any]) -> Weights:
    return {name: tensor.float().numpy() for name, tensor in state.items()}


def _scores(original: DetoxifyScorer, texts: Sequence[str]) -> NDArray[np.float32]:
    """(texts, labels), each text alone, as the library gives them."""
    return np.array([list(original.probabilities(text).values()) for text in texts], np.float32)


def _install(built: Path, target: Path) -> None:
    """The tokenizer first: a folder with a model is complete."""
    target.mkdir(exist_ok=True)
    for name in (TOKENIZER, MODEL):
        shutil.move(built / name, target / name)
