"""Choices as buttons: at most five rows of five (Discord). What a press sends back is the choice's action itself."""

import math
from collections.abc import Sequence

import discord

from bots.discord.fit import fit, length
from bots.discord.text import one_line
from bots.newsroom.actions import Verb, parse_action
from bots.newsroom.messages import Choice, Message, Tone

ROWS, IN_ROW, LABEL, URL = 5, 5, 80, 512
STYLES = {Tone.GOOD: discord.ButtonStyle.success, Tone.BAD: discord.ButtonStyle.danger}


def view(message: Message) -> discord.ui.View:
    """The buttons of a message. Stopped from the start: presses are told apart by their action, not remembered here."""
    shown = discord.ui.View(timeout=None)
    for number, row in enumerate(rows(message.choices)):
        for choice in row:
            shown.add_item(_button(choice, number))
    shown.stop()
    return shown


def rows(choices: Sequence[Sequence[Choice]]) -> list[list[Choice]]:
    """The rows as they are where Discord takes them, else the same buttons in rows of equal length; 25 at most."""
    kept = [[choice for choice in row if _possible(choice)] for row in choices]
    kept = [row for row in kept if row]
    if len(kept) <= ROWS and all(len(row) <= IN_ROW for row in kept):
        return kept
    flat = [choice for row in kept for choice in row][: ROWS * IN_ROW]
    size = math.ceil(len(flat) / ROWS)
    return [flat[at : at + size] for at in range(0, len(flat), size)]


def _possible(choice: Choice) -> bool:
    """Whether it can be a button at all: an address that is too long still is the headline's link."""
    if choice.url:
        return choice.url.startswith(("http://", "https://")) and length(choice.url) <= URL
    return bool(choice.action and one_line(choice.label))


def _button(choice: Choice, row: int) -> discord.ui.Button[discord.ui.View]:
    label = fit(one_line(choice.label), LABEL, str)
    if choice.url:
        return discord.ui.Button(label=label or "Read", url=choice.url, row=row)
    return discord.ui.Button(label=label, custom_id=choice.action, style=_style(choice), row=row)


def _style(choice: Choice) -> discord.ButtonStyle:
    """Votes stand out from what else can be pressed."""
    action = parse_action(choice.action)
    voting = action is not None and action.verb is Verb.VOTE
    return STYLES.get(choice.tone, discord.ButtonStyle.primary if voting else discord.ButtonStyle.secondary)
