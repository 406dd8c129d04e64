import asyncio
from typing import Any

import httpx2

from bots.bootstrap.newsroom import open_newsroom
from bots.sandbox.personas import KENJI, MAYA, OLENA
from bots.sandbox.serve import Sandbox
from bots.sandbox.world import ASK, CHANNEL
from config import Settings
from tests.web.pages import PAGE, free_port, served, until_the_first_story_is_told

WATCHED = {"telegram": str(OLENA.telegram), "discord": str(KENJI.discord)}


async def act(page: httpx2.AsyncClient, platform: str, person: int | None, action: str, **arguments: Any) -> Any:
    body = {"platform": platform, "person": str(person), "action": action, "arguments": arguments}
    return await page.post("/sandbox/act", headers=PAGE, json=body)


async def test_the_page_is_told_who_can_be_watched(sandbox_page: httpx2.AsyncClient) -> None:
    people = (await sandbox_page.get("/sandbox/people")).json()
    assert {person["role"] for person in people["telegram"]} == {"reader", "moderator", "editor"}
    both = {person["name"] for person in people["telegram"]} & {person["name"] for person in people["discord"]}
    assert MAYA.name in both


async def test_a_page_sees_through_one_person_s_eyes_on_each_side(sandbox_page: httpx2.AsyncClient) -> None:
    state = (await sandbox_page.get("/sandbox/state", params=WATCHED)).json()
    assert state["telegram"]["viewer"]["name"] == OLENA.name
    assert state["discord"]["me"]["name"] == KENJI.name


async def test_what_is_done_on_either_side_ends_the_wait_for_a_change(sandbox_page: httpx2.AsyncClient) -> None:
    state = (await sandbox_page.get("/sandbox/state", params=WATCHED)).json()
    waiting = asyncio.create_task(sandbox_page.get("/sandbox/state", params={**WATCHED, "revision": state["revision"]}))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    said = await act(sandbox_page, "discord", KENJI.discord, "say", channel=str(ASK), text="<script>alert(1)</script>")
    assert said.json()["ok"] is True
    changed = (await waiting).json()
    assert changed["revision"] != state["revision"]
    assert "<script>alert(1)</script>" in str(changed["discord"])


async def test_what_the_app_does_not_allow_is_refused_with_its_reason(sandbox_page: httpx2.AsyncClient) -> None:
    answer = await act(sandbox_page, "telegram", OLENA.telegram, "say", chat=CHANNEL, text="hi")
    assert answer.status_code == 409
    assert answer.json() == {"ok": False, "reason": "Only administrators can post in this channel"}


async def test_an_action_of_absurd_length_is_refused(sandbox_page: httpx2.AsyncClient) -> None:
    answer = await act(sandbox_page, "discord", KENJI.discord, "say", channel=str(ASK), text="x" * 70_000)
    assert answer.status_code == 413


async def test_the_sandbox_s_key_never_reaches_a_page(sandbox_page: httpx2.AsyncClient, sandbox: Sandbox) -> None:
    key = sandbox.environ["NEWSDESK_SANDBOX_URL"].rpartition("/")[2]
    for path in ("/sandbox/people", "/sandbox/state", "/sandbox/stories", "/status.json"):
        answer = await sandbox_page.get(path, params=WATCHED)
        assert key not in answer.text
        assert sandbox.environ["TELEGRAM_BOT_TOKEN"] not in answer.text


async def test_the_second_story_is_published_once_however_often_it_is_asked_for(
    sandbox_page: httpx2.AsyncClient,
) -> None:
    pressed = [sandbox_page.post("/sandbox/stories/second", headers=PAGE) for _ in range(3)]
    answers = [answer.json() for answer in await asyncio.gather(*pressed)]
    assert answers == [{"ok": True, "alert": "a2"}] * 3
    alerts = (await sandbox_page.get("/status.json")).json()["alerts"]
    assert [alert["id"] for alert in alerts] == ["a2", "a1"]
    assert all(alert["poll"] for alert in alerts)


async def test_the_first_story_is_told_once_over_restarts_of_the_page(sandbox_settings: Settings) -> None:
    for _ in range(2):
        async with served(sandbox_settings) as page:
            await until_the_first_story_is_told(page)
    async with open_newsroom(sandbox_settings) as newsroom:
        [alert] = await newsroom.alerts.newest()
    assert alert.article.headline.startswith("Missile strike on Velmar")
    assert alert.importance == "breaking"


async def test_a_story_that_was_published_before_the_sandbox_heard_of_it_is_not_published_again(
    sandbox_settings: Settings, sandbox: Sandbox
) -> None:
    async with served(sandbox_settings) as page:
        await page.post("/sandbox/stories/second", headers=PAGE)
        del sandbox.stories.told["second"]  # as if the page had been killed between the two
        answer = await page.post("/sandbox/stories/second", headers=PAGE)
    assert answer.json() == {"ok": True, "alert": sandbox.stories.told["second"]}
    async with open_newsroom(sandbox_settings) as newsroom:
        assert len(await newsroom.alerts.newest()) == 2


async def test_a_waiting_page_does_not_hold_up_the_end(sandbox_settings: Settings) -> None:
    """`served` gives the page's process 10 s to drain; the wait would take 25."""
    address = f"http://127.0.0.1:{sandbox_settings.port}"
    async with httpx2.AsyncClient(base_url=address, timeout=30, trust_env=False) as watcher:
        async with served(sandbox_settings) as page:
            await until_the_first_story_is_told(page)
            revision = (await watcher.get("/sandbox/state", params=WATCHED)).json()["revision"]
            waiting = asyncio.create_task(watcher.get("/sandbox/state", params={**WATCHED, "revision": revision}))
            await asyncio.sleep(0.2)
        assert (await waiting).status_code == 204


async def test_without_the_sandbox_the_page_says_that_it_is_away(sandbox_settings: Settings) -> None:
    away = sandbox_settings.model_copy(update={"sandbox_url": f"http://127.0.0.1:{free_port()}/key"})
    async with served(away) as page:
        answer = await page.get("/sandbox/people")
        second = await page.post("/sandbox/stories/second", headers=PAGE)
        assert (await page.get("/healthz")).status_code == 200
    assert (answer.status_code, second.status_code) == (503, 503)
    assert "does not answer" in answer.json()["reason"]
