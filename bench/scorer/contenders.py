"""Every scorer behind the same two questions: one text, and a list of texts. Each is made ready in its own process."""

import asyncio
import importlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from moderation.onnx.export import card, write
from moderation.onnx.graph import build
from moderation.onnx.shape import Shape
from moderation.scorers import ENCODER, Builtin
from moderation.scorers.detoxify import OVERLAP, WINDOW
from moderation.scorers.onnx import OnnxScorer

EAGER = "detoxify eager, BERT-base shape"
_LABELS = ("toxicity", "severe_toxicity", "obscene", "threat", "insult", "identity_attack")
_MODEL = "BertForSequenceClassification"


class Contender(Protocol):
    def one(self, text: str) -> None: ...

    def many(self, texts: Sequence[str]) -> None: ...


class Served:
    """A list is asked all at once, as the service asks it: the scorer spreads it over its threads."""

    def __init__(self, scorer: OnnxScorer) -> None:
        self._scorer = scorer

    def one(self, text: str) -> None:
        self._scorer.probabilities([text])

    def many(self, texts: Sequence[str]) -> None:
        async def ask() -> None:
            await asyncio.gather(*(self._scorer.score(text, "en") for text in texts))

        asyncio.run(ask())


class Linear:
    def __init__(self) -> None:
        self._model = Builtin.load()

    def one(self, text: str) -> None:
        self._model.probabilities([text])

    def many(self, texts: Sequence[str]) -> None:
        self._model.probabilities(texts)


class Eager:
    """Detoxify's own predict, which pads a list to its longest text."""

    def __init__(self, folder: Path) -> None:
        model, tokenizer = _random_bert(folder)
        self._detoxify = importlib.import_module("detoxify").Detoxify.__new__(
            importlib.import_module("detoxify").Detoxify
        )
        self._detoxify.model, self._detoxify.tokenizer = model, tokenizer
        self._detoxify.class_names, self._detoxify.device = list(_LABELS), "cpu"

    def one(self, text: str) -> None:
        self._detoxify.predict(text)

    def many(self, texts: Sequence[str]) -> None:
        self._detoxify.predict(list(texts))


def prepare(folder: Path) -> None:
    """Writes the random BERT-base, which is slow to draw, and its exports."""
    torch, transformers = importlib.import_module("torch"), importlib.import_module("transformers")
    torch.manual_seed(1)
    model = transformers.BertForSequenceClassification(transformers.BertConfig(num_labels=len(_LABELS)))
    model.save_pretrained(folder)
    weights = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    said = card(
        name="bench",
        languages=["en"],
        labels=_LABELS,
        scale=[1.0] * len(_LABELS),
        shift=[0.0] * len(_LABELS),
        window=(WINDOW, OVERLAP),
        is_prepared=False,
    )
    tokenizer = (ENCODER / "tokenizer.json").read_bytes()  # of bert-base-uncased, whose vocabulary the model has too
    for kind in ("fp32", "int8"):
        (folder / kind).mkdir()
        (folder / kind / "tokenizer.json").write_bytes(tokenizer)
        write(build(Shape.of(_MODEL, model.config.to_dict()), weights, said), folder / kind, fp32=kind == "fp32")


def _random_bert(folder: Path) -> tuple[Any, Any]:
    transformers = importlib.import_module("transformers")
    model = transformers.BertForSequenceClassification.from_pretrained(folder).eval()
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(ENCODER / "tokenizer.json"),
        model_max_length=WINDOW,
        pad_token="[PAD]",  # noqa: S106 - a mark, no secret
    )
    return model, fast


CONTENDERS: dict[str, Callable[[Path], Contender]] = {
    EAGER: Eager,
    "onnx fp32, BERT-base shape": lambda folder: _served(folder / "fp32"),
    "onnx int8, BERT-base shape": lambda folder: _served(folder / "int8"),
    "built-in": lambda _: _served(ENCODER),
    "linear": lambda _: Linear(),
}


def _served(folder: Path) -> Served:
    return Served(OnnxScorer(folder, threads=os.cpu_count() or 1))
