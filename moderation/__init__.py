"""A submission goes in, a decision with every finding comes out. Knows no platform, no database and no settings."""

from moderation.decision import LABELS, Decision, Finding, Outcome, Span, Submission
from moderation.language import language_of
from moderation.pipeline import Pipeline
from moderation.policy import Policy, PolicyError, house_rules
from moderation.ports import LanguageNotJudged, Scorer, ScorerUnavailable, Scores

__all__ = [
    "LABELS",
    "Decision",
    "Finding",
    "LanguageNotJudged",
    "Outcome",
    "Pipeline",
    "Policy",
    "PolicyError",
    "Scorer",
    "ScorerUnavailable",
    "Scores",
    "Span",
    "Submission",
    "house_rules",
    "language_of",
]
