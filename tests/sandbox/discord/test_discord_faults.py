"""Each kind of fault, and what the real library makes of it: this is what the adapter has to live with."""

import asyncio

import aiohttp
import discord
import pytest

from bots.sandbox.discord import DiscordServer, Fault
from tests.sandbox.discord.discord_client import ALERTS, ANNA, LOUNGE, Client


def sent(server: DiscordServer) -> int:
    return len(server.world.messages(str(ALERTS)))


def asked(server: DiscordServer) -> list[int]:
    return [call.status for call in server.calls if call.name == "create_message"]


async def test_a_flood_is_waited_out_by_the_library(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("create_message", "flood", times=2, retry_after=0.05))
    await client.text_channel(ALERTS).send("Breaking")

    assert (sent(server), len(asked(server))) == (1, 3)


async def test_a_flood_longer_than_the_library_may_wait_is_raised(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("create_message", "flood", retry_after=1163))
    with pytest.raises(discord.RateLimited) as caught:
        await client.text_channel(ALERTS).send("Breaking")

    assert caught.value.retry_after == 1163


async def test_503_is_raised_at_once(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("create_message", "status", status=503))
    with pytest.raises(discord.DiscordServerError):
        await client.text_channel(ALERTS).send("Breaking")

    assert sent(server) == 0


async def test_502_is_tried_again_by_the_library(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("create_message", "status", status=502))
    await client.text_channel(ALERTS).send("Breaking")

    assert (sent(server), len(asked(server))) == (1, 2)


async def test_a_proxys_page_is_raised_as_a_server_error(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("create_message", "html", status=503))
    with pytest.raises(discord.DiscordServerError, match="nginx"):
        await client.text_channel(ALERTS).send("Breaking")


async def test_a_flood_told_by_a_proxys_page_is_not_waited_out(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("create_message", "html", status=429))
    with pytest.raises(discord.HTTPException) as caught:
        await client.text_channel(ALERTS).send("Breaking")

    assert caught.value.status == 429


async def test_a_connection_cut_before_the_effect_leaves_nothing_behind(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("create_message", "cut_before"))
    with pytest.raises(aiohttp.ClientError):
        await client.text_channel(ALERTS).send("Breaking")

    assert sent(server) == 0


async def test_a_connection_cut_after_the_effect_looks_the_same_and_a_nonce_heals_it(
    server: DiscordServer, client: Client
) -> None:
    server.fault(Fault("create_message", "cut_after"))
    with pytest.raises(aiohttp.ClientError):
        await client.text_channel(ALERTS).send("Breaking", nonce="alert-1")
    assert sent(server) == 1

    again = await client.text_channel(ALERTS).send("Breaking", nonce="alert-1")
    assert (sent(server), again.content) == (1, "Breaking")


async def test_a_delayed_call_takes_effect_although_nobody_waits_any_more(
    server: DiscordServer, client: Client
) -> None:
    server.fault(Fault("create_message", "delay", seconds=0.3))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.text_channel(ALERTS).send("Breaking"), 0.1)

    assert sent(server) == 0
    await server.until(lambda: sent(server) == 1)


async def test_a_hanging_call_never_takes_effect(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("create_message", "hang"))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.text_channel(ALERTS).send("Breaking"), 0.1)
    server.lift_faults()
    await client.text_channel(ALERTS).send("Next")

    assert sent(server) == 1


async def test_an_outage_cuts_everything_until_it_is_lifted(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("*", "outage"))
    assert server.connected == set()
    for _ in range(2):
        with pytest.raises(aiohttp.ClientError):
            await client.text_channel(ALERTS).send("Breaking")
    await server.say(ANNA, LOUNGE, "Is anybody there?")
    server.lift_faults()
    await server.until(lambda: client.heard, timeout=30)

    assert client.heard[0].content == "Is anybody there?"
    await client.text_channel(ALERTS).send("Breaking")


async def test_what_is_not_implemented_is_named_and_not_found(server: DiscordServer, client: Client) -> None:
    with pytest.raises(discord.NotFound):
        await client.fetch_sticker(1)

    assert server.unimplemented == ["GET /stickers/1"]
    server.unimplemented.clear()


async def test_a_body_that_is_not_json_is_refused(server: DiscordServer) -> None:
    url = f"{server.api_base_url}/channels/{LOUNGE}/messages"
    headers = {"Authorization": "Bot sandbox.token.discord", "Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session, session.post(url, data="{", headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["code"] == 50109


async def test_a_call_without_a_token_is_unauthorized(server: DiscordServer) -> None:
    url = f"{server.api_base_url}/users/@me"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert (response.status, await response.json()) == (401, {"message": "401: Unauthorized", "code": 0})


async def test_a_wrong_request_is_named_as_the_bots_and_a_strange_field_too(server: DiscordServer) -> None:
    if not server._api.judge:
        pytest.skip("Discord's published descriptions are not at hand")
    url = f"{server.api_base_url}/channels/{LOUNGE}/messages"
    headers = {"Authorization": "Bot sandbox.token.discord"}
    body = {"content": "x", "embeds": [{"title": 7}], "contents": "typo"}
    async with aiohttp.ClientSession() as session, session.post(url, json=body, headers=headers):
        pass

    assert server.violations == [
        "create_message: embeds.0.title: 7 is not of type 'string', 'null'",
        "create_message: unknown field contents",
    ]
    server.violations.clear()
    server.self_errors.clear()
