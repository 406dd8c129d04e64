"""Which commands an app offers where: the narrowest scope that has any."""

from bots.sandbox.telegram.platform import Platform
from bots.sandbox.telegram.rights import in_charge
from bots.sandbox.telegram.world import Bot, Chat, ChatKind, Json, User


def scope_key(kind: str, chat: str = "", user: str = "", language: str = "") -> str:
    return f"{kind}|{chat}|{user}|{language}"


def suggested(platform: Platform, chat: Chat, person: User) -> list[Json]:
    """What the app offers this person when they type "/" in this chat."""
    staff = in_charge(chat, person.id)
    here = [bot for bot in platform.state.bots.values() if bot.user_id in chat.members or bot.user_id == chat.bot_id]
    return [command for bot in here for command in _of_bot(bot, chat, person, staff=staff)]


def _of_bot(bot: Bot, chat: Chat, person: User, *, staff: bool) -> list[Json]:
    for key in _keys(chat, person.id, staff=staff):
        for candidate in (f"{key}{person.language_code}", key):
            if candidate in bot.commands:
                return bot.commands[candidate]
    return []


def _keys(chat: Chat, user_id: int, *, staff: bool) -> list[str]:
    place = str(chat.id)
    if chat.kind == ChatKind.PRIVATE:
        return [scope_key("chat", place), scope_key("all_private_chats"), scope_key("default")]
    admins = [scope_key("chat_administrators", place)] if staff else []
    all_admins = [scope_key("all_chat_administrators")] if staff else []
    return [
        scope_key("chat_member", place, str(user_id)),
        *admins,
        scope_key("chat", place),
        *all_admins,
        scope_key("all_group_chats"),
        scope_key("default"),
    ]
