"""The small model beside the built-in encoder: linear, numpy only, a tenth of a millisecond for a comment."""

import asyncio
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from moderation.decision import LABELS
from moderation.normalise import normalise
from moderation.ports import LanguageNotJudged, ScorerUnavailable, Scores
from moderation.scorers.features import extract
from moderation.scorers.linear import Linear
from moderation.sentences import sentences

MODEL = Path(__file__).parents[1] / "models" / "builtin-en.npz"

_WORDS = re.compile(r"\S+")
_WINDOW, _STEP = 12, 6  # words
_SENTENCE = 3  # words that make a sentence worth its own look
_HANDICAP = 2.0
"""Taken from the logits of a part, which lacks what the whole says: so the parts cost no accuracy on whole texts."""


@dataclass(frozen=True, slots=True)
class Builtin:
    """Scores a text as written, without its disguises, and in windows, and keeps the highest of each label."""

    linear: Linear
    bits: int
    languages: frozenset[str]
    name: str = "linear"

    @classmethod
    def load(cls, path: Path = MODEL) -> Self:
        """Reads a model file without unpickling anything. Raises ScorerUnavailable when it is none of ours."""
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                values = {key: file[key] for key in file.files}
            _check(values)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error) as problem:
            raise ScorerUnavailable(f"{path} is not a model of this version: {problem}. Train it again.") from problem
        floats = {key: values[key].astype(np.float32) for key in ("weights", "bias", "idf", "scale", "shift")}
        floats["weights"] *= values["step"].astype(np.float32)
        return cls(Linear(**floats), int(values["bits"]), frozenset(map(str, values["languages"])))

    async def score(self, text: str, language: str | None) -> Scores:
        if language not in self.languages:
            raise LanguageNotJudged(f"{self.name} was not trained on the language {language or 'of this text'}")
        scores = await asyncio.to_thread(self.probabilities, [text])
        return Scores(dict(zip(LABELS, scores[0].tolist(), strict=True)), language, self.name)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(texts, labels), calibrated."""
        return self.linear.probabilities(self.logits(texts))

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(texts, labels): for each label the highest over the views of a text."""
        views = [view for text in texts for view in _views(text)]
        every = self.linear.logits(extract([view.text for view in views], self.bits))
        every -= np.array([view.handicap for view in views], np.float32)[:, None]
        starts = np.flatnonzero([view.first for view in views])
        highest: NDArray[np.float32] = np.maximum.reduceat(every, starts)
        return highest


class _View(NamedTuple):
    """A text that is scored in place of another; `first` begins the views of the next one."""

    text: str
    handicap: float = 0.0
    first: bool = False


def _views(text: str) -> list[_View]:
    """The text itself, itself without disguises, and the parts of that: an insult must show between much else."""
    plain = normalise(text, 1).text
    disguised = [] if plain == text.lower() else [_View(plain)]
    return [_View(text, first=True), *disguised, *(_View(part, _HANDICAP) for part in _parts(plain))]


def _parts(text: str) -> list[str]:
    """Its sentences when there are several, and overlapping windows when it is long."""
    words = [match.span() for match in _WORDS.finditer(text)]
    starts = range(0, len(words) - _WINDOW + _STEP, _STEP) if len(words) > _WINDOW else ()
    windows = [text[words[start][0] : words[min(start + _WINDOW, len(words)) - 1][1]] for start in starts]
    found = [text[span.begin : span.end] for span in sentences(text)]
    return windows + [part for part in found if part != text and len(part.split()) >= _SENTENCE]


def _check(values: dict[str, NDArray[np.generic]]) -> None:
    """Raises KeyError or ValueError for a missing array, other labels or wrong shapes."""
    buckets = 1 << int(values["bits"])
    shapes = {"weights": (buckets, len(LABELS)), "idf": (buckets,)} | dict.fromkeys(
        ("bias", "step", "scale", "shift"), (len(LABELS),)
    )
    wrong = [key for key, shape in shapes.items() if values[key].shape != shape]
    if wrong or tuple(map(str, values["labels"])) != LABELS:
        raise ValueError(f"wrong {', '.join(wrong) or 'labels'}")
