"""Reviews submitted comments. Run as many as wanted."""

import asyncio
import os
import sys
from uuid import uuid4

from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.process import forever, run
from bots.bootstrap.scoring import remote_judge
from bots.newsroom.comments.reviewer import Reviewer


async def serve(newsroom: Newsroom, stop: asyncio.Event) -> None:
    async with remote_judge(newsroom.settings) as judge:
        reviewer = Reviewer(newsroom.stores.comments, judge, f"reviewer-{uuid4().hex[:12]}")
        await forever(reviewer.run_once, stop, idle=0)


if __name__ == "__main__":
    sys.exit(run("reviewer", serve, os.environ))
