from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bots.newsroom.alerts.article import Article


class Importance(StrEnum):
    BREAKING = "breaking"
    MAJOR = "major"
    MINOR = "minor"


class AlertState(StrEnum):
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class AlertDraft:
    """What an editor decided to send, before it has a number."""

    article: Article
    importance: Importance = Importance.MAJOR
    topic: str = "general"
    poll_id: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert about one story. `version` grows with each change of state or text."""

    id: str
    story_id: str
    article: Article
    importance: Importance
    topic: str
    poll_id: str
    state: AlertState
    version: int
    created_at: datetime
    publish_at: datetime
    reason: str = ""
    """Why it was retracted or cancelled, in the editor's words."""
