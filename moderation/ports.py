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


class StoreAway(Exception):
    """What is kept outside of the process cannot be asked now; the message says what and how to mend it."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the owner of a key may still ask: `remaining` of `limit` questions for the next `seconds`."""

    owner: str
    limit: int
    remaining: int
    seconds: int
    granted: bool


class Keys(Protocol):
    """Who may ask the service, and how much."""

    async def take(self, key: str, questions: int) -> Allowance | None:
        """Counts that many questions when they are still allowed. None for a key that nobody has. Raises StoreAway."""
        ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a moderator thinks of a text: 0..1 by label. `token` and `community` are the sender's own words."""

    text: str
    values: Mapping[str, float]
    languages: tuple[str, ...] = ()
    token: str = ""
    community: str = ""


class Labels(Protocol):
    """Judgements of people, kept for later learning."""

    async def keep(self, suggestion: Suggestion) -> None:
        """The same suggestion counts once, however often it is sent. Raises StoreAway."""
        ...


class History(Protocol):
    """What authors said lately, for a site that does not tell."""

    async def exchange(self, author: str, text: str) -> tuple[str, ...]:
        """The author's recent texts, oldest first; this one is remembered for the next time. Raises StoreAway."""
        ...
