"""Looks whether Telegram is set up as the newsroom needs it, and says of each thing how to mend it."""

from telegram import Bot, ChatFullInfo, ChatMemberAdministrator, ChatMemberOwner
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bots.bootstrap.checkup import Finding
from bots.newsroom.messages import Room
from bots.telegram.app import OFF
from bots.telegram.errors import SETTING
from bots.telegram.intake import NOT_ACCEPTED
from config import Settings, TelegramSettings


async def check(settings: Settings) -> list[Finding]:
    """Every finding, good ones too, in the order in which to mend them. Nothing is written anywhere."""
    telegram = settings.telegram
    if telegram.token is None:
        return [Finding(False, "Telegram is off", OFF)]
    bot = Bot(telegram.token.get_secret_value(), base_url=telegram.api_base_url, base_file_url=telegram.file_base_url)
    try:
        async with bot:
            return [Finding(True, f"The token is valid: @{bot.username}"), *await _rooms(bot, settings)]
    except InvalidToken:
        return [Finding(False, "The token is not valid", NOT_ACCEPTED)]
    except TelegramError as error:
        return [Finding(False, f"Telegram does not answer ({error})", "Check the network and TELEGRAM_API_BASE_URL.")]


async def _rooms(bot: Bot, settings: Settings) -> list[Finding]:
    findings, channel = await _reach(bot, Room.CHANNEL, settings.telegram.channel)
    if channel:
        findings += await _rights(bot, channel, ("can_post_messages", "can_edit_messages", "can_delete_messages"))
        findings += await _discussion(bot, channel, settings)
    return findings + await _moderators(bot, settings.telegram)


async def _discussion(bot: Bot, channel: ChatFullInfo, settings: Settings) -> list[Finding]:
    if channel.linked_chat_id is None:
        how = f"In Telegram: {channel.title}, Edit, Discussion, and choose or create a group."
        return [Finding(False, "The channel has no discussion group, so there are no comments", how)]
    findings, group = await _reach(bot, Room.STORY, settings.telegram.discussion or str(channel.linked_chat_id))
    if group is None:
        return findings
    if group.id != channel.linked_chat_id:
        how = f"Remove {SETTING[Room.STORY]}, or link that group to the channel."
        findings.append(Finding(False, f"{group.title} is not the channel's discussion group", how))
    return [*findings, *await _rights(bot, group, ("can_delete_messages",)), _typing(group, settings)]


def _typing(group: ChatFullInfo, settings: Settings) -> Finding:
    """Comments come through the button unless they may be typed directly."""
    is_open = group.permissions is not None and bool(group.permissions.can_send_messages)
    direct = settings.comments.direct
    if is_open and not direct:
        how = f"In Telegram: {group.title}, Permissions, switch Send Messages off. Or set direct = true in [comments]."
        return Finding(False, "Readers can type past the moderation in the discussion group", how)
    if direct and not is_open:
        how = f"In Telegram: {group.title}, Permissions, switch Send Messages on. Or set direct = false in [comments]."
        return Finding(False, "Direct comments are on, but the discussion group lets nobody write", how)
    return Finding(True, "Readers may type in the discussion group" if direct else "Typing in the discussion is closed")


async def _moderators(bot: Bot, settings: TelegramSettings) -> list[Finding]:
    findings, room = await _reach(bot, Room.MODERATORS, settings.moderators)
    if room is None:
        return findings
    member = await bot.get_chat_member(room.id, bot.id)
    may_write = isinstance(member, ChatMemberAdministrator | ChatMemberOwner) or bool(
        room.permissions and room.permissions.can_send_messages
    )
    how = f"Make the bot an administrator of {room.title}."
    return [*findings, Finding(may_write, f"The bot may write in {room.title}", "" if may_write else how)]


async def _reach(bot: Bot, room: Room, chat: str | None) -> tuple[list[Finding], ChatFullInfo | None]:
    setting = SETTING[room]
    if chat is None:
        how = f"Add the bot to that chat, send /where there, and set {setting} to the answer."
        return [Finding(False, f"{setting} is not set", how)], None
    try:
        found = await bot.get_chat(chat)
    except (BadRequest, Forbidden) as error:
        how = f"Add the bot to it, send /where there, and set {setting} to the answer."
        return [Finding(False, f"{setting} ({chat}) cannot be reached: {error}", how)], None
    return [Finding(True, f"{setting} is {found.title}")], found


async def _rights(bot: Bot, chat: ChatFullInfo, wanted: tuple[str, ...]) -> list[Finding]:
    member = await bot.get_chat_member(chat.id, bot.id)
    if isinstance(member, ChatMemberOwner):
        return [Finding(True, f"The bot owns {chat.title}")]
    lacking = [name for name in wanted if not getattr(member, name, False)]
    if not lacking:
        return [Finding(True, f"The bot has the rights it needs in {chat.title}")]
    rights = ", ".join(name.removeprefix("can_").replace("_", " ") for name in lacking)
    how = f"In Telegram: {chat.title}, Administrators, add the bot and allow: {rights}."
    return [Finding(False, f"The bot lacks rights in {chat.title}: {rights}", how)]
