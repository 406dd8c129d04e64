"""The commands that Telegram suggests: to readers in private, to staff in the moderators' room and the discussion."""

import logging
from collections.abc import Mapping

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
)
from telegram.error import BadRequest

from bots.newsroom.messages import Room
from bots.telegram.chats import Chats

READERS = {
    "topics": "Choose which alerts you get here",
    "subscribe": "Get every alert here",
    "stop": "Get no more alerts here",
    "mycomments": "Your comments, and how to take one back",
    "help": "What you can do here",
}
MODERATORS = {"where": "The number of this chat, for the settings"}
DISCUSSION = {"takedown": "As an answer to a comment: take it down everywhere"}

log = logging.getLogger(__name__)


async def publish(bot: Bot, chats: Chats) -> None:
    """Sets what differs from what Telegram has: it limits how often commands may change."""
    await _set(bot, READERS, BotCommandScopeAllPrivateChats())
    if moderators := await chats.number(Room.MODERATORS):
        await _set(bot, MODERATORS, BotCommandScopeChat(moderators))
    if discussion := await chats.number(Room.STORY):
        await _set(bot, DISCUSSION, BotCommandScopeChatAdministrators(discussion))


async def _set(bot: Bot, commands: Mapping[str, str], scope: BotCommandScope) -> None:
    wanted = tuple(BotCommand(name, text) for name, text in commands.items())
    try:
        if await bot.get_my_commands(scope) != wanted:
            await bot.set_my_commands(wanted, scope)
    except BadRequest as error:
        log.warning("The commands of a chat could not be set (%s): `newsdesk doctor` says what the bot lacks.", error)
