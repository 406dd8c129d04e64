"""python -m bots.cli: the command line, which the launcher calls after set-up."""

import sys

from bots.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
