from datetime import UTC, datetime, timedelta

import discord
import pytest

from bots.sandbox.discord import DiscordServer, NotPossible
from tests.sandbox.discord.discord_client import (
    ALERTS,
    ANNA,
    BORIS,
    LOUNGE,
    Client,
    button,
    connect,
    disconnect,
    furnish,
    messages_of,
    words,
)


async def test_an_ephemeral_answer_is_seen_by_its_addressee_only(server: DiscordServer, client: Client) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Only for you", ephemeral=True)

    sent = await button(client, press)
    outcome = await server.click(ANNA, sent.id, "Comment")

    assert (outcome.kind, outcome.text) == ("ephemeral", "Only for you")
    assert [words(it["content"]) for it in messages_of(server, ANNA, ALERTS)] == ["Breaking", "Only for you"]
    assert len(messages_of(server, BORIS, ALERTS)) == 1
    assert client.interactions[0].user.id == ANNA
    assert isinstance(client.interactions[0].user, discord.Member)


async def test_a_button_may_change_its_message(server: DiscordServer, client: Client) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content="Yes 1 · No 0")

    sent = await button(client, press)
    outcome = await server.click(ANNA, sent.id, "comment:1")

    assert outcome.kind == "update"
    assert words(messages_of(server, BORIS, ALERTS)[0]["content"]) == "Yes 1 · No 0"


async def test_a_deferred_answer_shows_thinking_and_then_the_answer(server: DiscordServer, client: Client) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("Done", ephemeral=True)
        await interaction.followup.send("And one more", ephemeral=True)

    sent = await button(client, press)
    outcome = await server.click(ANNA, sent.id, "Comment")
    assert outcome.kind == "thinking"
    await server.until(lambda: len(messages_of(server, ANNA, ALERTS)) == 3)

    assert [words(it["content"]) for it in messages_of(server, ANNA, ALERTS)] == ["Breaking", "Done", "And one more"]
    assert not any(it["thinking"] for it in messages_of(server, ANNA, ALERTS))
    assert len(messages_of(server, BORIS, ALERTS)) == 1


async def test_a_deferred_update_changes_nothing_until_the_original_is_edited(
    server: DiscordServer, client: Client
) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="Counted")
        await interaction.followup.send("Your vote counts", ephemeral=True)

    sent = await button(client, press)
    assert (await server.click(ANNA, sent.id, "Comment")).kind == "nothing"
    await server.until(lambda: len(messages_of(server, ANNA, ALERTS)) == 2)

    assert words(messages_of(server, BORIS, ALERTS)[0]["content"]) == "Counted"
    assert messages_of(server, ANNA, ALERTS)[1]["ephemeral"]


async def test_the_first_answer_can_be_fetched_changed_and_deleted(server: DiscordServer, client: Client) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("One", ephemeral=True)
        original = await interaction.original_response()
        await original.edit(content=original.content + " Two")
        follow = await interaction.followup.send("Three", ephemeral=True, wait=True)
        await follow.edit(content="Four")
        await interaction.delete_original_response()

    sent = await button(client, press)
    await server.click(ANNA, sent.id, "Comment")
    await server.until(
        lambda: [words(it["content"]) for it in messages_of(server, ANNA, ALERTS)] == ["Breaking", "Four"]
    )


async def test_a_bot_that_says_nothing_for_three_seconds_has_failed(server: DiscordServer, client: Client) -> None:
    async def press(interaction: discord.Interaction) -> None:
        return

    sent = await button(client, press)
    outcome = await server.click(ANNA, sent.id, "Comment")

    assert (outcome.kind, outcome.text) == ("failed", "This interaction failed")
    assert [notice["text"] for notice in server.view(ANNA)["notices"]] == ["This interaction failed"]
    assert server.view(BORIS)["notices"] == []
    with pytest.raises(discord.NotFound) as caught:
        await client.interactions[0].response.send_message("Sorry")
    assert caught.value.code == 10062


async def test_only_one_first_answer_is_taken(server: DiscordServer, client: Client) -> None:
    caught: list[discord.HTTPException] = []

    async def press(interaction: discord.Interaction) -> None:
        twin = discord.Interaction(data=dict(client.raw[-1]), state=client._connection)  # type: ignore[arg-type]
        await interaction.response.send_message("First", ephemeral=True)
        try:
            await twin.response.send_message("Second", ephemeral=True)
        except discord.HTTPException as error:
            caught.append(error)

    sent = await button(client, press)
    await server.click(ANNA, sent.id, "Comment")
    await server.until(lambda: caught)

    assert (caught[0].status, caught[0].code) == (400, 40060)


async def test_a_follow_up_before_any_answer_finds_no_webhook(server: DiscordServer, client: Client) -> None:
    caught: list[discord.HTTPException] = []

    async def press(interaction: discord.Interaction) -> None:
        try:
            await interaction.followup.send("Too early", ephemeral=True)
        except discord.HTTPException as error:
            caught.append(error)
        await interaction.response.defer()

    sent = await button(client, press)
    await server.click(ANNA, sent.id, "Comment")

    assert (caught[0].status, caught[0].code) == (404, 10015)


async def test_what_is_not_there_cannot_be_pressed(server: DiscordServer, client: Client) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.defer()

    sent = await button(client, press)
    off = await button(client, press, LOUNGE, disabled=True)

    with pytest.raises(NotPossible, match="nothing called"):
        await server.click(ANNA, sent.id, "Approve")
    with pytest.raises(NotPossible, match="switched off"):
        await server.click(ANNA, off.id, "Comment")
    with pytest.raises(NotPossible, match="does not see"):
        await server.click(ANNA, 12345, "Comment")


async def test_an_ephemeral_button_can_be_pressed_by_its_addressee_only(server: DiscordServer, client: Client) -> None:
    pressed: list[int] = []

    class Choice(discord.ui.View):
        @discord.ui.button(label="Withdraw")
        async def withdraw(self, interaction: discord.Interaction, _button: discord.ui.Button["Choice"]) -> None:
            pressed.append(interaction.user.id)
            await interaction.response.edit_message(content="Withdrawn", view=None)

    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Your comment", view=Choice(), ephemeral=True)

    sent = await button(client, press)
    shown = (await server.click(ANNA, sent.id, "Comment")).message
    assert shown is not None
    with pytest.raises(NotPossible):
        await server.click(BORIS, shown["id"], "Withdraw")
    outcome = await server.click(ANNA, shown["id"], "Withdraw")

    assert pressed == [ANNA]
    assert (outcome.kind, outcome.text) == ("update", "Withdrawn")


async def test_a_link_button_leads_to_its_address_without_asking_the_bot(server: DiscordServer, client: Client) -> None:
    view = discord.ui.View().add_item(discord.ui.Button(label="Read", url="https://example.org/story"))
    sent = await client.text_channel(ALERTS).send("Breaking", view=view)

    outcome = await server.click(ANNA, sent.id, "Read")

    assert (outcome.kind, outcome.text) == ("link", "https://example.org/story")
    assert client.interactions == []


async def test_a_token_ends_after_fifteen_minutes() -> None:
    now = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

    def clock() -> datetime:
        return now

    async with await DiscordServer.start(clock=clock) as server:
        furnish(server)
        client, running = await connect(server)

        async def press(interaction: discord.Interaction) -> None:
            await interaction.response.defer()

        sent = await button(client, press)
        await server.click(ANNA, sent.id, "Comment")
        now += timedelta(minutes=16)
        with pytest.raises(discord.HTTPException) as caught:
            await client.interactions[0].followup.send("Late")
        assert (caught.value.status, caught.value.code) == (401, 50027)
        await disconnect(client, running)


async def test_a_button_in_a_direct_message_works_too(server: DiscordServer, client: Client) -> None:
    client.on_press = lambda interaction: interaction.response.send_message("Stopped")
    anna = await client.fetch_user(ANNA)
    view = discord.ui.View().add_item(discord.ui.Button(label="Stop", custom_id="stop"))
    sent = await anna.send("You are subscribed", view=view)

    outcome = await server.click(ANNA, sent.id, "Stop")

    assert (outcome.kind, outcome.text) == ("message", "Stopped")
    assert isinstance(client.interactions[0].user, discord.User)
    assert [words(it["content"]) for it in server.view(ANNA)["dms"][0]["messages"]] == ["You are subscribed", "Stopped"]
