from datetime import UTC, datetime, timedelta

from bots.sandbox.discord import DiscordServer
from bots.sandbox.discord.limits import Limits
from tests.sandbox.discord.discord_client import LOUNGE, connect, disconnect, furnish

START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def ask(limits: Limits, name: str, seconds: float, *, announcement: bool = False, major: str = "7") -> dict | None:
    return limits.judge(name, major, START + timedelta(seconds=seconds), announcement=announcement).refusal


def test_the_sixth_message_in_five_seconds_is_refused_with_the_time_to_wait() -> None:
    limits = Limits()
    assert [ask(limits, "create_message", count / 10) for count in range(5)] == [None] * 5

    refusal = ask(limits, "create_message", 1)
    assert refusal == {"message": "You are being rate limited.", "retry_after": 4.0, "global": False}
    assert ask(limits, "create_message", 5.01) is None


def test_each_channel_has_a_bucket_of_its_own() -> None:
    limits = Limits()
    for count in range(5):
        ask(limits, "create_message", count / 10)

    assert ask(limits, "create_message", 1, major="8") is None


def test_headers_tell_what_is_left() -> None:
    verdict = Limits().judge("create_message", "7", START, announcement=False)

    assert verdict.headers["X-RateLimit-Limit"] == "5"
    assert verdict.headers["X-RateLimit-Remaining"] == "4"
    assert verdict.headers["X-RateLimit-Reset-After"] == "5.000"


def test_all_methods_together_have_fifty_a_second() -> None:
    limits = Limits()
    refusals = [ask(limits, "get_message", 0, major=str(count)) for count in range(51)]

    assert refusals[:50] == [None] * 50
    assert refusals[50] is not None
    assert refusals[50]["global"] is True


def test_an_announcement_takes_three_edits_an_hour_and_no_header_says_so() -> None:
    limits = Limits()
    times = [0, 60, 120]
    assert [ask(limits, "update_message", at, announcement=True) for at in times] == [None] * 3

    refused = limits.judge("update_message", "7", START + timedelta(seconds=180), announcement=True)
    assert refused.refusal is not None
    assert (refused.refusal["code"], refused.refusal["retry_after"]) == (20022, 3420.0)
    assert "X-RateLimit-Remaining" not in refused.headers


async def test_the_library_keeps_to_the_limits_it_is_told() -> None:
    async with await DiscordServer.start(enforce_limits=True) as server:
        furnish(server)
        client, running = await connect(server)
        for count in range(6):
            await client.text_channel(LOUNGE).send(f"number {count}")

        asked = [call.status for call in server.calls if call.name == "create_message"]
        assert asked == [200] * 6
        await disconnect(client, running)
