"""The private answer to a press, a command or a form: one message, written and rewritten for fifteen minutes."""

from typing import Any

import discord
from discord.http import Route, handle_message_parameters

from bots.discord.buttons import view
from bots.discord.render import embeds
from bots.newsroom.messages import Destination, Message, Platform, Room

PRIVATE = discord.MessageFlags(ephemeral=True)


def answer_to(interaction: discord.Interaction[Any]) -> Destination:
    """Where the answer to this interaction is; its address is the application's id and the interaction's token."""
    return Destination(Platform.DISCORD, Room.ANSWER, f"{interaction.application_id}:{interaction.token}")


async def write_answer(rest: discord.Client, address: str, message: Message) -> str:
    """Makes the answer show the message, whatever it showed before; gives the id of the platform's message.

    Not through the interaction itself: its client may be gone by now. Raises the library's errors.
    """
    with handle_message_parameters(
        embeds=embeds(message), view=view(message), content=None, allowed_mentions=discord.AllowedMentions.none()
    ) as params:
        shown = await rest.http.request(_original("PATCH", address), json=params.payload)
    return str(shown["id"])


async def add_answer(rest: discord.Client, address: str, message: Message) -> str:
    """One more private message for the same person. Raises the library's errors."""
    with handle_message_parameters(
        embeds=embeds(message), view=view(message), flags=PRIVATE, allowed_mentions=discord.AllowedMentions.none()
    ) as params:
        route = _route("POST", "/webhooks/{webhook_id}/{webhook_token}", address)
        shown = await rest.http.request(route, json=params.payload)
    return str(shown["id"])


async def remove_answer(rest: discord.Client, address: str) -> None:
    await rest.http.request(_original("DELETE", address))


def _original(method: str, address: str) -> Route:
    return _route(method, "/webhooks/{webhook_id}/{webhook_token}/messages/@original", address)


def _route(method: str, path: str, address: str) -> Route:
    application, _, token = address.partition(":")
    return Route(method, path, webhook_id=application, webhook_token=token)
