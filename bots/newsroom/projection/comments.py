"""Which posts a comment wants on one platform."""

from datetime import timedelta

from bots.newsroom.comments.comment import AuthorRecord, Comment, CommentState, comment_ref
from bots.newsroom.comments.messages import (
    card_message,
    decided_message,
    outcome_message,
    published_message,
    waiting_message,
)
from bots.newsroom.delivery.posts import Post
from bots.newsroom.messages import Destination, Platform, Room
from bots.newsroom.stories import Story, channel_ref

ANSWER_OPEN = timedelta(minutes=14)
"""Discord lets us write to the answer of a press for 15 minutes."""


def thread_comment(comment: Comment, platform: Platform) -> Post:
    """The comment in the story's thread, or nothing there while it is not published."""
    return Post(
        ref=comment_ref(comment.id, platform),
        version=comment.version,
        destination=Destination(platform, Room.STORY),
        message=published_message(comment) if comment.state is CommentState.PUBLISHED else None,
        thread_of=channel_ref(comment.story_id, platform),
        reply_to=comment_ref(comment.reply_to, platform) if comment.reply_to else "",
        joinable=True,
    )


def author_notice(comment: Comment) -> Post | None:
    """What the author is told about this state; None when there is nothing to say or nowhere to say it."""
    message = outcome_message(comment)
    if message is None or comment.answer is None:
        return None
    brief = comment.answer.room is Room.ANSWER
    return Post(
        ref=f"outcome:{comment.id}:{comment.state}:{comment.answer.platform}",
        version=comment.version,
        destination=comment.answer,
        message=message,
        expires_at=comment.submitted_at + ANSWER_OPEN if brief else None,
    )


def card_ref(comment_id: str, platform: Platform) -> str:
    return f"card:{comment_id}:{platform}"


def card(comment: Comment, story: Story | None, record: AuthorRecord, platform: Platform) -> Post:
    headline = story.headline if story else comment.story_id
    held = comment.state is CommentState.HELD
    return Post(
        ref=card_ref(comment.id, platform),
        version=comment.version,
        destination=Destination(platform, Room.MODERATORS),
        message=card_message(comment, headline, record) if held else decided_message(comment, headline),
    )


def waiting_notice(waiting: int, number: int, version: int, platform: Platform) -> Post:
    """The notice below the open cards; it goes away when nothing waits."""
    return Post(
        ref=f"queue:{number}:{platform}",
        version=version,
        destination=Destination(platform, Room.MODERATORS),
        message=waiting_message(waiting) if waiting else None,
    )
