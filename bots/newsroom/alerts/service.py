from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bots.newsroom.alerts.alert import Alert, AlertDraft, AlertState
from bots.newsroom.clock import Clock


class AlertStore(Protocol):
    """Each change is one idempotent script that also writes the event the planners follow."""

    async def add(self, draft: AlertDraft, *, state: AlertState, now: datetime, publish_at: datetime, op: str) -> Alert:
        """Creates the alert and its story, once for each `op`: a repeat gives the first one back."""

    async def get(self, alert_id: str) -> Alert | None: ...
    async def of_story(self, story_id: str) -> Alert | None: ...
    async def of_poll(self, poll_id: str) -> Alert | None: ...
    async def newest(self, limit: int) -> Sequence[Alert]: ...

    async def move(self, alert_id: str, to: AlertState, *, reason: str) -> Alert | None:
        """PUBLISHED -> RETRACTED or SCHEDULED -> CANCELLED; nothing else moves. Gives the alert as it is now."""

    async def release(self, now: datetime) -> Sequence[str]:
        """Publishes what is due; each leaves the due-set in the very script that publishes it."""


class UnknownAlert(Exception):
    """There is no alert of that id."""


class WrongState(Exception):
    """The alert is not in a state from which that can be done; the text says which and what to do."""


class Alerts:
    """Publishing, scheduling, cancelling and retracting. `op` makes a repeated command happen once."""

    def __init__(self, store: AlertStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def publish(self, draft: AlertDraft, op: str) -> Alert:
        now = self._clock()
        return await self._store.add(draft, state=AlertState.PUBLISHED, now=now, publish_at=now, op=op)

    async def schedule(self, draft: AlertDraft, at: datetime, op: str) -> Alert:
        return await self._store.add(draft, state=AlertState.SCHEDULED, now=self._clock(), publish_at=at, op=op)

    async def get(self, alert_id: str) -> Alert:
        """Raises UnknownAlert."""
        alert = await self._store.get(alert_id)
        if alert is None:
            raise UnknownAlert(f"There is no alert {alert_id}. `newsdesk alert list` shows them all.")
        return alert

    async def newest(self, limit: int = 20) -> Sequence[Alert]:
        return await self._store.newest(limit)

    async def cancel(self, alert_id: str, reason: str = "") -> Alert:
        """Raises UnknownAlert, WrongState when it is out already."""
        return await self._move(
            alert_id, AlertState.CANCELLED, reason, "It is out already: use `newsdesk alert retract`."
        )

    async def retract(self, alert_id: str, reason: str) -> Alert:
        """Raises UnknownAlert, WrongState when it was never sent."""
        return await self._move(alert_id, AlertState.RETRACTED, reason, "It was not sent: use `newsdesk alert cancel`.")

    async def release_due(self) -> Sequence[str]:
        return await self._store.release(self._clock())

    async def _move(self, alert_id: str, to: AlertState, reason: str, otherwise: str) -> Alert:
        await self.get(alert_id)
        alert = await self._store.move(alert_id, to, reason=reason)
        if alert is None or alert.state is not to:
            state = alert.state if alert else "gone"
            raise WrongState(f"Alert {alert_id} is {state}. {otherwise}")
        return alert
