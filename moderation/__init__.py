"""A submission goes in, a decision with every finding comes out. Knows no platform, no database and no settings."""

from moderation.decision import LABELS, Decision, Finding, Outcome, Span, Submission
from moderation.ports import LanguageNotJudged, Scorer, Scores, ScorerUnavailable

__all__ = [
    "LABELS",
    "Decision",
    "Finding",
    "LanguageNotJudged",
    "Outcome",
    "Scorer",
    "ScorerUnavailable",
    "Scores",
    "Span",
    "Submission",
]
