"""Which bot hears of which event: by what it can see and by the intents it asked for."""

from bots.sandbox.discord.state import Bot, Json, Session
from bots.sandbox.discord.wire_messages import without_content
from bots.sandbox.discord.world import Event, World

GUILDS, GUILD_MEMBERS = 1 << 0, 1 << 1
GUILD_MESSAGES, GUILD_REACTIONS = 1 << 9, 1 << 10
DIRECT_MESSAGES, DIRECT_REACTIONS = 1 << 12, 1 << 13
MESSAGE_CONTENT = 1 << 15
GUILD_POLLS, DIRECT_POLLS = 1 << 24, 1 << 25

# Event name, up to its verb -> the intent in a guild, the intent in direct messages.
INTENTS = {
    "MESSAGE_REACTION_": (GUILD_REACTIONS, DIRECT_REACTIONS),
    "MESSAGE_POLL_": (GUILD_POLLS, DIRECT_POLLS),
    "MESSAGE_": (GUILD_MESSAGES, DIRECT_MESSAGES),
    "GUILD_MEMBER_": (GUILD_MEMBERS, 0),
    "GUILD_": (GUILDS, 0),
    "CHANNEL_": (GUILDS, 0),
    "THREAD_": (GUILDS, 0),
}
WITH_CONTENT = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE"})


def disallowed(bot: Bot, intents: int) -> bool:
    """Whether the bot asks for a privileged intent that is off in its developer portal (close code 4014)."""
    granted = MESSAGE_CONTENT * bot.message_content | GUILD_MEMBERS * bot.members
    return bool(intents & (MESSAGE_CONTENT | GUILD_MEMBERS) & ~granted)


def payload_for(world: World, session: Session, event: Event) -> Json | None:
    """What this session is sent of the event, None for nothing."""
    bot = world.state.bots.get(session.token)
    if bot is None or not _hears(world, bot, session, event):
        return None
    if event.name in WITH_CONTENT and not session.intents & MESSAGE_CONTENT:
        return without_content(event.data, bot)
    return event.data


def _hears(world: World, bot: Bot, session: Session, event: Event) -> bool:
    if event.only_bot is not None:
        return event.only_bot == bot.token
    if event.channel_id and not world.permissions(world.channel(event.channel_id), bot.user_id):
        return False
    in_guild, direct = next(both for name, both in INTENTS.items() if event.name.startswith(name))
    if event.guild_id is None:
        return bool(session.intents & direct)
    return bool(session.intents & in_guild) and bot.user_id in world.guild(event.guild_id).members
