"""Trained weights between fitting and serving, as tensors alone."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from moderation.onnx.shape import Head, Shape

_NEEDED = (
    "hidden_size",
    "intermediate_size",
    "num_attention_heads",
    "num_hidden_layers",
    "vocab_size",
    "max_position_embeddings",
    "type_vocab_size",
    "layer_norm_eps",
    "hidden_act",
    "pad_token_id",
)


def configuration(base: Path) -> dict[str, Any]:
    """What of the base encoder's config.json makes its shape. Raises OSError or KeyError."""
    values = json.loads((base / "config.json").read_text(encoding="utf-8"))
    return {name: values[name] for name in _NEEDED}


def shape(config: Mapping[str, Any]) -> Shape:
    return Shape(
        Head.MEAN,
        "body.",
        int(config["hidden_size"]),
        int(config["num_attention_heads"]),
        int(config["num_hidden_layers"]),
        float(config["layer_norm_eps"]),
    )


def read_weights(path: Path) -> dict[str, NDArray[np.float32]]:
    """By name, as `fit_to` wrote them."""
    found: dict[str, NDArray[np.float32]] = load_file(path)
    return found
