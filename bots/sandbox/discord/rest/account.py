"""The bot itself: who it is, where its gateway is, direct messages it opens."""

from bots.sandbox.discord import errors
from bots.sandbox.discord.rest.call import Call
from bots.sandbox.discord.state import DM, Channel, Json
from bots.sandbox.discord.wire import application_json, channel_json, guild_json, own_user_json, user_json


def get_gateway(call: Call) -> Json:
    return {"url": call.world.gateway_url}


def get_bot_gateway(call: Call) -> Json:
    limit = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": call.world.gateway_url, "shards": 1, "session_start_limit": limit}


def get_my_user(call: Call) -> Json:
    return own_user_json(call.world.user(call.bot.user_id))


def get_user(call: Call) -> Json:
    return user_json(call.world.user(call.path["user_id"]))


def get_my_application(call: Call) -> Json:
    return application_json(call.world, call.bot)


def get_my_oauth2_application(call: Call) -> Json:
    return application_json(call.world, call.bot)


def list_my_guilds(call: Call) -> list[Json]:
    guilds = [guild for guild in call.world.state.guilds.values() if call.bot.user_id in guild.members]
    keys = ("id", "name", "icon", "banner", "features")
    return [
        {key: value for key, value in guild_json(guild).items() if key in keys}
        | {"owner": False, "permissions": str(guild.roles[guild.id].permissions)}
        for guild in guilds
    ]


def create_dm(call: Call) -> Json:
    """Open (or find) the direct channel. Whether the person takes messages shows only when one is sent."""
    recipient = str(call.body.get("recipient_id", ""))
    if recipient not in call.world.state.users:
        raise errors.invalid("recipient_id", "USER_INVALID", "Unknown user")
    channel = call.world.dm_between(call.bot.user_id, recipient)
    if channel is None:
        channel = Channel(call.world.new_id(), DM, recipients=[recipient, call.bot.user_id])
        call.world.state.channels[channel.id] = channel
    return channel_json(call.world, channel, call.bot.user_id)
