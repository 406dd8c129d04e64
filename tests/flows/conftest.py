import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.newsroom_at_work import AtWork, newsroom_at_work


@pytest.fixture
async def work(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[AtWork]:
    """A whole newsroom, one process each. Its store's folder is short: a socket's path has little room."""
    with tempfile.TemporaryDirectory(prefix="nd-") as folder:
        async with newsroom_at_work(Path(folder), tmp_path) as at_work:
            try:
                yield at_work
            finally:
                _show_logs(tmp_path)


def _show_logs(folder: Path) -> None:
    """pytest shows them when the test fails."""
    for log in sorted(folder.glob("*.log")):
        print(f"--- {log.name}\n{log.read_text()[-4000:]}")  # noqa: T201
