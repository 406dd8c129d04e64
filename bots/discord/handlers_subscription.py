"""Readers choose what reaches them; and the commands that explain."""

import logging

import discord

from bots.discord.desk import Desk, Press, acknowledge
from bots.discord.roles import UnsafeRole
from bots.discord.texts import DM_OFF, DM_ON, HELP, MAY_NOT_GIVE, NOT_NOW, topics_message
from bots.discord.texts import where as place_of
from bots.newsroom.actions import Action
from bots.newsroom.messages import Message, Platform
from bots.newsroom.readers import ALL_TOPICS

LOOK_FOR_S = 20.0

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
        await desk.whisper(press, MAY_NOT_GIVE)
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
    return topics_message(names, followed)


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
        await desk.answer(press, place_of(press.channel_id, press.guild_id, press.user.id))


async def explain(desk: Desk, press: Press) -> None:
    if await acknowledge(press):
        await desk.answer(press, HELP)
