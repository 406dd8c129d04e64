"""A tiny encoder of random weights, made without torch."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from moderation import LABELS
from moderation.onnx.export import card, write
from moderation.onnx.graph import build
from moderation.onnx.shape import Head, Shape

WORDS = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "you",
    "are",
    "an",
    "idiot",
    "good",
    "article",
    "thank",
    ".",
    "the",
    "this",
)
HIDDEN, LAYERS, POSITIONS = 16, 2, 64
Weights = dict[str, NDArray[np.float32]]


def tiny_weights() -> Weights:
    draw = np.random.default_rng(5)
    tables = {"word": len(WORDS), "position": POSITIONS, "token_type": 2}
    shapes: dict[str, tuple[int, ...]] = {
        f"body.embeddings.{name}_embeddings.weight": (rows, HIDDEN) for name, rows in tables.items()
    }
    shapes |= {"head.weight": (len(LABELS), HIDDEN), "head.bias": (len(LABELS),)}
    norms = ["body.embeddings.LayerNorm"]
    for layer in range(LAYERS):
        at = f"body.encoder.layer.{layer}"
        norms += [f"{at}.attention.output.LayerNorm", f"{at}.output.LayerNorm"]
        square = [f"{at}.attention.self.{part}" for part in ("query", "key", "value")] + [
            f"{at}.attention.output.dense"
        ]
        shapes |= {f"{name}.weight": (HIDDEN, HIDDEN) for name in square} | {f"{n}.bias": (HIDDEN,) for n in square}
        shapes |= {f"{at}.intermediate.dense.weight": (32, HIDDEN), f"{at}.intermediate.dense.bias": (32,)}
        shapes |= {f"{at}.output.dense.weight": (HIDDEN, 32), f"{at}.output.dense.bias": (HIDDEN,)}
    found = {name: draw.normal(scale=0.5, size=shape).astype(np.float32) for name, shape in shapes.items()}
    for name in norms:
        found |= {f"{name}.weight": np.ones(HIDDEN, np.float32), f"{name}.bias": np.zeros(HIDDEN, np.float32)}
    return found


def tiny_tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece({word: index for index, word in enumerate(WORDS)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return made


@pytest.fixture
def tiny(tmp_path: Path) -> Callable[..., Path]:
    """Writes the encoder as it is served, with changes to what it says of itself."""

    def make(*, fp32: bool = False, **changed: object) -> Path:
        said = {
            "name": "tiny",
            "languages": ["en"],
            "labels": LABELS,
            "scale": [1.0] * len(LABELS),
            "shift": [0.0] * len(LABELS),
            "window": (12, 4),
            "is_prepared": True,
        }
        graph = build(Shape(Head.MEAN, "body.", HIDDEN, 4, LAYERS, 1e-12), tiny_weights(), card(**(said | changed)))
        folder = tmp_path / "tiny"
        folder.mkdir(exist_ok=True)
        write(graph, folder, fp32=fp32)
        tiny_tokenizer().save(str(folder / "tokenizer.json"))
        return folder

    return make
