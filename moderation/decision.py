"""What goes into moderation and what comes out: plain frozen values, with no library behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

LABELS = (
    "toxicity",
    "severe_toxicity",
    "obscene",
    "threat",
    "insult",
    "identity_attack",
    "sexual_explicit",
)
"""The seven labels every scorer speaks, always in this order."""


class Outcome(StrEnum):
    """What should happen to a comment, from the mildest to the strictest."""

    APPROVE = "approve"
    HOLD = "hold"
    REJECT = "reject"

    @property
    def severity(self) -> int:
        """0 for APPROVE, 1 for HOLD, 2 for REJECT."""
        return tuple(Outcome).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the original text in code points; `end` is exclusive."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Submission:
    """A comment as a reader sent it.

    `author` is an opaque key, `recent` the author's earlier texts in the order they were submitted, and `kind` says
    "text" or what came instead ("photo", "sticker", "voice", "forward", ...): such a comment has nothing to judge.
    """

    id: str
    text: str
    author: str
    story_id: str
    submitted_at: datetime
    recent: tuple[str, ...] = ()
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Finding:
    """One phase's answer. `detail` is a sentence for a moderator; `spans` point into the original text."""

    phase: str
    outcome: Outcome
    detail: str
    spans: tuple[Span, ...] = ()

    def to_json(self) -> dict[str, Any]:
        spans = [[span.begin, span.end] for span in self.spans]
        return {"phase": self.phase, "outcome": self.outcome.value, "detail": self.detail, "spans": spans}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        spans = tuple(Span(begin, end) for begin, end in values["spans"])
        return cls(values["phase"], Outcome(values["outcome"]), values["detail"], spans)


@dataclass(frozen=True, slots=True)
class Decision:
    """The strictest outcome, every phase's finding, and the scores behind them (0..1, empty when there is no score)."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    scores: Mapping[str, float] = field(default_factory=dict)
    scorer: str | None = None
    language: str | None = None

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """The findings that speak against publishing."""
        return tuple(finding for finding in self.findings if finding.outcome is not Outcome.APPROVE)

    def to_json(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome.value,
            "findings": [finding.to_json() for finding in self.findings],
            "scores": dict(self.scores),
            "scorer": self.scorer,
            "language": self.language,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        findings = tuple(Finding.from_json(finding) for finding in values["findings"])
        return cls(Outcome(values["outcome"]), findings, dict(values["scores"]), values["scorer"], values["language"])
