"""Every REST method the local Discord knows. Names and path parameters are those of Discord's own description."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bots.sandbox.discord.rest import account, channels, commands, guilds, interactions, messages, webhooks
from bots.sandbox.discord.rest.call import Call

Method = Callable[[Call], Any]


@dataclass(frozen=True)
class Route:
    """`status` is that of success; a method that gives None is answered 204 without a body."""

    verb: str
    path: str
    method: Method
    status: int = 200

    @property
    def name(self) -> str:
        return self.method.__name__

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path))

    @property
    def needs_token(self) -> bool:
        """Answers to interactions carry the interaction's own token in the path instead of the bot's."""
        return not self.path.startswith(("/interactions/", "/webhooks/"))


CHANNEL = "/channels/{channel_id}"
MESSAGES = f"{CHANNEL}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"
REACTION = f"{MESSAGE}/reactions/{{emoji_name}}"
THREAD_MEMBERS = f"{CHANNEL}/thread-members"
GUILD = "/guilds/{guild_id}"
MEMBER = f"{GUILD}/members/{{user_id}}"
COMMANDS = "/applications/{application_id}/commands"
GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"

ROUTES: tuple[Route, ...] = (
    Route("GET", "/gateway", account.get_gateway),
    Route("GET", "/gateway/bot", account.get_bot_gateway),
    Route("GET", "/users/@me", account.get_my_user),
    Route("GET", "/users/@me/guilds", account.list_my_guilds),
    Route("POST", "/users/@me/channels", account.create_dm),
    Route("GET", "/users/{user_id}", account.get_user),
    Route("GET", "/applications/@me", account.get_my_application),
    Route("GET", "/oauth2/applications/@me", account.get_my_oauth2_application),
    Route("GET", GUILD, guilds.get_guild),
    Route("GET", f"{GUILD}/channels", guilds.list_guild_channels),
    Route("GET", f"{GUILD}/roles", guilds.list_guild_roles),
    Route("POST", f"{GUILD}/roles", guilds.create_guild_role),
    Route("POST", f"{GUILD}/roles", guilds.create_guild_role),
    Route("GET", f"{GUILD}/roles/{{role_id}}", guilds.get_guild_role),
    Route("PATCH", f"{GUILD}/roles/{{role_id}}", guilds.update_guild_role),
    Route("DELETE", f"{GUILD}/roles/{{role_id}}", guilds.delete_guild_role),
    Route("GET", f"{GUILD}/members", guilds.list_guild_members),
    Route("GET", f"{GUILD}/members/search", guilds.search_guild_members),
    Route("GET", MEMBER, guilds.get_guild_member),
    Route("DELETE", MEMBER, guilds.delete_guild_member),
    Route("PUT", f"{MEMBER}/roles/{{role_id}}", guilds.add_guild_member_role),
    Route("DELETE", f"{MEMBER}/roles/{{role_id}}", guilds.delete_guild_member_role),
    Route("PUT", f"{GUILD}/bans/{{user_id}}", guilds.ban_user_from_guild),
    Route("DELETE", f"{GUILD}/bans/{{user_id}}", guilds.unban_user_from_guild),
    Route("GET", f"{GUILD}/threads/active", channels.get_active_guild_threads),
    Route("GET", CHANNEL, channels.get_channel),
    Route("PATCH", CHANNEL, channels.update_channel),
    Route("DELETE", CHANNEL, channels.delete_channel),
    Route("PUT", f"{CHANNEL}/permissions/{{overwrite_id}}", channels.set_channel_permission_overwrite),
    Route("DELETE", f"{CHANNEL}/permissions/{{overwrite_id}}", channels.delete_channel_permission_overwrite),
    Route("POST", f"{CHANNEL}/typing", channels.trigger_typing_indicator),
    Route("GET", f"{MESSAGES}/pins", channels.list_pins),
    Route("PUT", f"{MESSAGES}/pins/{{message_id}}", channels.create_pin),
    Route("DELETE", f"{MESSAGES}/pins/{{message_id}}", channels.delete_pin),
    Route("GET", f"{CHANNEL}/pins", channels.deprecated_list_pins),
    Route("GET", MESSAGES, messages.list_messages),
    Route("POST", MESSAGES, messages.create_message),
    Route("POST", f"{MESSAGES}/bulk-delete", messages.bulk_delete_messages),
    Route("GET", MESSAGE, messages.get_message),
    Route("PATCH", MESSAGE, messages.update_message),
    Route("DELETE", MESSAGE, messages.delete_message),
    Route("POST", f"{MESSAGE}/crosspost", messages.crosspost_message),
    Route("POST", f"{MESSAGE}/threads", channels.create_thread_from_message, 201),
    Route("GET", REACTION, messages.list_message_reactions_by_emoji),
    Route("PUT", f"{REACTION}/@me", messages.add_my_message_reaction),
    Route("DELETE", f"{REACTION}/@me", messages.delete_my_message_reaction),
    Route("DELETE", f"{REACTION}/{{user_id}}", messages.delete_user_message_reaction),
    Route("POST", f"{CHANNEL}/polls/{{message_id}}/expire", messages.poll_expire),
    Route("POST", f"{CHANNEL}/threads", channels.create_thread, 201),
    Route("GET", f"{CHANNEL}/threads/archived/public", channels.list_public_archived_threads),
    Route("GET", THREAD_MEMBERS, channels.list_thread_members),
    Route("PUT", f"{THREAD_MEMBERS}/@me", channels.join_thread),
    Route("DELETE", f"{THREAD_MEMBERS}/@me", channels.leave_thread),
    Route("GET", f"{THREAD_MEMBERS}/{{user_id}}", channels.get_thread_member),
    Route("PUT", f"{THREAD_MEMBERS}/{{user_id}}", channels.add_thread_member),
    Route("DELETE", f"{THREAD_MEMBERS}/{{user_id}}", channels.delete_thread_member),
    Route("GET", COMMANDS, commands.list_application_commands),
    Route("PUT", COMMANDS, commands.bulk_set_application_commands),
    Route("POST", COMMANDS, commands.create_application_command, 201),
    Route("GET", f"{COMMANDS}/{{command_id}}", commands.get_application_command),
    Route("DELETE", f"{COMMANDS}/{{command_id}}", commands.delete_application_command),
    Route("GET", GUILD_COMMANDS, commands.list_guild_application_commands),
    Route("PUT", GUILD_COMMANDS, commands.bulk_set_guild_application_commands),
    Route("POST", GUILD_COMMANDS, commands.create_guild_application_command, 201),
    Route("DELETE", f"{GUILD_COMMANDS}/{{command_id}}", commands.delete_guild_application_command),
    Route(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        interactions.create_interaction_response,
    ),
    Route("POST", WEBHOOK, webhooks.execute_webhook),
    Route("GET", f"{WEBHOOK}/messages/@original", webhooks.get_original_webhook_message),
    Route("PATCH", f"{WEBHOOK}/messages/@original", webhooks.update_original_webhook_message),
    Route("DELETE", f"{WEBHOOK}/messages/@original", webhooks.delete_original_webhook_message),
    Route("GET", f"{WEBHOOK}/messages/{{message_id}}", webhooks.get_webhook_message),
    Route("PATCH", f"{WEBHOOK}/messages/{{message_id}}", webhooks.update_webhook_message),
    Route("DELETE", f"{WEBHOOK}/messages/{{message_id}}", webhooks.delete_webhook_message),
)


def find(verb: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The route of a request path below /api/v10, and its path parameters."""
    for route in ROUTES:
        match = route.pattern.fullmatch(path) if route.verb == verb else None
        if match:
            return route, match.groupdict()
    return None
