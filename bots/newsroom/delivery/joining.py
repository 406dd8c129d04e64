"""When a room's budget is short, waiting comments are shown in one message."""

from collections.abc import Sequence
from dataclasses import replace

from bots.newsroom.messages import Choice, Message

JOINED_AT_MOST = 10
"""So that the buttons still fit one message of either platform, and Discord shows ten embeds in one."""
LONGEST_JOINED = 3000
"""UTF-16 units of all quotes: with names and markup they stay uncut within Telegram's 4,096 and Discord's 6,000."""


def fit_together(messages: Sequence[Message]) -> int:
    """How many of them, from the first, can be shown in one message without cutting anybody's words."""
    total = 0
    for number, message in enumerate(messages[:JOINED_AT_MOST]):
        total += sum(len(quote.text.encode("utf-16-le", "surrogatepass")) // 2 for quote in message.quotes)
        if total > LONGEST_JOINED:
            return number
    return min(len(messages), JOINED_AT_MOST)


def join_messages(messages: Sequence[Message]) -> Message | None:
    """One message with all quotes in order; None when there is nothing left to show."""
    if not messages:
        return None
    if len(messages) == 1:
        return messages[0]
    quotes = tuple(quote for message in messages for quote in message.quotes)
    choices = tuple(_named(message) for message in messages if message.choices)
    return replace(messages[0], quotes=quotes, choices=_in_pairs(choices))


def _named(message: Message) -> Choice:
    """The message's first button, with the author's name: "Reply" below three comments would not say to whom."""
    choice = message.choices[0][0]
    name = message.quotes[0].byline.split(" · ")[0] if message.quotes else ""
    return replace(choice, label=f"{choice.label} to {name}"[:40]) if name else choice


def _in_pairs(choices: tuple[Choice, ...]) -> tuple[tuple[Choice, ...], ...]:
    return tuple(choices[at : at + 2] for at in range(0, len(choices), 2))
