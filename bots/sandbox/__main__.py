"""The process that `up` starts without tokens: `python -m bots.sandbox --data DIR`."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from bots.bootstrap.logs import set_up
from bots.sandbox.serve import run
from bots.sandbox.state_file import Damaged
from config import Settings


async def _serve(folder: Path) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run(folder, stop)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bots.sandbox", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the newsroom's data directory")
    set_up(Settings())  # only its own made-up tokens are here, and those look like tokens
    try:
        asyncio.run(_serve(parser.parse_args().data / "sandbox"))
    except Damaged as error:
        sys.stderr.write(f"sandbox: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
