"""What moderation asks of others, in its own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class ScorerUnavailable(Exception):
    """The scorer gave no usable answer; the message says what happened and what to do."""


class LanguageNotJudged(Exception):
    """The scorer was not trained on this language, or nobody could tell which one it is."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities 0..1 by label (see `moderation.LABELS`), the language judged in, and the scorer's name."""

    values: Mapping[str, float]
    language: str | None
    scorer: str


class Scorer(Protocol):
    """Says how likely a text is toxic.

    `languages` are ISO 639-1 codes; empty when only asking tells, as for a scorer behind HTTP.
    """

    @property
    def name(self) -> str: ...

    @property
    def languages(self) -> frozenset[str]: ...

    async def score(self, text: str, language: str | None) -> Scores:
        """Raises ScorerUnavailable when there is no answer, LanguageNotJudged when it cannot judge the language."""
        ...
