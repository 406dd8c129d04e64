"""A submission as the phases read it: the text, its second view, its language and its scores."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from moderation.decision import Finding, Submission
from moderation.language import identify
from moderation.normalise import normalise
from moderation.ports import Scores
from moderation.view import View, plain


class NoScore(Exception):
    """Nobody scored the text; the message says why."""


@dataclass
class Reading:
    """`scored` is what the scorer answered, or why it did not; the pipeline sets it before any phase looks."""

    submission: Submission
    scored: Scores | NoScore = field(default_factory=lambda: NoScore("nobody has asked for one"))

    @property
    def text(self) -> str:
        return self.submission.text

    @property
    def scores(self) -> Scores:
        """Raises NoScore when there are none; the pipeline alone answers that."""
        if isinstance(self.scored, NoScore):
            raise self.scored
        return self.scored

    @cached_property
    def normalised(self) -> View:
        return normalise(self.text)

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The text as written, and with its disguises undone in two ways."""
        return plain(self.text), self.normalised, normalise(self.text, 1)

    @cached_property
    def language(self) -> str | None:
        """ISO 639-1 code, or None when nobody can tell."""
        return identify(self.normalised)


class Phase(Protocol):
    """One house rule: it always answers, also when it finds nothing."""

    @property
    def name(self) -> str: ...

    def judge(self, reading: Reading) -> Finding: ...
