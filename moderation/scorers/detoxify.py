"""Detoxify's own models through its own library, from files on this machine.

The library's loader unpickles the checkpoint and asks the Hugging Face hub for a configuration; this one reads tensors
only, takes configuration and tokenizer from the model's folder, and never goes to the network.
"""

import asyncio
import importlib
import importlib.util
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from moderation.decision import LABELS
from moderation.ports import LanguageNotJudged, ScorerUnavailable, Scores

_RENAMED = {"toxic": "toxicity", "severe_toxic": "severe_toxicity", "identity_hate": "identity_attack"}
_LANGUAGES = {
    "BertForSequenceClassification": frozenset({"en"}),
    "AlbertForSequenceClassification": frozenset({"en"}),
    "RobertaForSequenceClassification": frozenset({"en"}),
    "XLMRobertaForSequenceClassification": frozenset({"en", "fr", "es", "it", "pt", "tr", "ru"}),
}
"""The architectures of Detoxify's five models and the languages each was trained on (its README)."""
_TOKENIZERS = frozenset({"BertTokenizer", "AlbertTokenizer", "RobertaTokenizer", "XLMRobertaTokenizer"})
WINDOW, OVERLAP = 512, 128  # tokens: what the models take at once, and what neighbouring windows share


def is_installed(folder: Path) -> bool:
    """Whether the library, torch and a checkpoint in the folder are there; imports none of them."""
    has_libraries = all(importlib.util.find_spec(name) for name in ("torch", "detoxify"))
    return has_libraries and any(folder.glob("*.ckpt"))


class DetoxifyScorer:
    """A checkpoint (`*.ckpt`) of Detoxify with config.json and its tokenizer's files beside it.

    A long text is read in overlapping windows of 512 tokens, of which the highest score of each label counts.
    Raises ScorerUnavailable when something is missing or does not fit.
    """

    def __init__(self, folder: Path) -> None:
        checkpoint = _read(_only_checkpoint(folder))
        arguments = _arguments(checkpoint)
        self.name = f"detoxify:{folder.name}"
        self.languages = _LANGUAGES[arguments["model_name"]]
        self.labels = _labels(checkpoint)
        self.model, self.tokenizer = _build(folder, arguments, checkpoint["state_dict"])
        self._one_at_a_time = threading.Lock()  # the tokenizer keeps its truncation settings between calls

    async def score(self, text: str, language: str | None) -> Scores:
        if language not in self.languages:
            raise LanguageNotJudged(f"{self.name} was not trained on the language {language or 'of this text'}")
        return Scores(await asyncio.to_thread(self.probabilities, text), language, self.name)

    def probabilities(self, text: str) -> dict[str, float]:
        """The highest of each label over the windows of one text."""
        torch = _torch()
        readable = text.encode("utf-8", "replace").decode("utf-8")
        with self._one_at_a_time, torch.inference_mode():
            windows = self._windows(readable)
            logits = [self.model(**window).logits[0] for window in windows]
        highest = torch.stack(logits).sigmoid().amax(dim=0).tolist()
        return dict(zip(self.labels, highest, strict=False))  # further outputs are identity mentions, not labels

    def _windows(self, text: str) -> list[dict[str, Any]]:
        torch = _torch()
        encoded = self.tokenizer(
            text, truncation=True, max_length=WINDOW, stride=OVERLAP, return_overflowing_tokens=True
        )
        return [
            {"input_ids": torch.tensor([ids]), "attention_mask": torch.tensor([mask])}
            for ids, mask in zip(encoded["input_ids"], encoded["attention_mask"], strict=True)
        ]


def _torch() -> Any:
    """Imported when it is needed: half a gigabyte that no other scorer uses."""
    try:
        return importlib.import_module("torch")
    except ImportError as problem:
        raise ScorerUnavailable('Detoxify needs torch; install it with pip install "newsdesk[detoxify]".') from problem


def _only_checkpoint(folder: Path) -> Path:
    found = sorted(folder.glob("*.ckpt"))
    if len(found) != 1:
        raise ScorerUnavailable(
            f"{folder} holds {len(found)} checkpoints (*.ckpt) and should hold one. Put one of Detoxify's release "
            "files there with config.json and the tokenizer's files of its base model."
        )
    return found[0]


def _read(path: Path) -> Mapping[str, Any]:
    torch = _torch()
    try:
        checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as problem:
        raise ScorerUnavailable(
            f"{path} cannot be read as tensors alone ({type(problem).__name__}). Take the file from Detoxify's "
            "releases; a file that needs unpickling is never loaded."
        ) from problem
    if not isinstance(checkpoint, dict) or not {"config", "state_dict"} <= checkpoint.keys():
        raise ScorerUnavailable(f"{path} is no Detoxify checkpoint: it lacks config or state_dict.")
    return checkpoint


def _arguments(checkpoint: Mapping[str, Any]) -> dict[str, Any]:
    try:
        arguments = dict(checkpoint["config"]["arch"]["args"])
        fits = arguments["model_name"] in _LANGUAGES and arguments["tokenizer_name"].removesuffix("Fast") in _TOKENIZERS
    except (KeyError, TypeError, AttributeError) as problem:
        raise ScorerUnavailable(f"The checkpoint's configuration lacks {problem}.") from problem
    if not fits:
        raise ScorerUnavailable(f"The checkpoint asks for {arguments['model_name']}, which is not one of Detoxify's.")
    return arguments


def _labels(checkpoint: Mapping[str, Any]) -> tuple[str, ...]:
    """By name and never by position: the models order them differently."""
    classes = checkpoint["config"]["dataset"]["args"]["classes"]
    labels = tuple(_RENAMED.get(name, name) for name in classes)
    if "toxicity" not in labels or not set(labels) <= set(LABELS):
        raise ScorerUnavailable(f"The checkpoint's labels are {', '.join(map(str, labels))}, which are not Detoxify's.")
    return labels


def _build(folder: Path, arguments: dict[str, Any], weights: Mapping[str, Any]) -> tuple[Any, Any]:
    library = importlib.import_module("detoxify.detoxify")
    try:
        local = arguments | {"model_type": str(folder)}
        model, tokenizer = library.get_model_and_tokenizer(**local, state_dict=weights)
    except Exception as problem:
        raise ScorerUnavailable(
            f"Detoxify cannot build its model from {folder}: {problem}. It needs config.json and the tokenizer's files."
        ) from problem
    absent = [name for name in model.state_dict() if name not in weights and not name.endswith("position_ids")]
    if absent:  # the library would fill them with random numbers and say nothing
        raise ScorerUnavailable(f"The checkpoint lacks {len(absent)} of the model's weights, such as {absent[0]}.")
    model.eval()
    return model, tokenizer
