"""Readers choose what reaches them; and the commands that explain."""

import logging

import discord

from bots.discord.desk import Desk, Press, acknowledge
from bots.discord.roles import UnsafeRole
from bots.newsroom.actions import Action, Verb
from bots.newsroom.messages import Choice, Message, Platform, Section, Tone
from bots.newsroom.readers import ALL_TOPICS

LOOK_FOR_S = 20.0
IN_ROW, MOST = 4, 25
HELP = Message(
    title="How this works",
    body="Alerts appear in the alerts channel, each with a thread for comments.",
    sections=(
        Section("Vote", ("Press one of the buttons below an alert. You can change your vote until the poll closes.",)),
        Section(
            "Comment",
            (
                "Press Comment below an alert, or Reply below a comment.",
                "It is checked, then it appears on Telegram and on Discord under your name.",
                "/mycomments shows what became of yours, and takes them back.",
            ),
        ),
        Section(
            "Be told",
            (
                "/topics chooses what you are mentioned for.",
                "/alerts-in-dm sends you every alert as a direct message, and stops it.",
            ),
        ),
    ),
)
NOT_NOW = Message(body="That does not work just now. Please try again in a minute.", tone=Tone.BAD)
MAY_NOT = Message(
    body="The bot may not give this role. An administrator has to give the bot Manage Roles and put its role above.",
    tone=Tone.BAD,
)
DM_ON = Message(body="You get every alert as a direct message from now on. /alerts-in-dm off ends it.", tone=Tone.GOOD)
DM_OFF = Message(body="You get no alerts as direct messages any more.")

log = logging.getLogger(__name__)


async def topics(desk: Desk, press: Press) -> None:
    if await acknowledge(press):
        await desk.answer(press, await _choice(desk, press.user.id))


async def toggle(desk: Desk, press: Press, action: Action) -> None:
    """Follows or stops following one topic; the buttons show it."""
    if not await acknowledge(press, quietly=True):
        return
    try:
        followed = await desk.roles.followed(desk.newsroom.settings.topics, press.user.id)
        if action.subject in desk.newsroom.settings.topics:
            await desk.roles.follow(action.subject, press.user.id, wanted=action.subject not in followed)
    except (discord.Forbidden, UnsafeRole) as error:
        log.warning("A topic's role could not be given: %s", error)
        await desk.whisper(press, MAY_NOT)
        return
    except discord.DiscordException as error:
        log.warning("A topic's role could not be given: %s", error)
        await desk.whisper(press, NOT_NOW)
        return
    await desk.answer(press, await _choice(desk, press.user.id))


async def _choice(desk: Desk, account: int) -> Message:
    names = desk.newsroom.settings.topics
    try:
        followed = await desk.persist(lambda: desk.roles.followed(names, account), LOOK_FOR_S)
    except discord.DiscordException as error:
        log.warning("The roles of a member could not be read: %s", error)
        return NOT_NOW
    buttons = [_button(topic, on=topic in followed) for topic in names[:MOST]]
    rows = tuple(tuple(buttons[at : at + IN_ROW]) for at in range(0, len(buttons), IN_ROW))
    return Message(title="Your topics", body="You are mentioned with each alert on a topic you follow.", choices=rows)


def _button(topic: str, *, on: bool) -> Choice:
    label = f"✓ {topic}" if on else topic
    return Choice(label, str(Action(Verb.TOPIC, topic)), tone=Tone.GOOD if on else Tone.NEUTRAL)


async def alerts_in_dm(desk: Desk, press: Press, *, on: bool) -> None:
    """Direct messages go only to who asked for them."""
    if not await acknowledge(press):
        return
    wanted = frozenset({ALL_TOPICS}) if on else frozenset[str]()
    readers = desk.newsroom.stores.readers
    try:
        await desk.persist(lambda: readers.subscribe(Platform.DISCORD, str(press.user.id), wanted), LOOK_FOR_S)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the store, the reader gets an answer
        log.warning("A subscription could not be kept: %r", error)
        await desk.answer(press, NOT_NOW)
        return
    await desk.answer(press, DM_ON if on else DM_OFF)


async def where(desk: Desk, press: Press) -> None:
    """The ids that the settings ask for."""
    if await acknowledge(press):
        ids = (f"Channel: {press.channel_id}", f"Server: {press.guild_id}", f"You: {press.user.id}")
        await desk.answer(press, Message(title="Where you are", sections=(Section("", ids, bullets=False),)))


async def explain(desk: Desk, press: Press) -> None:
    if await acknowledge(press):
        await desk.answer(press, HELP)
