"""How far this machine's clock is from others': a wrong one sends alerts at the wrong time."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx2

from bots.newsroom.clock import Clock

PATIENCE_S = 5.0


async def ahead_of(url: str, clock: Clock) -> timedelta | None:
    """How far our clock is ahead of the server's, to a second; None when the server does not answer or tell."""
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE_S) as client:
            answer = await client.head(url)
    except httpx2.HTTPError:
        return None
    told = answer.headers.get("date")
    return clock() - parsedate_to_datetime(told) if told else None
