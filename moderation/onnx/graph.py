"""The fused graph of an encoder, straight from its weights.

Exported by torch, the graph of a recent transformers model keeps its attention in pieces that onnxruntime cannot put
together again; built here, each layer is one Attention, two SkipLayerNormalization and one BiasGelu. Their definitions:
https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

from moderation.onnx.shape import Head, Shape

Weights = Mapping[str, NDArray[np.float32]]
_CONTRIB = "com.microsoft"
_OPSET, _IR = 17, 9


def build(shape: Shape, weights: Weights, metadata: Mapping[str, str]) -> ModelProto:
    """`ids` (1, tokens) int32, without padding -> `logits` (1, outputs). Raises KeyError for a missing weight."""
    builder = _Builder(shape, weights)
    builder.embed()
    for layer in range(shape.layers):
        builder.layer(layer)
    builder.head()
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)]
    model = helper.make_model(builder.graph(), opset_imports=opsets, ir_version=_IR, producer_name="newsdesk")
    helper.set_model_props(model, dict(metadata))
    return model


class _Builder:
    """Nodes and constants as they are added; `_now` names the tensor that the next part reads."""

    def __init__(self, shape: Shape, weights: Weights) -> None:
        self._shape = shape
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        self._now = "ids"

    def embed(self) -> None:
        """Every text is of one segment, so that segment's vector is added to the positions beforehand."""
        words, positions, segments = (self._body(f"embeddings.{name}_embeddings.weight") for name in _TABLES)
        inputs = (
            self._now,
            "",
            self._constant("words", words),
            self._constant("positions", positions[self._shape.first :] + segments[0]),
            "",
            *self._norm("embeddings.LayerNorm"),
        )
        self._add(
            "EmbedLayerNormalization", inputs, "embedded", outputs=("embedded", "lengths"), epsilon=self._shape.epsilon
        )

    def layer(self, index: int) -> None:
        name, before = f"encoder.layer.{index}", self._now
        attended = f"{name}.attention"
        self._add(
            "Attention", (before, *self._joined(f"{attended}.self")), f"{attended}.out", num_heads=self._shape.heads
        )
        self._skip(before, f"{attended}.output")
        middle = self._now
        self._multiply(f"{name}.intermediate.dense")
        bias = self._constant(f"{name}.intermediate.bias", self._body(f"{name}.intermediate.dense.bias"))
        self._add("BiasGelu", (self._now, bias), f"{name}.gelu")
        self._skip(middle, f"{name}.output")

    def head(self) -> None:
        if self._shape.head is Head.MEAN:
            self._add("ReduceMean", (self._now,), "mean", domain="", axes=[1], keepdims=0)
            self._dense("head", "logits")
            return
        first = self._constant("first", np.array(0, np.int64))
        self._add("Gather", (self._now, first), "first_token", domain="", axis=1)
        dense, out = _HEADS[self._shape.head]
        self._dense(dense.format(prefix=self._shape.prefix), "pooled")
        self._add("Tanh", (self._now,), "squashed", domain="")
        self._dense(out, "logits")

    def graph(self) -> GraphProto:
        ids = helper.make_tensor_value_info("ids", TensorProto.INT32, [1, "tokens"])
        logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, None])
        return helper.make_graph(self._nodes, "encoder", [ids], [logits], initializer=self._constants)

    def _body(self, name: str) -> NDArray[np.float32]:
        return self._weights[self._shape.prefix + name]

    def _norm(self, name: str) -> tuple[str, str]:
        gamma, beta = (self._constant(f"{name}.{part}", self._body(f"{name}.{part}")) for part in ("weight", "bias"))
        return gamma, beta

    def _joined(self, name: str) -> tuple[str, str]:
        """Query, key and value side by side: (hidden, 3 * hidden) and (3 * hidden,)."""
        parts = ("query", "key", "value")
        weight = np.concatenate([self._body(f"{name}.{part}.weight").T for part in parts], axis=1)
        bias = np.concatenate([self._body(f"{name}.{part}.bias") for part in parts])
        return self._constant(f"{name}.weight", weight), self._constant(f"{name}.bias", bias)

    def _skip(self, before: str, name: str) -> None:
        """The dense layer `name`, added to what went in before it, and normalised."""
        self._multiply(f"{name}.dense")
        bias = self._constant(f"{name}.bias", self._body(f"{name}.dense.bias"))
        inputs = (self._now, before, *self._norm(f"{name}.LayerNorm"), bias)
        self._add("SkipLayerNormalization", inputs, f"{name}.out", epsilon=self._shape.epsilon)

    def _multiply(self, name: str) -> None:
        weight = self._constant(f"{name}.weight", self._body(f"{name}.weight").T)
        self._add("MatMul", (self._now, weight), f"{name}.product", domain="")

    def _dense(self, name: str, output: str) -> None:
        weight, bias = (self._constant(f"{name}.{part}", self._weights[f"{name}.{part}"]) for part in _DENSE)
        self._add("Gemm", (self._now, weight, bias), output, domain="", transB=1)

    def _constant(self, name: str, value: NDArray[np.generic]) -> str:
        self._constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def _add(
        self,
        kind: str,
        inputs: tuple[str, ...],
        output: str,
        *,
        outputs: tuple[str, ...] = (),
        domain: str = _CONTRIB,
        **attributes: Any,
    ) -> None:
        node = helper.make_node(kind, inputs, outputs or (output,), name=output, domain=domain, **attributes)
        self._nodes.append(node)
        self._now = output


_TABLES = ("word", "position", "token_type")
_DENSE = ("weight", "bias")
_HEADS = {
    Head.BERT: ("{prefix}pooler.dense", "classifier"),
    Head.ROBERTA: ("classifier.dense", "classifier.out_proj"),
}
