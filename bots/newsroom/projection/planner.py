"""Follows the events and puts the posts that the state as it is now wants, on one platform. Any number may run."""

from dataclasses import dataclass, replace

from bots.newsroom.alerts.alert import Alert, AlertState
from bots.newsroom.alerts.service import AlertStore
from bots.newsroom.comments.comment import Comment, CommentState, comment_ref
from bots.newsroom.comments.service import OPEN_CARDS, CommentStore, QueueStore
from bots.newsroom.delivery.ports import Posts
from bots.newsroom.delivery.posts import Lane
from bots.newsroom.messages import Platform
from bots.newsroom.polls.service import PollStore
from bots.newsroom.projection import alerts as alert_posts
from bots.newsroom.projection import comments as comment_posts
from bots.newsroom.projection.events import Events
from bots.newsroom.readers import Readers
from bots.newsroom.stories import Stories


@dataclass(frozen=True, slots=True)
class Sources:
    """What a planner looks at."""

    stories: Stories
    alerts: AlertStore
    polls: PollStore
    comments: CommentStore
    queue: QueueStore
    readers: Readers


class Planner:
    def __init__(self, platform: Platform, events: Events, sources: Sources, posts: Posts, consumer: str) -> None:
        self._platform = platform
        self._events = events
        self._from = sources
        self._posts = posts
        self._consumer = consumer

    async def run_once(self, limit: int = 50, block_ms: int = 500) -> int:
        """Plans what happened since; how many events. An event is done only when its posts are kept."""
        events = await self._events.read(self._platform, self._consumer, limit, block_ms)
        for subject in dict.fromkeys(event.subject for event in events):
            await self.plan(subject)
        if events:
            await self._events.done(self._platform, [event.receipt for event in events])
        return len(events)

    async def plan(self, subject: str) -> None:
        """Repeating it, or doing it late, changes nothing: posts carry the version of what they were made from."""
        kind, _, name = subject.partition(":")
        match kind:
            case "alert":
                await self._plan_alert(await self._from.alerts.get(name))
            case "poll":
                await self._refresh(await self._from.alerts.of_poll(name), Lane.NORMAL)
            case "comment":
                await self._plan_comment(await self._from.comments.get(name))
            case "queue":
                await self._plan_queue()
            case _:
                raise ValueError(f"No planner knows the event subject {subject!r}.")

    async def refresh_polls(self) -> None:
        """Newer counts of every open poll; called every few seconds, it costs nothing where nobody voted."""
        for poll_id in await self._from.polls.open_ids():
            await self._refresh(await self._from.alerts.of_poll(poll_id), Lane.REFRESH)

    async def _plan_alert(self, alert: Alert | None) -> None:
        if alert is None or alert.state not in {AlertState.PUBLISHED, AlertState.RETRACTED}:
            return
        poll = await self._from.polls.get(alert.poll_id) if alert.poll_id else None
        await self._refresh(alert, alert_posts.lane_of(alert))
        await self._posts.put(alert_posts.thread_post(alert, self._platform))
        async for post in alert_posts.private_posts(alert, poll, self._platform, self._from.readers, self._posts):
            await self._posts.put(post)

    async def _refresh(self, alert: Alert | None, lane: Lane) -> None:
        if alert is None or alert.state not in {AlertState.PUBLISHED, AlertState.RETRACTED}:
            return
        poll = await self._from.polls.get(alert.poll_id) if alert.poll_id else None
        post = alert_posts.channel_post(alert, poll, self._platform, lane)
        await self._posts.put(replace(post, expires_at=None) if alert.state is AlertState.RETRACTED else post)

    async def _plan_comment(self, comment: Comment | None) -> None:
        if comment is None or comment.state is CommentState.SUBMITTED:
            return
        if not await self._stands_already(comment):
            await self._posts.put(comment_posts.thread_comment(comment, self._platform))
        await self._tell_author(comment)
        await self._plan_card(comment)

    async def _stands_already(self, comment: Comment) -> bool:
        """A reader has just typed it here, and the handler is about to say so: what is typed needs no post of ours."""
        if not (
            comment.direct and comment.author.platform is self._platform and comment.state is CommentState.PUBLISHED
        ):
            return False
        return await self._posts.record(comment_ref(comment.id, self._platform)) is None

    async def _tell_author(self, comment: Comment) -> None:
        notice = comment_posts.author_notice(comment)
        if notice is not None and notice.destination.platform is self._platform:
            await self._posts.put(notice)

    async def _plan_card(self, comment: Comment) -> None:
        """A held comment gets a card while the room has a place; a decided one's card says who decided what."""
        if comment.state is CommentState.HELD:
            wanted = await self._from.queue.open_card(self._platform, comment.id, OPEN_CARDS)
        else:
            await self._from.queue.close_card(self._platform, comment.id)
            ref = comment_posts.card_ref(comment.id, self._platform)
            wanted = await self._posts.record(ref) is not None
        if wanted:
            story = await self._from.stories.get(comment.story_id)
            record = await self._from.comments.record(comment.author)
            await self._posts.put(comment_posts.card(comment, story, record, self._platform))

    async def _plan_queue(self) -> None:
        waiting, number, version = await self._from.queue.waiting(self._platform)
        await self._posts.put(comment_posts.waiting_notice(waiting, number, version, self._platform))
        if number > 1:
            await self._posts.put(comment_posts.waiting_notice(0, number - 1, version, self._platform))
