from datetime import datetime, timedelta

PAUSE = timedelta(minutes=1)


class Notices:
    """How often a thread may be told the same: once a minute."""

    def __init__(self) -> None:
        self._last: dict[int, datetime] = {}

    def allow(self, thread: int, now: datetime) -> bool:
        self._last = {other: at for other, at in self._last.items() if now - at < PAUSE}
        if thread in self._last:
            return False
        self._last[thread] = now
        return True
