"""From events to posts, on real stores."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from bots.newsroom.alerts.alert import Alert, AlertDraft, Importance
from bots.newsroom.alerts.article import Article
from bots.newsroom.alerts.service import Alerts
from bots.newsroom.comments.comment import Comment, CommentDraft, CommentState, comment_ref
from bots.newsroom.comments.service import OPEN_CARDS, Comments
from bots.newsroom.delivery.posts import Post, Sent
from bots.newsroom.messages import Destination, Message, Platform, Room
from bots.newsroom.polls.poll import Ballot, PollDraft
from bots.newsroom.polls.service import Polls
from bots.newsroom.projection.comments import card_ref
from bots.newsroom.projection.planner import Planner, Sources
from bots.newsroom.readers import ALL_TOPICS, Reader
from bots.newsroom.stories import channel_ref
from bots.storage.stores import Stores, open_stores
from moderation import Decision, Finding, Outcome

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TELEGRAM, DISCORD = Platform.TELEGRAM, Platform.DISCORD


@dataclass
class Desk:
    stores: Stores
    alerts: Alerts
    polls: Polls
    comments: Comments
    planners: dict[Platform, Planner] = field(default_factory=dict)

    async def plan(self) -> None:
        for planner in self.planners.values():
            while await planner.run_once(block_ms=1):
                pass

    async def wanted(self, ref: str) -> Message | None:
        """What the outbox is asked to show under the name, None when nothing is (or was never asked)."""
        for platform in Platform:
            for delivery in await self.stores.outbox.lease(platform, 500, timedelta(milliseconds=1)):
                if delivery.post.ref == ref:
                    return delivery.post.message
        return None

    async def publish(self, **changes: str) -> Alert:
        draft = AlertDraft(Article("Strike on the port"), Importance.MAJOR, "world", **changes)
        alert = await self.alerts.publish(draft, f"op-{changes}")
        await self.plan()
        return alert

    async def comment(self, alert: Alert, number: int = 1, *, direct: bool = False) -> Comment:
        author = Reader(DISCORD, str(number), f"Reader {number}")
        draft = CommentDraft(alert.story_id, author, f"text {number}", direct=direct)
        return await self.comments.submit(draft, f"comment-{number}")

    async def judged(self, comment: Comment, to: CommentState) -> None:
        outcome = {CommentState.HELD: Outcome.HOLD, CommentState.PUBLISHED: Outcome.APPROVE}.get(to, Outcome.REJECT)
        decision = Decision(outcome, (Finding("links", outcome, "because"),), {}, None, "en")
        await self.stores.comments.judged(comment.id, comment.edition, decision, to)


@pytest.fixture
def desk(redis: Redis) -> Desk:
    def clock() -> datetime:
        return NOW

    stores = open_stores(redis, redis, clock)
    sources = Sources(stores.stories, stores.alerts, stores.polls, stores.comments, stores.queue, stores.readers)
    planners = {
        platform: Planner(platform, stores.events, sources, stores.posts, f"test-{platform}") for platform in Platform
    }
    comments = Comments(stores.comments, stores.queue, clock)
    return Desk(stores, Alerts(stores.alerts, clock), Polls(stores.polls, clock), comments, planners)


async def test_an_alert_is_wanted_in_both_channels_and_privately_by_those_who_follow_it(desk: Desk) -> None:
    await desk.stores.readers.subscribe(TELEGRAM, "11", frozenset({"world"}))
    await desk.stores.readers.subscribe(TELEGRAM, "12", frozenset({ALL_TOPICS}))
    await desk.stores.readers.subscribe(TELEGRAM, "13", frozenset({"sport"}))
    alert = await desk.publish()
    refs = {ref async for ref in desk.stores.posts.in_group(f"alert:{alert.id}", TELEGRAM)}
    channel = channel_ref(alert.story_id, TELEGRAM)
    assert refs == {channel, f"{channel}:11", f"{channel}:12"}
    assert await desk.stores.posts.record(channel_ref(alert.story_id, DISCORD)) is not None


async def test_a_retraction_reaches_those_who_got_the_alert_also_when_they_left_since(desk: Desk) -> None:
    await desk.stores.readers.subscribe(TELEGRAM, "11", frozenset({"world"}))
    alert = await desk.publish()
    await desk.stores.readers.subscribe(TELEGRAM, "11", frozenset())
    await desk.stores.readers.subscribe(TELEGRAM, "14", frozenset({"world"}))
    await desk.alerts.retract(alert.id, "The source was wrong.")
    await desk.plan()
    private = await desk.wanted(f"{channel_ref(alert.story_id, TELEGRAM)}:11")
    assert private is not None
    assert "Retracted" in private.title
    assert await desk.stores.posts.record(f"{channel_ref(alert.story_id, TELEGRAM)}:14") is None


async def test_votes_change_the_channel_posts_of_both_platforms_at_the_next_refresh(desk: Desk) -> None:
    draft = PollDraft("Harsher sanctions?", ("Yes", "No"), NOW + timedelta(hours=1))
    poll = await desk.polls.open(draft, "poll")
    alert = await desk.publish(poll_id=poll.id)
    await desk.polls.vote(Ballot(poll.id, TELEGRAM, "1", 0, 1))
    await desk.polls.vote(Ballot(poll.id, DISCORD, "2", 1, 1))
    for planner in desk.planners.values():
        await planner.refresh_polls()
    for platform in Platform:
        message = await desk.wanted(channel_ref(alert.story_id, platform))
        assert message is not None
        assert [bar.count for bar in message.bars] == [1, 1]


async def test_a_published_comment_is_wanted_on_both_platforms_and_gone_from_both_when_taken_down(desk: Desk) -> None:
    alert = await desk.publish()
    comment = await desk.comment(alert)
    await desk.judged(comment, CommentState.PUBLISHED)
    await desk.plan()
    assert [await desk.stores.posts.record(comment_ref(comment.id, platform)) for platform in Platform] != [None, None]
    await desk.comments.remove(comment.id, "Mara")
    await desk.plan()
    for platform in Platform:
        assert await desk.wanted(comment_ref(comment.id, platform)) is None


async def test_a_late_plan_of_an_older_state_cannot_bring_a_withdrawn_comment_back(desk: Desk) -> None:
    alert = await desk.publish()
    comment = await desk.comment(alert)
    await desk.judged(comment, CommentState.PUBLISHED)
    published = await desk.comments.get(comment.id)
    await desk.comments.withdraw(comment.id, comment.author)
    await desk.plan()
    assert published is not None
    ref = comment_ref(comment.id, TELEGRAM)
    late = Post(ref, published.version, Destination(TELEGRAM, Room.STORY), Message(title="late"))
    await desk.stores.posts.put(late)
    assert await desk.wanted(ref) is None


async def test_at_most_five_cards_are_open_and_the_rest_wait_behind_next(desk: Desk) -> None:
    alert = await desk.publish()
    comments = [await desk.comment(alert, number) for number in range(8)]
    for comment in comments:
        await desk.judged(comment, CommentState.HELD)
    await desk.plan()
    cards = [await desk.stores.posts.record(card_ref(comment.id, TELEGRAM)) for comment in comments]
    assert [card is not None for card in cards] == [True] * OPEN_CARDS + [False] * 3
    notice = await desk.wanted("queue:1:telegram")
    assert notice is not None
    assert notice.title.startswith("3 more comments wait")
    for comment in comments[:OPEN_CARDS]:
        await desk.comments.approve(comment.id, "Mara")
    await desk.plan()
    assert await desk.comments.next_cards(TELEGRAM, "press-1") == 3
    assert await desk.comments.next_cards(TELEGRAM, "press-1") == 3, "a repeated press opens nothing more"
    await desk.plan()
    cards = [await desk.stores.posts.record(card_ref(comment.id, TELEGRAM)) for comment in comments]
    assert None not in cards


async def test_the_first_decision_wins_and_both_rooms_hear_whose_it_was(desk: Desk) -> None:
    alert = await desk.publish()
    comment = await desk.comment(alert)
    await desk.judged(comment, CommentState.HELD)
    await desk.plan()
    first = await desk.comments.approve(comment.id, "Mara")
    second = await desk.comments.reject(comment.id, "Noor")
    assert first is not None
    assert second is not None
    assert (first.won, second.won, second.comment.decided_by) == (True, False, "Mara")
    await desk.plan()
    for platform in Platform:
        card = await desk.wanted(card_ref(comment.id, platform))
        assert card is not None
        assert card.title == "Approved by Mara"


async def test_what_a_reader_typed_in_the_thread_stays_theirs_and_is_mirrored_to_the_other_side(desk: Desk) -> None:
    alert = await desk.publish()
    comment = await desk.comment(alert, direct=True)
    here = Destination(DISCORD, Room.STORY)
    await desk.stores.posts.adopt(comment_ref(comment.id, DISCORD), here, Sent("thread", "55"))
    await desk.judged(comment, CommentState.PUBLISHED)
    await desk.plan()
    assert await desk.wanted(comment_ref(comment.id, DISCORD)) is None
    record = await desk.stores.posts.record(comment_ref(comment.id, DISCORD))
    assert record is not None
    assert record.adopted
    assert await desk.stores.posts.record(comment_ref(comment.id, TELEGRAM)) is not None


async def test_what_a_reader_typed_and_a_rule_holds_is_taken_out_of_the_thread(desk: Desk) -> None:
    alert = await desk.publish()
    comment = await desk.comment(alert, direct=True)
    ref = comment_ref(comment.id, DISCORD)
    await desk.stores.posts.adopt(ref, Destination(DISCORD, Room.STORY), Sent("thread", "55"))
    await desk.judged(comment, CommentState.HELD)
    await desk.plan()
    due = {d.post.ref: d for d in await desk.stores.outbox.lease(DISCORD, 500, timedelta(seconds=1))}
    assert due[ref].sent == Sent("thread", "55")
    assert due[ref].post.message is None


async def test_planning_twice_wants_nothing_twice(desk: Desk) -> None:
    alert = await desk.publish()
    before = await desk.stores.posts.record(channel_ref(alert.story_id, TELEGRAM))
    await desk.planners[TELEGRAM].plan(f"alert:{alert.id}")
    assert await desk.stores.posts.record(channel_ref(alert.story_id, TELEGRAM)) == before


async def test_an_unknown_subject_is_a_defect_and_says_so(desk: Desk) -> None:
    with pytest.raises(ValueError, match="weather"):
        await desk.planners[TELEGRAM].plan("weather:today")
