"""When a room's budget is short, waiting comments are shown in one message."""

from collections.abc import Sequence
from dataclasses import replace

from bots.newsroom.messages import Choice, Message

JOINED_AT_MOST = 10
"""So that quotes of ordinary length and their buttons still fit one message of either platform."""


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
