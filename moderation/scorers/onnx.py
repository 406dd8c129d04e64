"""An encoder served by onnxruntime: the built-in one, or Detoxify's weights after `newsdesk models export`.

One text a run on as many threads as there are cores, one thread inside each run: nothing is padded, and with dynamic
int8 a text's score would otherwise depend on what else is in its batch.
"""

import asyncio
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from moderation.decision import LABELS
from moderation.ports import LanguageNotJudged, ScorerUnavailable, Scores
from moderation.scorers.linear import sigmoid
from moderation.scorers.onnx_cache import Recent
from moderation.scorers.onnx_session import Encoder
from moderation.scorers.onnx_text import prepare

Floats = NDArray[np.float32]
_WAITING = 512
"""Texts in hand or waiting above which a further one is refused: several seconds of work for two cores."""
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Card:
    """What the file says of itself, in its metadata.

    `labels` name the logits in their order and `scale` and `shift` calibrate them; outputs beyond them are dropped.
    `is_prepared` says that the encoder learnt from texts without disguises, so it reads them so.
    """

    name: str
    languages: frozenset[str]
    labels: tuple[str, ...]
    scale: Floats
    shift: Floats
    window: int
    overlap: int
    is_prepared: bool

    @classmethod
    def read(cls, values: dict[str, str]) -> Self:
        """Raises KeyError or ValueError for what is no card of ours."""
        card = json.loads(values["newsdesk"])
        labels = tuple(map(str, card["labels"]))
        if "toxicity" not in labels or not set(labels) <= set(LABELS):
            raise ValueError(f"wrong labels {', '.join(labels)}")
        scale, shift = (np.array(card[key], np.float32) for key in ("scale", "shift"))
        if scale.shape != (len(labels),) or shift.shape != scale.shape:
            raise ValueError("a calibration of another shape")
        sizes = int(card["window"]), int(card["overlap"])
        return cls(
            str(card["name"]), frozenset(card["languages"]), labels, scale, shift, *sizes, bool(card["is_prepared"])
        )


class OnnxScorer:
    """`FOLDER/model.onnx` with its `tokenizer.json`. A long text is read in overlapping windows; the highest counts.

    Raises ScorerUnavailable when the files are missing or are none of ours.
    """

    def __init__(self, folder: Path, *, threads: int, waiting: int = _WAITING) -> None:
        try:
            self._encoder = Encoder(folder)
            self.card = Card.read(self._encoder.metadata)
        except (KeyError, ValueError, TypeError) as problem:
            raise ScorerUnavailable(
                f"{folder} holds no model of this version: {problem}. Export it again."
            ) from problem
        self._encoder.read_in_windows(self.card.window, self.card.overlap)
        self.name, self.languages = self.card.name, self.card.languages
        self._workers = ThreadPoolExecutor(threads, thread_name_prefix="onnx")
        self._recent = Recent(_REMEMBERED)
        self._waiting, self._most = 0, waiting
        self.probabilities(["Warm."])  # the first run allocates what later ones use again

    async def score(self, text: str, language: str | None) -> Scores:
        if language not in self.languages:
            raise LanguageNotJudged(f"{self.name} was not trained on the language {language or 'of this text'}")
        values = await self._remembered(self._readable(text))
        return Scores(dict(zip(self.card.labels, values, strict=True)), language, self.name)

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """(texts, labels of the card), calibrated; in this thread."""
        return np.array([self._calibrated(self._readable(text)) for text in texts], np.float32)

    def logits(self, texts: Sequence[str]) -> Floats:
        """(texts, labels of the card) before calibration; in this thread."""
        return np.stack([self._highest(self._readable(text)) for text in texts])

    async def _remembered(self, text: str) -> list[float]:
        known = self._recent.get(text)
        if known is None:
            known = await self._worked_out(text)
            self._recent.put(text, known)
        return known

    async def _worked_out(self, text: str) -> list[float]:
        if self._waiting >= self._most:
            raise ScorerUnavailable(f"{self.name} has {self._waiting} texts waiting and takes no more; try again soon")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._workers, self._calibrated, text)
        finally:
            self._waiting -= 1

    def _readable(self, text: str) -> str:
        """What the encoder reads; half a surrogate pair is no character, and the tokenizer refuses it."""
        return prepare(text) if self.card.is_prepared else text.encode("utf-8", "replace").decode("utf-8")

    def _calibrated(self, text: str) -> list[float]:
        probabilities: list[float] = sigmoid(self.card.scale * self._highest(text) + self.card.shift).tolist()
        return probabilities

    def _highest(self, text: str) -> Floats:
        windows = np.stack([self._encoder.logits(ids) for ids in self._encoder.windows(text)])
        highest: Floats = windows[:, : len(self.card.labels)].max(axis=0)
        return highest
