"""The Telegram process: `python -m bots.telegram`."""

import os
import sys

from bots.bootstrap.process import run
from bots.telegram.app import serve

if __name__ == "__main__":
    # python-telegram-bot is to give times as timedelta, as its next version does, and not to warn about it.
    os.environ["PTB_TIMEDELTA"] = "1"
    sys.exit(run("telegram", serve, os.environ))
