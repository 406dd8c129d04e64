"""The graph against the models it stands for, as transformers builds them: small, random, real shapes."""

import importlib
import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from moderation.onnx.check import FEWEST, FP32, INT8, Difference, DiffersTooMuch, Limit, compare, require
from moderation.onnx.graph import build
from moderation.onnx.quantise import quantise
from moderation.onnx.shape import Shape

needs_torch = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("torch", "transformers")),
    reason='torch is not installed; to enable: .venv/bin/pip install -c constraints.txt -e ".[detoxify]"',
)
SIZES = {
    "hidden_size": 64,
    "num_attention_heads": 4,
    "num_hidden_layers": 3,
    "intermediate_size": 128,
    "vocab_size": 200,
    "num_labels": 16,
}
ROBERTA = {"type_vocab_size": 1, "pad_token_id": 1, "max_position_embeddings": 66, "layer_norm_eps": 1e-5}
SHAPES = {"Bert": {"max_position_embeddings": 64}, "Roberta": ROBERTA, "XLMRoberta": ROBERTA}


def model_of(family: str) -> Any:
    torch, transformers = importlib.import_module("torch"), importlib.import_module("transformers")
    torch.manual_seed(3)
    config = getattr(transformers, f"{family}Config")(**SIZES, **SHAPES[family])
    model = getattr(transformers, f"{family}ForSequenceClassification")(config).eval()
    for parameter in model.parameters():  # biases begin at zero, which would hide one that is left out
        parameter.data.add_(torch.randn_like(parameter) * 0.05)
    return model


def exported(model: Any, path: Path) -> Path:
    weights = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    graph = build(Shape.of(type(model).__name__, model.config.to_dict()), weights, {})
    path.write_bytes(graph.SerializeToString())
    return path


def logits_of(model: Any, ids: np.ndarray) -> np.ndarray:
    torch = importlib.import_module("torch")
    with torch.inference_mode():
        found: np.ndarray = model(torch.from_numpy(ids).long()).logits.numpy()
    return found


def run(path: Path, ids: np.ndarray) -> np.ndarray:
    found: np.ndarray = onnxruntime.InferenceSession(path).run(None, {"ids": ids})[0]
    return found


@needs_torch
@pytest.mark.parametrize("family", SHAPES)
@pytest.mark.parametrize("length", [2, 17, 64])
def test_the_graph_says_what_the_model_says(tmp_path, family, length):
    model = model_of(family)
    ids = np.random.default_rng(length).integers(5, 200, (1, length)).astype(np.int32)
    served = run(exported(model, tmp_path / "model.onnx"), ids)
    assert np.abs(served - logits_of(model, ids)).max() < 1e-5


@needs_torch
@pytest.mark.parametrize("family", SHAPES)
def test_one_byte_weights_stay_close_and_take_less_room(tmp_path, family):
    model = model_of(family)
    whole = exported(model, tmp_path / "whole.onnx")
    quantise(whole, tmp_path / "small.onnx")
    ids = np.random.default_rng(1).integers(5, 200, (1, 40)).astype(np.int32)
    assert np.abs(run(tmp_path / "small.onnx", ids) - logits_of(model, ids)).max() < 0.05
    assert (tmp_path / "small.onnx").stat().st_size < 0.6 * whole.stat().st_size


def test_a_shape_without_a_graph_is_refused_with_those_that_have_one():
    with pytest.raises(ValueError, match=r"AlbertForSequenceClassification has no fused graph.*BertFor"):
        Shape.of("AlbertForSequenceClassification", {})


def test_another_activation_is_refused():
    with pytest.raises(ValueError, match="'relu' is not the exact GELU"):
        Shape.of("BertForSequenceClassification", {"hidden_act": "relu"})


def table(value: float) -> Any:
    return lambda texts: np.full((len(texts), 7), value, np.float32)


def test_a_comparison_tells_the_largest_and_the_mean_difference():
    found = compare(table(0.5), table(0.25), ["text"] * FEWEST)
    assert str(found) == "on 500 texts the largest difference is 0.2500 and the mean 0.2500"


def test_a_comparison_on_few_texts_is_none():
    with pytest.raises(ValueError, match="499 texts are too few"):
        compare(table(0.5), table(0.5), ["text"] * (FEWEST - 1))


@pytest.mark.parametrize("limit", [FP32, INT8])
@pytest.mark.parametrize(("largest", "mean"), [(0.4, 0.0), (0.0, 0.1), (float("nan"), float("nan"))])
def test_a_model_that_differs_too_much_is_refused(limit: Limit, largest: float, mean: float):
    with pytest.raises(DiffersTooMuch, match="Nothing was installed"):
        require(Difference(FEWEST, largest, mean), limit)


def test_a_model_within_the_limit_is_let_through():
    require(Difference(FEWEST, 0.1, 0.01), INT8)
