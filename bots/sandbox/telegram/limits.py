"""How often a bot may speak, as Telegram's FAQ puts it.

Once a second in a chat with short bursts, 20 times a minute in a group or channel, 30 times a second in all. Telegram
publishes no exact rule; the size of the burst is ours.
"""

from collections import defaultdict, deque

from bots.sandbox.telegram.errors import flood

COUNTED = ("send", "edit", "forward", "copy", "stopPoll")
UNCOUNTED = frozenset({"sendChatAction"})
_OVERALL = (30, 1.0)
_PRIVATE = (5, 5.0)  # a burst of five, then one a second on average
_GROUP = (20, 60.0)


class Limits:
    def __init__(self) -> None:
        self._sent: dict[str, deque[float]] = defaultdict(deque)

    def spend(self, bot_id: int, chat_id: str, now: float) -> None:
        """Count one message or edit. ApiError 429 with the seconds to wait when it is one too many."""
        in_chat = _GROUP if chat_id.startswith("-") else _PRIVATE  # people's ids are positive, all others negative
        self._check(f"{bot_id}", _OVERALL, now)
        self._check(f"{bot_id} {chat_id}", in_chat, now)
        self._sent[f"{bot_id}"].append(now)
        self._sent[f"{bot_id} {chat_id}"].append(now)

    def _check(self, window: str, rule: tuple[int, float], now: float) -> None:
        most, seconds = rule
        sent = self._sent[window]
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        if len(sent) >= most:
            raise flood(sent[0] + seconds - now)


def counts(method: str) -> bool:
    return method.startswith(COUNTED) and method not in UNCOUNTED
