"""The same code on a Cluster, where a script that touched two hash tags would fail."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bots.newsroom.comments.comment import CommentDraft
from bots.newsroom.delivery.posts import PostState, Sent
from bots.newsroom.polls.poll import PollState
from bots.newsroom.readers import ALL_TOPICS, Reader
from bots.storage.client import connect
from bots.storage.keys import Family
from bots.storage.keys import key as key_of
from bots.storage.lua import Script
from bots.storage.stores import Stores
from tests.storage.test_stored_values import write_everything
from tests.storage.values import STORY, TELEGRAM, SetClock, lease, post, subjects, to_reader


async def test_every_store_writes_on_a_cluster(cluster_stores: Stores, clock: SetClock) -> None:
    await write_everything(cluster_stores, clock)
    await cluster_stores.housekeeping.trim()

    assert "queue:" in await subjects(cluster_stores)


async def test_a_poll_is_opened_closed_and_told(cluster_stores: Stores, clock: SetClock) -> None:
    await write_everything(cluster_stores, clock)
    await subjects(cluster_stores)
    clock.pass_(60)

    assert await cluster_stores.polls.close_due(clock()) == ["p1"]

    poll = await cluster_stores.polls.get("p1")
    assert poll is not None
    assert (poll.state, poll.turnout) == (PollState.CLOSED, 1)
    assert await subjects(cluster_stores) == ["poll:p1"]


async def test_posts_go_from_wanted_to_shown_in_all_partitions(cluster_stores: Stores) -> None:
    stores = cluster_stores
    await stores.posts.put(post("alert"))
    for account in map(str, range(40)):
        await stores.posts.put(replace(post(account, destination=to_reader(account)), group="g"))

    deliveries = await lease(stores)

    assert len(deliveries) == 41
    for number, (ref, delivery) in enumerate(deliveries.items(), 1):
        assert await stores.outbox.sending(delivery)
        await stores.outbox.shown(ref, 1, Sent("-100", str(number)))
    assert {record.state for record in await stores.posts.records(list(deliveries))} == {PostState.SENT}
    assert len([ref async for ref in stores.posts.in_group("g", TELEGRAM)]) == 40
    assert await stores.posts.ref_of(TELEGRAM, Sent("-100", "1")) == "alert"


async def test_comments_of_a_thread_are_joined(cluster_stores: Stores) -> None:
    refs = ["comment:c1", "comment:c2"]
    for ref in refs:
        await cluster_stores.posts.put(post(ref, destination=STORY))
    await lease(cluster_stores)

    await cluster_stores.outbox.join(refs)

    assert list(await lease(cluster_stores)) == ["joined:comment:c1"]


async def test_comments_are_reviewed_and_subscribers_met(cluster_stores: Stores, clock: SetClock) -> None:
    draft = CommentDraft("s1", Reader(TELEGRAM, "5", "Ann"), "hello")
    await cluster_stores.comments.submit(draft, now=clock(), op="1")
    for account in map(str, range(40)):
        await cluster_stores.readers.subscribe(TELEGRAM, account, frozenset({ALL_TOPICS}))

    assert [work.comment.text for work in await cluster_stores.comments.to_review("r", 9, 0)] == ["hello"]
    assert len({account async for account in cluster_stores.readers.subscribers(TELEGRAM, "world")}) == 40


async def test_a_script_over_two_tags_fails_there(cluster_url: str) -> None:
    """What the tests above would say if a script of ours did so."""
    client: Redis = connect(cluster_url)
    try:
        keys = [key_of("{p0}", Family.POST, "a"), key_of("{p1}", Family.POST, "a")]
        with pytest.raises(RedisError, match="slot"):
            await Script(client, "poll_read")(keys)
    finally:
        await client.aclose()
