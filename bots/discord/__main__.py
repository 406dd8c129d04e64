"""The process of the Procfile: `python -m bots.discord`."""

import os
import sys

from bots.bootstrap.process import run
from bots.discord.app import serve

if __name__ == "__main__":
    sys.exit(run("discord", serve, os.environ))
