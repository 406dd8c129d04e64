"""What readers do on the first day: they vote, and write three comments below the first story."""

from bots.sandbox.discord import DiscordServer
from bots.sandbox.stories import Stories
from bots.sandbox.telegram import TelegramServer


async def play(telegram: TelegramServer, discord: DiscordServer, stories: Stories) -> None:
    """Once in the life of a sandbox."""
