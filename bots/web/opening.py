"""The sandbox's first story: told as soon as there is somebody to tell it to."""

import asyncio
import logging

from bots.bootstrap.examples import FIRST, tell
from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.process import pause
from bots.bootstrap.sandbox import SandboxClient

_AGAIN_S = 2.0
log = logging.getLogger(__name__)


async def tell_first_story(newsroom: Newsroom, sandbox: SandboxClient, stop: asyncio.Event) -> None:
    """Tries until it is told. It happens once, also over restarts."""
    while not stop.is_set():
        try:
            await tell(newsroom, sandbox, FIRST)
        except Exception as error:  # noqa: BLE001 - the page is served whatever becomes of the story
            log.warning("The first story is not told yet (%s); trying again.", error)
            await pause(stop, _AGAIN_S)
        else:
            return
