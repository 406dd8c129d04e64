"""Due alerts, closing polls, housekeeping. Several may run: what is due happens once."""

import asyncio
import os
import sys

from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.process import run
from bots.scheduler.jobs import schedule


async def serve(newsroom: Newsroom, stop: asyncio.Event) -> None:
    scheduler = schedule(newsroom)
    scheduler.start()
    await stop.wait()
    scheduler.shutdown(wait=False)


if __name__ == "__main__":
    sys.exit(run("scheduler", serve, os.environ))
