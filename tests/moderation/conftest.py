from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from moderation import LABELS, Decision, Pipeline, Policy, Scorer, Scores, Submission, house_rules
from moderation.reading import Reading

HARMLESS = dict.fromkeys(LABELS, 0.01)


@dataclass
class FixedScorer:
    """Gives every text the same scores."""

    values: Mapping[str, float] = field(default_factory=lambda: HARMLESS)
    languages: frozenset[str] = frozenset({"en"})
    name: str = "fixed"

    async def score(self, text: str, language: str | None) -> Scores:
        return Scores(self.values, language, self.name)


@pytest.fixture
def fixed() -> type[FixedScorer]:
    return FixedScorer


@pytest.fixture
def submission() -> Callable[..., Submission]:
    def make(text: str, *, recent: tuple[str, ...] = (), kind: str = "text") -> Submission:
        return Submission("c1", text, "reader-1", "story-1", datetime(2026, 11, 1, tzinfo=UTC), recent, kind)

    return make


@pytest.fixture
def read(submission: Callable[..., Submission]) -> Callable[..., Reading]:
    """A text as a phase sees it, harmlessly scored unless told."""

    def make(text: str, *, scores: Mapping[str, float] = HARMLESS, **more: object) -> Reading:
        return Reading(submission(text, **more), Scores(scores, "en", "fixed"))

    return make


@pytest.fixture
def judge(submission: Callable[..., Submission]) -> Callable[..., object]:
    """The whole pipeline over one text."""

    async def run(text: str, *, scorer: Scorer | None = None, policy: Policy | None = None, **more: object) -> Decision:
        asked = scorer or FixedScorer()
        rules = house_rules(policy or Policy(), asked)
        return await Pipeline(rules, asked, time_limit=0.2).judge(submission(text, **more))

    return run
