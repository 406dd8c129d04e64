import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from bots.bootstrap.newsroom import open_newsroom
from bots.bootstrap.process import GiveUp
from bots.newsroom.alerts.alert import AlertDraft
from bots.newsroom.alerts.article import Article
from bots.newsroom.comments.comment import CommentDraft, CommentState
from bots.newsroom.messages import Platform
from bots.newsroom.polls.poll import Ballot, PollDraft
from bots.newsroom.readers import Reader
from bots.storage.server import EmbeddedServer
from bots.web.server import serve
from config import PROJECT, Settings, load
from moderation import Decision, Finding, Outcome
from tests.web.pages import free_port, served

HELD = Decision(Outcome.HOLD, (Finding("links", Outcome.HOLD, "a link"),))


async def test_healthz_answers_while_the_store_does(page: httpx2.AsyncClient) -> None:
    answer = await page.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_without_its_store_the_page_says_so_and_stays_up() -> None:
    with tempfile.TemporaryDirectory(prefix="nd-") as folder:
        store = EmbeddedServer(Path(folder))
        await asyncio.to_thread(store.start)
        async with served(load({"REDIS_URL": store.url, "NEWSDESK_PORT": str(free_port())}, PROJECT)) as page:
            await asyncio.to_thread(store.stop)
            answers = [await page.get(path) for path in ("/healthz", "/status.json", "/status")]
            assert [answer.status_code for answer in answers] == [503, 503, 503]
            assert all("store" in answer.text for answer in answers)
            await asyncio.to_thread(store.start)
            assert (await page.get("/healthz")).status_code == 200
            await asyncio.to_thread(store.stop)


async def test_two_pages_do_not_share_a_port(settings: Settings, page: httpx2.AsyncClient) -> None:
    async with open_newsroom(settings) as newsroom:
        with pytest.raises(GiveUp, match=f"Port {settings.port} .* NEWSDESK_PORT"):
            await serve(newsroom, asyncio.Event())


async def test_the_status_says_why_a_platform_is_off(page: httpx2.AsyncClient) -> None:
    status = (await page.get("/status.json")).json()
    assert status["platforms"]["telegram"] == {"on": False, "why": "TELEGRAM_BOT_TOKEN is not set"}
    assert status["platforms"]["discord"]["on"] is False
    assert "telegram" not in status["processes"]


async def test_a_process_that_never_beat_is_not_alive(page: httpx2.AsyncClient, settings: Settings) -> None:
    async with open_newsroom(settings) as newsroom:
        await newsroom.stores.heartbeats.beat("scheduler")
    processes = (await page.get("/status.json")).json()["processes"]
    assert processes["scheduler"]["alive"] is True
    assert processes["scheduler"]["seconds"] < 15
    assert processes["reviewer"] == {"seconds": None, "alive": False}


async def test_a_process_that_beat_long_ago_is_not_alive(page: httpx2.AsyncClient, settings: Settings) -> None:
    async with open_newsroom(settings) as newsroom:
        before = newsroom.clock() - timedelta(minutes=1)
    async with open_newsroom(settings, lambda: before) as newsroom:
        await newsroom.stores.heartbeats.beat("reviewer")
    beat = (await page.get("/status.json")).json()["processes"]["reviewer"]
    assert (beat["alive"], round(beat["seconds"]) >= 60) == (False, True)


async def test_a_scorer_that_is_not_there_means_that_comments_are_held(page: httpx2.AsyncClient) -> None:
    scorer = (await page.get("/status.json")).json()["scorer"]
    assert scorer["ready"] is False
    assert "held" in scorer["detail"]


async def test_alerts_are_shown_with_the_tally_of_both_platforms(page: httpx2.AsyncClient, settings: Settings) -> None:
    async with open_newsroom(settings) as newsroom:
        closes = newsroom.clock() + timedelta(hours=1)
        poll = await newsroom.polls.open(PollDraft("Harsher sanctions?", ("Yes", "No"), closes), "op")
        for platform in Platform:
            await newsroom.polls.vote(Ballot(poll.id, platform, "7", 1, 1))
        await newsroom.alerts.publish(AlertDraft(Article("<b>Strike</b>"), poll_id=poll.id), "op")
    [alert] = (await page.get("/status.json")).json()["alerts"]
    assert (alert["headline"], alert["state"]) == ("<b>Strike</b>", "published")
    assert alert["poll"]["options"] == [{"text": "Yes", "votes": 0}, {"text": "No", "votes": 2}]


async def test_what_waits_for_a_moderator_is_counted(page: httpx2.AsyncClient, settings: Settings) -> None:
    async with open_newsroom(settings) as newsroom:
        story = (await newsroom.alerts.publish(AlertDraft(Article("Strike")), "op")).story_id
        draft = CommentDraft(story, Reader(Platform.TELEGRAM, "7", "Ann"), "hello")
        comment = await newsroom.comments.submit(draft, "op")
        await newsroom.stores.comments.judged(comment.id, comment.edition, HELD, CommentState.HELD)
    status = (await page.get("/status.json")).json()
    assert status["queue"] == 1
    assert status["outbox"] == {"telegram": 0, "discord": 0}
