"""Values as JSON, names of keys, and how long each is kept."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from bots.newsroom.alerts.alert import AlertDraft, AlertState
from bots.newsroom.alerts.article import Article
from bots.newsroom.comments.comment import CommentDraft, CommentState
from bots.newsroom.delivery.posts import Lane, Post, Sent
from bots.newsroom.messages import Bar, Choice, Destination, Message, Platform, Quote, Room, Section, Tone
from bots.newsroom.polls.poll import Ballot, PollDraft
from bots.newsroom.readers import Draft, Reader
from bots.storage.codec import Codec, UnreadableValue, from_ms, to_ms
from bots.storage.keys import ND, Family, family_of, key, partition, tag_of, tag_of_poll
from bots.storage.keys_of_service import RedisKeys
from bots.storage.labels_of_service import RedisHistory, RedisLabels
from bots.storage.lua import source
from bots.storage.retention import RETENTION, keep_ms
from bots.storage.stores import Stores
from moderation import Decision, Outcome, Suggestion
from tests.storage.values import DISCORD, TELEGRAM, SetClock, all_keys, lease, post, publish, to_reader

FULL = Post(
    "a",
    7,
    Destination(Platform.DISCORD, Room.STORY),
    Message(
        title="<b>",
        tone=Tone.BREAKING,
        sections=(Section("Facts", ("one", "two"), bullets=False),),
        quotes=(Quote("“”\u202e\x00", "Ann"),),
        bars=(Bar("Yes", 3, 0.75),),
        choices=((Choice("Vote", "vote:p1:0"), Choice("Read", url="https://example.org")),),
        silent=True,
    ),
    lane=Lane.REFRESH,
    expires_at=datetime(2026, 3, 1, tzinfo=UTC),
    joinable=True,
)


@dataclass(frozen=True)
class Newer:
    ref: str
    colour: str = "red"


@dataclass(frozen=True)
class Older:
    ref: str


def test_a_post_survives_json_whole() -> None:
    codec = Codec(Post)

    assert codec.load(codec.dump(FULL)) == FULL
    assert codec.load(codec.dump(replace(FULL, message=None, expires_at=None))).message is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_json(text: str) -> None:
    codec = Codec(Quote)

    assert codec.load(codec.dump(Quote(text, text))) == Quote(text, text)


def test_a_value_of_a_newer_shape_is_told_without_its_content() -> None:
    stored = Codec(Newer).dump(Newer("secret words", "blue"))

    with pytest.raises(UnreadableValue, match=r"stored Older cannot be read: colour: .*newer version") as raised:
        Codec(Older).load(stored)

    assert "secret" not in str(raised.value)
    assert "blue" not in str(raised.value)


@pytest.mark.parametrize("text", ["", "nothing", "[]", '{"platform": "fax", "room": "channel"}', "{}"])
def test_what_is_no_such_value_is_told(text: str) -> None:
    with pytest.raises(UnreadableValue, match="stored Destination"):
        Codec(Destination).load(text)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_times_survive_to_the_millisecond(time: datetime) -> None:
    assert timedelta(0) <= time - from_ms(str(to_ms(time))) < timedelta(milliseconds=1)


def test_a_reader_is_always_in_the_same_partition_and_readers_are_spread() -> None:
    tags = [partition(TELEGRAM, str(account)) for account in range(1000)]

    assert tags == [partition(TELEGRAM, str(account)) for account in range(1000)]
    assert min(map(tags.count, set(tags))) > 20
    assert len(set(tags)) == 16


def test_rooms_stand_together_and_readers_apart() -> None:
    rooms = {tag_of(Destination(TELEGRAM, room)) for room in (Room.CHANNEL, Room.STORY, Room.MODERATORS)}

    assert rooms == {ND}
    assert tag_of(Destination(TELEGRAM, Room.ANSWER, "5")) == tag_of(to_reader("5")) == partition(TELEGRAM, "5")


def test_a_key_tells_its_family() -> None:
    assert family_of(key(tag_of_poll("p1"), Family.VOTES)) == "votes"
    assert family_of(key(ND, Family.POST, "alert:s7:telegram")) == "post"


def test_every_family_says_how_long_it_is_kept_and_why() -> None:
    assert set(RETENTION) == set(Family)
    assert all(retention.why for retention in RETENTION.values())
    with pytest.raises(KeyError, match="do not expire"):
        keep_ms(Family.QUEUE)


def test_every_script_is_found() -> None:
    assert "redis.call" in source("floors", "posts", "post_put")


async def test_every_key_that_is_written_has_a_family_and_expires_as_that_says(
    stores: Stores, clock: SetClock, redis: Redis
) -> None:
    await write_everything(stores, clock)
    await write_service(redis, clock)

    seen = set()
    for name in await all_keys(redis):
        family = Family(family_of(name))
        keep = RETENTION[family].keep
        streams = {Family.EVENTS, Family.SUBMISSIONS, Family.UPDATES, Family.UPDATE_IDS}  # trimmed, not expired
        expires = await redis.pttl(name)
        if family not in streams:
            assert (expires > 0) is (keep is not None), name
            assert keep is None or expires <= keep / timedelta(milliseconds=1) + 3_600_000, name
        seen.add(family)
    assert seen == set(Family)


async def write_everything(stores: Stores, clock: SetClock) -> None:
    """At least one key of each family."""
    await write_news(stores, clock)
    await write_comments(stores, clock)
    await stores.readers.subscribe(TELEGRAM, "5", frozenset({"world"}))
    await stores.readers.told(TELEGRAM, "5")
    await stores.drafts.begin(TELEGRAM, "5", Draft("s1"))
    await stores.updates.keep([{"update_id": 1}])
    await stores.copies.keep("7", Sent("-2", "3"))
    await stores.heartbeats.beat("web")
    await stores.registrations.register("x", "y")


async def write_service(redis: Redis, clock: SetClock) -> None:
    keys = RedisKeys(redis, clock)
    await keys.take(await keys.add("coral", per_minute=3), 1)
    await RedisLabels(redis, clock).keep(Suggestion("Thank you", {"toxicity": 0.0}))
    await RedisHistory(redis).exchange("ann", "a comment long enough to be compared with the next one")


async def write_news(stores: Stores, clock: SetClock) -> None:
    await publish(stores, clock)
    poll = await stores.polls.open(PollDraft("Q?", ("a", "b"), clock() + timedelta(minutes=1)), now=clock(), op="1")
    await stores.polls.vote(Ballot(poll.id, TELEGRAM, "5", 1, 1), at=clock())
    await schedule_with_poll(stores, clock, poll.id)
    await stores.posts.put(replace(post("a"), group="g"))
    await stores.posts.put(post("b", destination=to_reader("5")))
    delivery = (await lease(stores))["a"]
    await stores.budgets.take(delivery)
    await stores.budgets.hold(delivery.post.destination, timedelta(seconds=9), whole_platform=True)
    await stores.outbox.shown("a", 1, Sent("-100", "7"))


async def schedule_with_poll(stores: Stores, clock: SetClock, poll_id: str) -> None:
    draft = AlertDraft(Article("later"), poll_id=poll_id)
    later = clock() + timedelta(hours=1)
    await stores.alerts.add(draft, state=AlertState.SCHEDULED, now=clock(), publish_at=later, op="2")


async def write_comments(stores: Stores, clock: SetClock) -> None:
    draft = CommentDraft("s1", Reader(DISCORD, "5", "Ann"), "hello")
    comment = await stores.comments.submit(draft, now=clock(), op="1")
    await stores.comments.judged(comment.id, 1, Decision(Outcome.HOLD, ()), CommentState.HELD)
    await stores.queue.open_next(TELEGRAM, 5, "press")
