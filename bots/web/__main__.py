"""The process of the Procfile: `python -m bots.web`, the address that `up` prints."""

import os
import sys

from bots.bootstrap.process import run
from bots.web.server import serve

if __name__ == "__main__":
    sys.exit(run("web", serve, os.environ))
