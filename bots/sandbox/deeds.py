"""What a page may let people do: an allow-list of their actions, with the arguments checked before anything happens."""

import inspect
from dataclasses import asdict, is_dataclass
from typing import Any

from pydantic import ValidationError, validate_call

from bots.sandbox.discord import DiscordServer
from bots.sandbox.discord import NotPossible as NotPossibleOnDiscord
from bots.sandbox.discord.errors import ApiError
from bots.sandbox.personas import PEOPLE
from bots.sandbox.telegram import NotPossible as NotPossibleOnTelegram
from bots.sandbox.telegram import TelegramServer
from bots.sandbox.telegram.world import Query

ON_TELEGRAM = frozenset(
    {
        "say",
        "send_photo",
        "send_sticker",
        "send_voice",
        "forward",
        "edit",
        "delete",
        "react",
        "start_bot",
        "follow_link",
        "block",
        "unblock",
        "join",
        "leave",
        "read",
        "press",
        "tap",
        "vote",
        "suggested_commands",
    }
)
ON_DISCORD = frozenset(
    {
        "say",
        "send_sticker",
        "edit",
        "delete",
        "react",
        "vote",
        "open_dm",
        "close_dms",
        "join",
        "leave",
        "mark_read",
        "click",
        "select",
        "slash",
        "message_command",
        "submit_modal",
        "close_modal",
        "autocomplete",
        "commands_for",
    }
)


class NotPossible(Exception):
    """The person cannot do this; the text says why, in a sentence for the page."""


class Deeds:
    def __init__(self, telegram: TelegramServer, discord: DiscordServer) -> None:
        self._servers: dict[str, tuple[TelegramServer | DiscordServer, frozenset[str]]] = {
            "telegram": (telegram, ON_TELEGRAM),
            "discord": (discord, ON_DISCORD),
        }

    async def do(self, platform: str, person: str, action: str, arguments: dict[str, Any]) -> Any:
        """Act as that person; gives what the action gives, as plain values. Raises NotPossible."""
        server, allowed = self._servers.get(platform, (None, frozenset[str]()))
        if action not in allowed or not _lives_on(platform, person):
            raise NotPossible(f"Nobody can {action} as {person} on {platform} here.")
        try:
            result = validate_call(getattr(server, action))(int(person), **arguments)
            return _plain(await result if inspect.isawaitable(result) else result)
        except ValidationError as error:
            raise NotPossible(_worded(action, error)) from None
        except (NotPossibleOnTelegram, NotPossibleOnDiscord, ApiError) as refused:
            raise NotPossible(str(refused)) from None


def _lives_on(platform: str, person: str) -> bool:
    return person in {str(getattr(someone, platform)) for someone in PEOPLE if getattr(someone, platform)}


def _plain(result: Any) -> Any:
    if isinstance(result, Query):
        return {"waiting": True, "id": result.id}
    return asdict(result) if is_dataclass(result) and not isinstance(result, type) else result


def _worded(action: str, error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    return f"{action} cannot be done so: {problem['loc'][-1]}: {problem['msg']}."
