"""Polls: each under its own hash tag, so that a busy one can have a server of a Cluster to itself."""

from collections.abc import Sequence
from datetime import datetime

from redis.asyncio import Redis

from bots.newsroom.messages import Platform
from bots.newsroom.polls.poll import Ballot, Poll, PollDraft, PollState, VoteOutcome, VoteResult
from bots.storage.codec import Codec, from_ms, to_ms
from bots.storage.keys import ND, Family, key, tag_of_poll
from bots.storage.lua import Script, pairs
from bots.storage.retention import keep_ms

DRAFT = Codec(PollDraft)


class RedisPolls:
    """Where a poll needs two tags, the steps stand in an order in which each may be repeated after a crash."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._number = Script(client, "poll_number")
        self._create = Script(client, "poll_create")
        self._announce = Script(client, "poll_announce")
        self._vote = Script(client, "poll_vote")
        self._close = Script(client, "poll_close")
        self._closed = Script(client, "poll_closed")
        self._read = Script(client, "poll_read")

    async def open(self, draft: PollDraft, *, now: datetime, op: str) -> Poll:
        """Numbered, then kept, then announced. Raises LookupError for an op whose poll is not kept any more."""
        counters = [key(ND, Family.COUNTERS), key(ND, Family.OP, "poll", op)]
        poll_id = await self._number(counters, keep_ms(Family.OP))
        closes_at = to_ms(draft.closes_at)
        await self._create([_poll_key(poll_id)], DRAFT.dump(draft), to_ms(now), closes_at, keep_ms(Family.POLL))
        lists = [key(ND, family) for family in (Family.EVENTS, Family.POLLS, Family.CLOSING)]
        await self._announce(lists, poll_id, closes_at)
        poll = await self.get(poll_id)
        if poll is None:
            raise LookupError(f"Poll {poll_id} was opened by the same command long ago and is not kept any more.")
        return poll

    async def get(self, poll_id: str) -> Poll | None:
        fields, tally = await self._read([_poll_key(poll_id), _tally_key(poll_id)])
        return _poll(poll_id, pairs(fields), pairs(tally)) if fields else None

    async def newest(self, limit: int) -> Sequence[Poll]:
        ids = await self._client.zrange(key(ND, Family.POLLS), 0, limit - 1, desc=True)
        polls = [await self.get(str(poll_id)) for poll_id in ids]
        return [poll for poll in polls if poll]

    async def open_ids(self) -> Sequence[str]:
        return [str(poll_id) for poll_id in await self._client.zrange(key(ND, Family.CLOSING), 0, -1)]

    async def vote(self, ballot: Ballot, *, at: datetime) -> VoteResult:
        voter = f"{ballot.platform}:{ballot.account}"
        keys = [_poll_key(ballot.poll_id), _votes_key(ballot.poll_id), _tally_key(ballot.poll_id)]
        press = (voter, ballot.platform, ballot.option, to_ms(at), ballot.op)
        outcome, option = await self._vote(keys, *press, keep_ms(Family.VOTES))
        return VoteResult(VoteOutcome(outcome), int(option) if option else None)

    async def close(self, poll_id: str, *, now: datetime) -> Poll | None:
        # if this stops half way, the poll is due already and close_due ends it
        await self._client.zadd(key(ND, Family.CLOSING), {poll_id: to_ms(now)}, xx=True, lt=True)
        await self._end(poll_id, now)
        return await self.get(poll_id)

    async def close_due(self, now: datetime) -> Sequence[str]:
        ids = await self._client.zrange(key(ND, Family.CLOSING), "-inf", to_ms(now), byscore=True)
        due = [str(poll_id) for poll_id in ids]
        for poll_id in due:
            await self._end(poll_id, now)
        return due

    async def _end(self, poll_id: str, now: datetime) -> None:
        """Closed first, then told: who hears of it finds it closed."""
        await self._close([_poll_key(poll_id), _votes_key(poll_id)], to_ms(now), keep_ms(Family.VOTES))
        await self._closed([key(ND, Family.EVENTS), key(ND, Family.CLOSING)], poll_id)


def _poll_key(poll_id: str) -> str:
    return key(tag_of_poll(poll_id), Family.POLL)


def _votes_key(poll_id: str) -> str:
    return key(tag_of_poll(poll_id), Family.VOTES)


def _tally_key(poll_id: str) -> str:
    return key(tag_of_poll(poll_id), Family.TALLY)


def _poll(poll_id: str, fields: dict[str, str], tally: dict[str, str]) -> Poll:
    draft = DRAFT.load(fields["draft"])
    options = range(len(draft.options))
    return Poll(
        id=poll_id,
        question=draft.question,
        options=draft.options,
        opened_at=from_ms(fields["opened_at"]),
        closes_at=from_ms(fields["closes_at"]),
        state=PollState(fields["state"]),
        version=int(fields["version"]),
        votes={name: tuple(int(tally.get(f"{name}:{option}", 0)) for option in options) for name in Platform},
    )
