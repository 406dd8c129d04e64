"""The environment's names for settings: one table, with what to do when a value is wrong."""

from collections.abc import Mapping
from typing import NamedTuple


class Variable(NamedTuple):
    name: str
    path: tuple[str, ...]
    advice: str


_CHAT = "give the chat's @name or its number; the bot answers /where in a chat with the number"
_CHANNEL = "give the channel's number: Discord, Settings, Advanced, Developer Mode, then right-click it, Copy ID"

VARIABLES: tuple[Variable, ...] = (
    Variable("TELEGRAM_BOT_TOKEN", ("telegram", "token"), "copy the token that @BotFather gave you"),
    Variable("TELEGRAM_API_BASE_URL", ("telegram", "api_base_url"), "for example https://api.telegram.org/bot"),
    Variable("TELEGRAM_CHANNEL", ("telegram", "channel"), _CHAT),
    Variable("TELEGRAM_DISCUSSION", ("telegram", "discussion"), _CHAT),
    Variable("TELEGRAM_MODERATORS", ("telegram", "moderators"), _CHAT),
    Variable("DISCORD_BOT_TOKEN", ("discord", "token"), "copy it from the Bot page of your Discord application"),
    Variable("DISCORD_API_BASE_URL", ("discord", "api_base_url"), "for example https://discord.com/api/v10"),
    Variable("DISCORD_GATEWAY_URL", ("discord", "gateway_url"), "leave it unset for Discord's own"),
    Variable("DISCORD_ALERTS_CHANNEL", ("discord", "alerts_channel"), _CHANNEL),
    Variable("DISCORD_MODERATORS_CHANNEL", ("discord", "moderators_channel"), _CHANNEL),
    Variable("REDIS_URL", ("redis_url",), "for example redis://127.0.0.1:6379/0, or leave it unset"),
    Variable("NEWSDESK_ALLOW_VOLATILE", ("allow_volatile",), "give true or false"),
    Variable("NEWSDESK_DATA", ("data",), "give a folder"),
    Variable("NEWSDESK_PORT", ("port",), "give a free port from 1 to 65535"),
    Variable("NEWSDESK_TIMEZONE", ("timezone",), "for example UTC or Europe/Berlin"),
    Variable(
        "NEWSDESK_STAFF",
        ("staff",),
        'give a JSON list such as [{"name": "Ada", "telegram": 123, "discord": 456, "role": "editor"}]',
    ),
    Variable("NEWSDESK_MODERATION_URL", ("moderation_url",), "for example http://127.0.0.1:8081"),
    Variable("NEWSDESK_MODERATION_KEY", ("moderation_key",), "`./newsdesk moderation keys add NAME` prints one"),
    Variable("NEWSDESK_KEEP_LABELS", ("keep_labels",), "give true or false"),
    Variable("NEWSDESK_CORAL_SECRET", ("coral_secret",), "copy the signing secret from Coral's moderation phase"),
    Variable("NEWSDESK_SCORER", ("scorer",), "`./newsdesk models list` shows what there is"),
    Variable("NEWSDESK_SANDBOX_URL", ("sandbox_url",), "`./newsdesk up` sets it; leave it unset"),
)

PLATFORM_PREFIXES = ("TELEGRAM_", "DISCORD_")
"""Everything that says where readers are; the sandbox replaces all of it at once."""
_OF_THE_REAL = frozenset({"NEWSDESK_STAFF", "REDIS_URL"})


def is_real(name: str) -> bool:
    """Whether the sandbox speaks for this variable: no real chat, nor its store, ever mixes with the local ones."""
    return name.startswith(PLATFORM_PREFIXES) or name in _OF_THE_REAL


def in_sandbox(environ: Mapping[str, str], local: Mapping[str, str]) -> dict[str, str]:
    """`environ` with every real chat, token and store replaced by the local platforms' variables."""
    return {**{name: value for name, value in environ.items() if not is_real(name)}, **local}


def variable_of(path: tuple[str | int, ...]) -> Variable | None:
    """The variable that sets the value at `path`, or one that contains it."""
    return next((variable for variable in VARIABLES if path[: len(variable.path)] == variable.path), None)
