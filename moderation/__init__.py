"""A submission goes in, a decision with every finding comes out. Knows no platform, no database and no settings."""

from moderation.decision import LABELS, Decision, Finding, Outcome, Span, Submission
from moderation.language import language_of
from moderation.pipeline import Pipeline
from moderation.policy import Policy, PolicyError, house_rules
from moderation.ports import (
    Allowance,
    History,
    Keys,
    Labels,
    LanguageNotJudged,
    Scorer,
    ScorerUnavailable,
    Scores,
    StoreAway,
    Suggestion,
)

__all__ = [
    "LABELS",
    "Allowance",
    "Decision",
    "Finding",
    "History",
    "Keys",
    "Labels",
    "LanguageNotJudged",
    "Outcome",
    "Pipeline",
    "Policy",
    "PolicyError",
    "Scorer",
    "ScorerUnavailable",
    "Scores",
    "Span",
    "StoreAway",
    "Submission",
    "Suggestion",
    "house_rules",
    "language_of",
]
