"""Counts the changes of a local platform, so that a page can wait for the next one."""

import asyncio
import contextlib


class Revision:
    def __init__(self) -> None:
        self.number = 0
        self._changed = asyncio.Event()

    def advance(self) -> None:
        self.number += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_beyond(self, seen: int, timeout: float) -> int:  # noqa: ASYNC109 (the page says how long)
        """The number as soon as it is greater than `seen`, or as it is when `timeout` seconds have passed."""
        if self.number <= seen:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), timeout)
        return self.number
