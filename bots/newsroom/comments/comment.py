from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bots.newsroom.messages import Destination
from bots.newsroom.readers import Reader
from moderation import Decision

MAX_LENGTH = 1500
"""Characters; leaves room for the name line in the smallest message of both platforms (Discord: 2,000)."""


class CommentState(StrEnum):
    SUBMITTED = "submitted"
    HELD = "held"
    PUBLISHED = "published"
    REJECTED = "rejected"
    REMOVED = "removed"
    """Taken down by a moderator after it was published."""
    WITHDRAWN = "withdrawn"
    """Taken back by its author."""


@dataclass(frozen=True, slots=True)
class CommentDraft:
    """What a reader sent in.

    `kind`: "text", or what else it is (photo, sticker, voice, forward); then `text` may be empty.

    `answer`: where the author hears what became of it. `direct`: it was typed straight into the thread on the author's
    platform and is visible there until judged otherwise.
    """

    story_id: str
    author: Reader
    text: str
    kind: str = "text"
    reply_to: str = ""
    answer: Destination | None = None
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    id: str
    story_id: str
    author: Reader
    text: str
    kind: str
    reply_to: str
    answer: Destination | None
    direct: bool
    state: CommentState
    version: int
    submitted_at: datetime
    decision: Decision | None = None
    """What the machine found; None until it was reviewed."""
    decided_by: str = ""
    """The moderator's name, or empty when no person decided."""
    edition: int = 1
    """Grows when the author edits a directly typed comment; each edition is reviewed again."""


def comment_ref(comment_id: str, platform: str) -> str:
    """The name of the comment's post in the story's thread."""
    return f"comment:{comment_id}:{platform}"


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """How many of an author's comments ended how."""

    published: int = 0
    rejected: int = 0
    removed: int = 0
    held: int = 0
