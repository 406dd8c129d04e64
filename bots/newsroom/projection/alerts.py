"""Which posts an alert wants on one platform."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

from bots.newsroom.alerts.alert import Alert, AlertState, Importance
from bots.newsroom.alerts.message import alert_message, thread_message
from bots.newsroom.delivery.ports import Posts
from bots.newsroom.delivery.posts import Lane, Post
from bots.newsroom.messages import Destination, Message, Platform, Room
from bots.newsroom.polls.card import bars, footer, vote_buttons
from bots.newsroom.polls.poll import Poll
from bots.newsroom.readers import Readers
from bots.newsroom.stories import channel_ref

TIME_TO_LIVE = {
    Importance.BREAKING: timedelta(hours=1),
    Importance.MAJOR: timedelta(hours=4),
    Importance.MINOR: timedelta(hours=12),
}
"""News later than this is not news: it is dropped, not delivered."""


def alert_group(alert: Alert) -> str:
    return f"alert:{alert.id}"


def channel_post(alert: Alert, poll: Poll | None, platform: Platform, lane: Lane) -> Post:
    return Post(
        ref=channel_ref(alert.story_id, platform),
        version=alert.version + (poll.version if poll else 0),
        destination=Destination(platform, Room.CHANNEL),
        message=_with_poll(alert, poll, live=True),
        lane=lane,
        expires_at=alert.publish_at + TIME_TO_LIVE[alert.importance],
        group=alert_group(alert),
    )


def thread_post(alert: Alert, platform: Platform) -> Post:
    """The thread's first message; where threads must be opened, sending it opens the thread."""
    return Post(
        ref=f"thread:{alert.story_id}:{platform}",
        version=1,
        destination=Destination(platform, Room.STORY),
        message=thread_message(alert),
        thread_of=channel_ref(alert.story_id, platform),
    )


def private_post(alert: Alert, poll: Poll | None, platform: Platform, account: str) -> Post:
    """A subscriber's copy: buttons to vote, but no live counts, which would cost an edit a reader and vote."""
    return Post(
        ref=f"{channel_ref(alert.story_id, platform)}:{account}",
        version=alert.version,
        destination=Destination(platform, Room.PRIVATE, account),
        message=_with_poll(alert, poll, live=False),
        lane=lane_of(alert),
        expires_at=alert.publish_at + TIME_TO_LIVE[alert.importance],
        group=alert_group(alert),
    )


def lane_of(alert: Alert) -> Lane:
    return Lane.BREAKING if alert.importance is Importance.BREAKING else Lane.NORMAL


async def private_posts(
    alert: Alert, poll: Poll | None, platform: Platform, readers: Readers, posts: Posts
) -> AsyncIterator[Post]:
    """New alerts go to those who follow the topic now; a retraction to exactly those who were sent the alert."""
    if alert.state is AlertState.PUBLISHED:
        async for account in readers.subscribers(platform, alert.topic):
            yield private_post(alert, poll, platform, account)
        return
    prefix = f"{channel_ref(alert.story_id, platform)}:"
    async for ref in posts.in_group(alert_group(alert), platform):
        if ref.startswith(prefix):
            yield replace(private_post(alert, poll, platform, ref.removeprefix(prefix)), expires_at=None)


def _with_poll(alert: Alert, poll: Poll | None, *, live: bool) -> Message:
    message = alert_message(alert)
    if poll is None or alert.state is AlertState.RETRACTED:
        return message
    choices = (*vote_buttons(poll), *message.choices)
    if not live:
        return replace(message, question=poll.question, choices=choices)
    return replace(message, question=poll.question, bars=bars(poll), footer=footer(poll), choices=choices)
