"""Weights as one byte each, with a scale for every output channel."""

import logging
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

_OPERATORS = ["MatMul", "Attention", "EmbedLayerNormalization"]


def quantise(source: Path, target: Path) -> None:
    """Writes an int8 copy of a graph made by `moderation.onnx.graph`.

    One scale for a whole weight, not one a channel, would double the error.
    """
    quiet = logging.getLogger()
    level = quiet.level
    quiet.setLevel(logging.ERROR)  # it recommends a preparation that a graph without shapes cannot take
    try:
        quantize_dynamic(
            source,
            target,
            op_types_to_quantize=_OPERATORS,
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    finally:
        quiet.setLevel(level)
