import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.async_api import Page, async_playwright, expect

from config import PROJECT
from tests.flows.sandbox_page.desk import SLOW_MS, Desk

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STARTED_WITHIN_S = 90
DESKTOP = (1440, 900)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        pytest.skip("no Chromium is installed (Debian: apt install chromium)")
    return found


@pytest.fixture(scope="session")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A newsroom of its own, as `up` starts it, with the first story told and its readers done."""
    log = tmp_path_factory.mktemp("up") / "up.log"
    url = f"http://127.0.0.1:{_free_port()}"
    with tempfile.TemporaryDirectory(prefix="nd-") as folder, log.open("wb") as output:
        arguments = ["up", "--no-open", "--sandbox", "--data", folder, "--port", url.rsplit(":", 1)[1]]
        process = subprocess.Popen(
            [sys.executable, "-m", "bots.cli", *arguments],
            cwd=PROJECT,
            env={name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},  # noqa: TID251
            stdout=output,
            stderr=output,
        )
        try:
            _wait_until_told(url, process, log)
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


@pytest.fixture
async def page(chromium: str, address: str) -> AsyncIterator[Page]:
    """An empty tab. Whatever the browser complains of fails the test."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        context = await browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, base_url=address)
        tab = await context.new_page()
        tab.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.set_default_timeout(SLOW_MS)
        yield tab
        await browser.close()
    assert complaints == []


@pytest.fixture
async def desk(page: Page) -> Desk:
    """The sandbox page, with somebody on either side."""
    await page.goto("/")
    for app in ("telegram", "discord"):
        await expect(page.locator(f"#app-{app} article").first).to_be_visible(timeout=SLOW_MS)
    return Desk(page)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_until_told(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until one comment waits for a moderator: the last thing that the sandbox's readers bring about."""
    deadline = time.monotonic() + STARTED_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx2.get(f"{url}/status.json").json().get("queue") == 1:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.3)
    pytest.fail(f"the sandbox did not start:\n{log.read_text()[-4000:]}")
