import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bots.sandbox.deeds import ON_DISCORD, ON_TELEGRAM
from bots.sandbox.discord import DiscordServer
from bots.sandbox.personas import KENJI, LUCAS, MAYA, OLENA, Person
from bots.sandbox.serve import Sandbox, open_sandbox
from bots.sandbox.telegram import TelegramServer
from bots.sandbox.world import ASK, BREAKING_NEWS, MODERATORS_CHANNEL, MODERATORS_GROUP


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    async with open_sandbox(tmp_path) as running:
        yield running


@pytest.fixture
async def control(sandbox: Sandbox) -> AsyncIterator[httpx2.AsyncClient]:
    address = sandbox.environ["NEWSDESK_SANDBOX_URL"]
    async with httpx2.AsyncClient(base_url=address, timeout=30, trust_env=False) as client:
        yield client


async def act(
    control: httpx2.AsyncClient, platform: str, person: Any, action: str, **arguments: Any
) -> httpx2.Response:
    body = {"platform": platform, "person": str(person), "action": action, "arguments": arguments}
    return await control.post("act", json=body)


@pytest.mark.parametrize("path", ["people", "state", "stories", ""])
async def test_without_the_key_nothing_is_there(control: httpx2.AsyncClient, path: str) -> None:
    key = str(control.base_url).rstrip("/")
    for wrong in (key.rpartition("/")[0], f"{key}x", key[:-1]):
        assert (await control.get(f"{wrong}/{path}")).status_code == 404


async def test_a_moderator_writes_on_telegram_by_the_page(sandbox: Sandbox, control: httpx2.AsyncClient) -> None:
    answer = await act(control, "telegram", MAYA.telegram, "say", chat=str(MODERATORS_GROUP), text="Mine")
    assert answer.json()["ok"] is True
    message = sandbox.telegram.platform.state.chats[str(MODERATORS_GROUP)].messages[answer.json()["result"]]
    assert (message.text, message.sender_id) == ("Mine", MAYA.telegram)


async def test_a_reader_writes_on_discord_by_the_page(sandbox: Sandbox, control: httpx2.AsyncClient) -> None:
    answer = await act(control, "discord", KENJI.discord, "say", channel=str(ASK), text="hello")
    message = sandbox.discord.world.message(str(ASK), answer.json()["result"])
    assert (message.content, message.author_id) == ("hello", str(KENJI.discord))


@pytest.mark.parametrize(
    "action", ["stop", "add_user", "add_bot", "fault", "__init__", "_send", "give_role", "set_rights", "no_such_thing"]
)
@pytest.mark.parametrize("platform", ["telegram", "discord", "signal"])
async def test_only_what_people_do_can_be_done(control: httpx2.AsyncClient, platform: str, action: str) -> None:
    answer = await act(control, platform, MAYA.telegram, action)
    assert (answer.status_code, answer.json()["ok"]) == (409, False)


@pytest.mark.parametrize("person", ["5550001", "1", "", "x", str(KENJI.discord)])
async def test_nobody_acts_as_a_bot_or_a_stranger(control: httpx2.AsyncClient, person: str) -> None:
    answer = await act(control, "telegram", person, "say", chat=MODERATORS_GROUP, text="hi")
    assert answer.status_code == 409


async def test_a_reader_cannot_act_in_a_room_they_do_not_see(control: httpx2.AsyncClient) -> None:
    on_telegram = await act(control, "telegram", OLENA.telegram, "say", chat=MODERATORS_GROUP, text="hi")
    on_discord = await act(control, "discord", LUCAS.discord, "mark_read", channel=str(MODERATORS_CHANNEL))
    assert [on_telegram.status_code, on_discord.status_code] == [409, 409]
    assert "no chat" in on_telegram.json()["reason"]


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"chat": "x", "text": "hi"},
        {"chat": MODERATORS_GROUP, "text": 5},
        {"chat": MODERATORS_GROUP, "text": "hi", "more": 1},
        {"chat": [], "text": {}},
        {"user": 1, "chat": MODERATORS_GROUP, "text": "hi"},
    ],
)
async def test_arguments_that_fit_no_action_are_refused_with_their_name(
    control: httpx2.AsyncClient, arguments: dict[str, Any]
) -> None:
    answer = await act(control, "telegram", MAYA.telegram, "say", **arguments)
    assert answer.status_code == 409
    assert answer.json()["reason"].startswith("say cannot be done so")


@pytest.mark.parametrize("body", ["", "[]", "{", '{"platform": 1}', '{"action": "say"}', '{"evil": true}'])
async def test_a_body_that_is_no_action_is_refused(control: httpx2.AsyncClient, body: str) -> None:
    answer = await control.post("act", content=body)
    assert (answer.status_code, answer.json()["ok"]) == (400, False)


async def test_a_stranger_sees_nothing(control: httpx2.AsyncClient) -> None:
    for query in ({"telegram": "42"}, {"discord": "42"}):
        assert (await control.get("state", params=query)).status_code == 400


async def test_what_is_read_is_not_unread_any_more(sandbox: Sandbox, control: httpx2.AsyncClient) -> None:
    await sandbox.discord.say(LUCAS.discord or 0, ASK, "look at this")
    await act(control, "discord", KENJI.discord, "mark_read", channel=str(ASK))
    state = (await control.get("state", params={"discord": str(KENJI.discord)})).json()
    assert [channel["unread"] for channel in state["discord"]["guilds"][0]["channels"]] == [0, 0]
    assert state["telegram"] is None


@pytest.mark.parametrize("side", ["telegram", "discord"])
async def test_a_change_on_either_side_ends_the_wait(sandbox: Sandbox, control: httpx2.AsyncClient, side: str) -> None:
    query = {"telegram": str(MAYA.telegram), "discord": str(MAYA.discord)}
    before = (await control.get("state", params=query)).json()["revision"]
    waiting = asyncio.create_task(control.get("state", params={**query, "revision": before}))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    if side == "telegram":
        sandbox.telegram.say(MAYA.telegram or 0, MODERATORS_GROUP, "new")
    else:
        await sandbox.discord.say(MAYA.discord or 0, ASK, "new")
    changed = (await waiting).json()
    assert changed["revision"] != before
    assert "'new'" in str(changed[side])


async def test_a_sandbox_that_started_again_is_a_change(tmp_path: Path) -> None:
    revisions: list[str] = []
    for _ in range(2):
        async with open_sandbox(tmp_path) as sandbox, httpx2.AsyncClient(trust_env=False) as client:
            address = f"{sandbox.environ['NEWSDESK_SANDBOX_URL']}/state"
            revision = revisions[-1] if revisions else ""
            revisions.append((await client.get(address, params={"revision": revision})).json()["revision"])
    assert revisions[0] != revisions[1]


async def test_the_commands_of_a_place_can_be_asked_for(control: httpx2.AsyncClient) -> None:
    answer = await act(control, "discord", KENJI.discord, "commands_for", channel=str(BREAKING_NEWS))
    assert answer.json() == {"ok": True, "result": []}


@pytest.mark.parametrize(("server", "allowed"), [(TelegramServer, ON_TELEGRAM), (DiscordServer, ON_DISCORD)])
def test_every_action_of_the_list_exists(server: type, allowed: frozenset[str]) -> None:
    assert [name for name in allowed if not callable(getattr(server, name, None))] == []


async def test_a_told_story_is_remembered_over_a_restart(tmp_path: Path) -> None:
    async with open_sandbox(tmp_path) as first, httpx2.AsyncClient(trust_env=False) as client:
        address = f"{first.environ['NEWSDESK_SANDBOX_URL']}/stories"
        await client.post(address, json={"which": "second", "alert": "a7"})
        world = (await client.get(address)).json()["world"]
    async with open_sandbox(tmp_path), httpx2.AsyncClient(trust_env=False) as client:
        assert (await client.get(address)).json() == {"world": world, "stories": {"second": "a7"}}


@pytest.mark.parametrize(
    ("platform", "person", "action", "arguments"),
    [
        ("telegram", OLENA, "follow_link", {"url": "http://[::1"}),
        ("telegram", MAYA, "block", {"bot": MODERATORS_GROUP}),
        ("telegram", MAYA, "forward", {"from_chat": 1, "message_id": 1, "to_chat": 1}),
        ("discord", KENJI, "slash", {"channel": str(ASK), "name": ""}),
        ("discord", KENJI, "autocomplete", {"channel": str(ASK), "name": "/", "option": "", "typed": ""}),
        ("discord", KENJI, "open_dm", {"other": None}),
    ],
)
async def test_nonsense_is_refused_and_breaks_nothing(
    control: httpx2.AsyncClient, platform: str, person: Person, action: str, arguments: dict[str, Any]
) -> None:
    answer = await act(control, platform, getattr(person, platform), action, **arguments)
    assert (answer.status_code, answer.json()["ok"]) == (409, False)
