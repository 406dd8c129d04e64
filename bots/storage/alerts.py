"""Alerts, and the set of those that are due later."""

from collections.abc import Sequence
from datetime import datetime

from redis.asyncio import Redis

from bots.newsroom.alerts.alert import Alert, AlertDraft, AlertState
from bots.storage.codec import Codec, from_ms, to_ms
from bots.storage.keys import ND, Family, key, prefix
from bots.storage.lua import Script, fields_of, pairs
from bots.storage.retention import keep_ms

DRAFT = Codec(AlertDraft)
_STEPS = {AlertState.RETRACTED: AlertState.PUBLISHED, AlertState.CANCELLED: AlertState.SCHEDULED}
_AT_ONCE = 100
"""Alerts released by one run of the script; the next ones follow in the next."""


class RedisAlerts:
    def __init__(self, client: Redis) -> None:
        self._client = client
        self._add = Script(client, "alert_add")
        self._move = Script(client, "alert_move")
        self._release = Script(client, "alert_release")

    async def add(self, draft: AlertDraft, *, state: AlertState, now: datetime, publish_at: datetime, op: str) -> Alert:
        families = (Family.EVENTS, Family.COUNTERS, Family.ALERTS, Family.DUE)
        events, counters, alerts, due = (key(ND, family) for family in families)
        alert_id = await self._add(
            [events, counters, key(ND, Family.OP, "alert", op), alerts, due],
            *(prefix(ND, family) for family in (Family.ALERT, Family.STORY, Family.ALERT_OF_POLL)),
            keep_ms(Family.ALERT),
            keep_ms(Family.OP),
            DRAFT.dump(draft),
            draft.article.headline,
            draft.topic,
            draft.poll_id,
            state,
            to_ms(now),
            to_ms(publish_at),
        )
        alert = await self.get(alert_id)
        if alert is None:
            raise LookupError(f"Alert {alert_id} was made by the same command long ago and is not kept any more.")
        return alert

    async def get(self, alert_id: str) -> Alert | None:
        return _alert(alert_id, await fields_of(self._client, key(ND, Family.ALERT, alert_id)))

    async def of_story(self, story_id: str) -> Alert | None:
        alert_id = await self._client.hget(key(ND, Family.STORY, story_id), "alert")
        return await self.get(str(alert_id)) if alert_id else None

    async def of_poll(self, poll_id: str) -> Alert | None:
        alert_id = await self._client.get(key(ND, Family.ALERT_OF_POLL, poll_id))
        return await self.get(str(alert_id)) if alert_id else None

    async def newest(self, limit: int) -> Sequence[Alert]:
        ids = await self._client.zrange(key(ND, Family.ALERTS), 0, limit - 1, desc=True)
        alerts = [await self.get(str(alert_id)) for alert_id in ids]
        return [alert for alert in alerts if alert]

    async def move(self, alert_id: str, to: AlertState, *, reason: str) -> Alert | None:
        keys = [key(ND, Family.EVENTS), key(ND, Family.ALERT, alert_id), key(ND, Family.DUE)]
        return _alert(alert_id, pairs(await self._move(keys, alert_id, _STEPS[to], to, reason)))

    async def release(self, now: datetime) -> Sequence[str]:
        keys = [key(ND, Family.EVENTS), key(ND, Family.DUE)]
        return tuple(await self._release(keys, prefix(ND, Family.ALERT), to_ms(now), _AT_ONCE))


def _alert(alert_id: str, fields: dict[str, str]) -> Alert | None:
    if not fields:
        return None
    draft = DRAFT.load(fields["draft"])
    return Alert(
        id=alert_id,
        story_id=fields["story_id"],
        article=draft.article,
        importance=draft.importance,
        topic=draft.topic,
        poll_id=draft.poll_id,
        state=AlertState(fields["state"]),
        version=int(fields["version"]),
        created_at=from_ms(fields["created_at"]),
        publish_at=from_ms(fields["publish_at"]),
        reason=fields["reason"],
    )
