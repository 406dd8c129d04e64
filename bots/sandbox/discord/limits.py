"""Discord's rate limits: a bucket for each route and channel, told in headers, and 50 requests a second in all.

The platform publishes no numbers for its buckets; these are what libraries see. Edits and publications in an
announcement channel have limits of their own that no header announces (docs of discord-api-docs 6109 and 4956).
"""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bots.sandbox.discord.state import Json

GLOBAL_PER_SECOND = 50


@dataclass(frozen=True)
class Rate:
    times: int
    seconds: float


BUCKETS: Mapping[str, Rate] = {
    "create_message": Rate(5, 5),
    "update_message": Rate(5, 5),
    "delete_message": Rate(5, 1),
    "create_dm": Rate(10, 10),
    "add_my_message_reaction": Rate(1, 0.25),
}
OTHER = Rate(50, 1)
HIDDEN: Mapping[str, Rate] = {"update_message": Rate(3, 3600), "crosspost_message": Rate(10, 3600)}


@dataclass(frozen=True)
class Verdict:
    """Headers for the answer, and the body of the 429 when the request is over a limit."""

    headers: dict[str, str]
    refusal: Json | None = None


class Limits:
    def __init__(self) -> None:
        self._used: dict[str, deque[datetime]] = {}

    def judge(self, name: str, major: str, now: datetime, *, announcement: bool) -> Verdict:
        """`name` of the method and `major` path parameter make the bucket. A request that is refused is not counted."""
        wait = self._wait("global", Rate(GLOBAL_PER_SECOND, 1), now)
        if wait:
            return Verdict({"X-RateLimit-Global": "true"} | _scope("global"), _refusal(wait, everywhere=True))
        hidden = HIDDEN.get(name) if announcement else None
        wait = self._wait(f"hidden:{name}:{major}", hidden, now) if hidden else 0
        if wait:
            return Verdict(_scope("shared"), _refusal(wait) | {"code": 20022})
        return self._judge_bucket(name, major, now)

    def _judge_bucket(self, name: str, major: str, now: datetime) -> Verdict:
        rate, key = BUCKETS.get(name, OTHER), f"{name}:{major}"
        wait = self._wait(key, rate, now)
        used = self._used[key]
        reset = (used[0] + timedelta(seconds=rate.seconds)) if used else now
        headers = {
            "X-RateLimit-Limit": str(rate.times),
            "X-RateLimit-Remaining": str(max(0, rate.times - len(used))),
            "X-RateLimit-Reset": f"{reset.timestamp():.3f}",
            "X-RateLimit-Reset-After": f"{(reset - now).total_seconds():.3f}",
            "X-RateLimit-Bucket": f"{name}-bucket",
        }
        return Verdict(headers | _scope("user"), _refusal(wait)) if wait else Verdict(headers)

    def _wait(self, key: str, rate: Rate, now: datetime) -> float:
        """Seconds until there is room, 0 when there is (and then this request has taken it)."""
        used = self._used.setdefault(key, deque())
        while used and now - used[0] >= timedelta(seconds=rate.seconds):
            used.popleft()
        if len(used) < rate.times:
            used.append(now)
            return 0
        return rate.seconds - (now - used[0]).total_seconds()


def _scope(scope: str) -> dict[str, str]:
    return {"X-RateLimit-Scope": scope}


def _refusal(wait: float, *, everywhere: bool = False) -> Json:
    retry_after = math.ceil(wait * 1000) / 1000
    return {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
