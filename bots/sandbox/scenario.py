"""What readers do on the first day: they vote, and write three comments below the first story, as real readers would.

Two of the comments are fine; one has a link and a tone that a moderator has to look at.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bots.sandbox.discord import DiscordServer
from bots.sandbox.discord import NotPossible as NotPossibleOnDiscord
from bots.sandbox.discord_reader import DiscordReader
from bots.sandbox.personas import AMARA, JONAS, KENJI, LUCAS, OLENA, PRIYA
from bots.sandbox.stories import Stories
from bots.sandbox.telegram import NotPossible as NotPossibleOnTelegram
from bots.sandbox.telegram import TelegramServer
from bots.sandbox.telegram_reader import TelegramReader

FROM_TELEGRAM = (
    "My family lives near a harbour too. My thoughts are with the people of Velmar, and thank you for checking the "
    "videos first."
)
FROM_DISCORD = (
    "A third of the parts was stopped, your report says. That is not nothing, but the rest still arrives. Close the "
    "new routes first."
)
DOUBTFUL = (
    "Ministers who let this trade go on are cowards. They should be ashamed of themselves. All the routes: "
    "https://parts-tracker.example/velmar"
)

TRIES = 30
AGAIN_S = 2.0

Step = tuple[str, Callable[[], Awaitable[bool]]]
log = logging.getLogger(__name__)


def steps(telegram: TelegramServer, discord: DiscordServer) -> tuple[Step, ...]:
    """In this order; each says whether it was answered, and may be repeated until it is."""
    olena, jonas, priya = (TelegramReader(telegram, person) for person in (OLENA, JONAS, PRIYA))
    kenji, amara, lucas = (DiscordReader(discord, person) for person in (KENJI, AMARA, LUCAS))
    return (
        ("olena comments", lambda: olena.comment(FROM_TELEGRAM)),
        ("kenji comments", lambda: kenji.comment(FROM_DISCORD)),
        ("lucas comments", lambda: lucas.comment(DOUBTFUL)),
        ("olena votes", lambda: olena.vote("Yes")),
        ("jonas votes", lambda: jonas.vote("No")),
        ("priya votes", lambda: priya.vote("Yes")),
        ("kenji votes", lambda: kenji.vote("Yes")),
        ("amara votes", lambda: amara.vote("Not sure")),
    )


async def play(telegram: TelegramServer, discord: DiscordServer, stories: Stories) -> None:
    """Once in the life of a sandbox; what was cut short goes on after a restart."""
    for name, act in steps(telegram, discord):
        if name not in stories.played:
            await _see_through(name, act)
            stories.has_played(name)


async def _see_through(name: str, act: Callable[[], Awaitable[bool]]) -> None:
    """The bots may still be on their way, or be started again just now."""
    for _ in range(TRIES):
        try:
            if await act():
                return
        except (NotPossibleOnTelegram, NotPossibleOnDiscord) as refused:
            log.info("%s: %s", name, refused)
        await asyncio.sleep(AGAIN_S)
    log.warning("%s did not come about: the newsroom's bot did not answer. The log of its process says why.", name)
