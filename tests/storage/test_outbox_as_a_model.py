"""Any order of wanting, leasing, crashing and showing ends with the newest wanted being shown, once."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from redis.asyncio import Redis

from bots.newsroom.delivery.posts import Delivery, Sent
from bots.storage.client import connect
from bots.storage.stores import Stores, open_stores
from tests.storage.values import LEASE, SetClock, lease, post

REFS = ("a", "b")
THERE = Sent("-100", "7")
refs = st.sampled_from(REFS)


class Platform:
    """What the platform shows: the version under each ref, or nothing."""

    def __init__(self) -> None:
        self.shows: dict[str, int | None] = dict.fromkeys(REFS)
        self.sends = 0
        self.doubles = 0

    def step(self, delivery: Delivery) -> None:
        ref, wanted = delivery.post.ref, delivery.post.message is not None
        if wanted and delivery.sent is None:
            self.doubles += self.shows[ref] is not None
        self.shows[ref] = delivery.post.version if wanted else None


class OutboxMachine(RuleBasedStateMachine):
    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = SetClock()
        self.client: Redis = connect(self.url)
        self.stores: Stores = open_stores(self.client, self.client, self.clock)
        self.platform = Platform()
        self.versions = dict.fromkeys(REFS, 0)
        self.wanted: dict[str, int | None] = dict.fromkeys(REFS)
        self.held: dict[str, Delivery] = {}
        self.until: dict[str, float] = {}
        self.run(self.client.flushall())

    def run(self, work: Coroutine[Any, Any, Any] | Any) -> Any:
        async def waited() -> Any:
            return await work

        return self.runner.run(waited())

    def teardown(self) -> None:
        try:
            self.settle()
            assert self.platform.shows == self.wanted
            assert self.platform.doubles == 0
        finally:
            self.run(self.client.aclose())
            self.runner.close()

    @rule(ref=refs, wanted=st.booleans(), step=st.integers(-2, 2))
    def want(self, ref: str, wanted: bool, step: int) -> None:
        version = max(1, self.versions[ref] + step)
        self.run(self.stores.posts.put(post(ref, version, text="text" if wanted else None)))
        if version > self.versions[ref]:
            self.versions[ref] = version
            self.wanted[ref] = version if wanted else None

    @rule(limit=st.integers(1, 2))
    def take(self, limit: int) -> None:
        now = self.clock.now.timestamp()
        for ref, delivery in self.run(lease(self.stores, limit)).items():
            assert self.until.get(ref, 0) <= now, "two dispatchers had the same post"
            self.held[ref] = delivery
            self.until[ref] = now + LEASE.total_seconds()

    @precondition(lambda self: self.held)
    @rule(data=st.data(), end=st.sampled_from(["shown", "lost answer", "failed", "crash before", "shown twice"]))
    def deliver(self, data: st.DataObject, end: str) -> None:
        ref = data.draw(st.sampled_from(sorted(self.held)))
        self.work(self.held.pop(ref), end)

    @rule(seconds=st.sampled_from([1, 20]))
    def wait(self, seconds: int) -> None:
        self.clock.pass_(seconds)

    @invariant()
    def nothing_is_doubled(self) -> None:
        assert self.platform.doubles == 0

    def work(self, delivery: Delivery, end: str) -> None:
        """What a dispatcher does with a delivery, as far as it gets."""
        ref = delivery.post.ref
        if end == "crash before" or self.until[ref] <= self.clock.now.timestamp():
            return
        if delivery.interrupted and self.platform.shows[ref] is not None:
            self.record(ref, 0, THERE)
        else:
            self.attempt(delivery, end)

    def attempt(self, delivery: Delivery, end: str) -> None:
        ref, outbox = delivery.post.ref, self.stores.outbox
        if delivery.sent is None and delivery.post.message is not None:
            assert self.run(outbox.sending(delivery))
            self.until[ref] = self.clock.now.timestamp() + LEASE.total_seconds()
        if end == "failed":
            self.run(outbox.not_sent(ref, "429", timedelta(seconds=1)))
            self.until.pop(ref)
            return
        self.platform.step(delivery)
        for _ in range({"lost answer": 0, "shown twice": 2}.get(end, 1)):
            self.record(ref, delivery.post.version, THERE if delivery.post.message else None)

    def record(self, ref: str, version: int, sent: Sent | None) -> None:
        self.run(self.stores.outbox.shown(ref, version, sent))
        self.until.pop(ref, None)

    def settle(self) -> None:
        """Everybody works in order until there is nothing left to do."""
        self.held.clear()
        for _ in range(8):
            self.clock.pass_(LEASE.total_seconds())
            for ref, delivery in self.run(lease(self.stores)).items():
                self.until[ref] = self.clock.now.timestamp() + LEASE.total_seconds()
                self.work(delivery, "shown")


def test_what_is_shown_in_the_end_is_the_newest_wanted(redis_url: str) -> None:
    class Machine(OutboxMachine):
        url = redis_url

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
