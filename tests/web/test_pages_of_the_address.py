import re

import httpx2
import pytest

from bots.bootstrap.newsroom import open_newsroom
from bots.newsroom.alerts.alert import AlertDraft
from bots.newsroom.alerts.article import Article
from config import Settings

REFERENCE = re.compile(r"""(?:src|href)=["']([^"']+)["']""")


async def test_outside_the_sandbox_the_address_shows_the_status(page: httpx2.AsyncClient) -> None:
    shown = await page.get("/")
    assert shown.status_code == 200
    assert "TELEGRAM_BOT_TOKEN is not set" in shown.text
    assert shown.headers["content-type"].startswith("text/html")


async def test_in_the_sandbox_the_address_shows_its_page_and_the_status_is_beside_it(
    sandbox_page: httpx2.AsyncClient,
) -> None:
    assert "/static/sandbox/main.js" in (await sandbox_page.get("/")).text
    assert "Missile strike on Velmar" in (await sandbox_page.get("/status")).text


@pytest.mark.parametrize("path", ["/", "/status"])
async def test_a_page_loads_nothing_but_our_own_files(sandbox_page: httpx2.AsyncClient, path: str) -> None:
    html = (await sandbox_page.get(path)).text
    references = [found for found in REFERENCE.findall(html) if not found.startswith("data:")]
    assert all(found.startswith("/") and not found.startswith("//") for found in references)
    for found in references:
        assert (await sandbox_page.get(found)).status_code == 200, found
    assert re.search(r"<script(?![^>]*\bsrc=)", html) is None
    assert re.search(r"\son\w+=|style=", html) is None


async def test_what_an_article_says_never_becomes_markup(page: httpx2.AsyncClient, settings: Settings) -> None:
    hostile = """<img src=x onerror="alert(1)">'{{ 7 * 7 }}"""
    async with open_newsroom(settings) as newsroom:
        await newsroom.alerts.publish(AlertDraft(Article(hostile)), "op")
    html = (await page.get("/status")).text
    assert "<img src=x" not in html
    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;&#39;{{ 7 * 7 }}" in html
