from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bots.sandbox.discord import DiscordServer, NotPossible
from tests.sandbox.discord.discord_client import ALERTS, ANNA, BORIS, LOUNGE, MAYA, Client, connect, disconnect, furnish

Press = Callable[[discord.Interaction], Awaitable[Any]]


def words(nodes: list[dict[str, Any]]) -> str:
    return "".join(node["text"] for node in nodes)


def messages_of(server: DiscordServer, user: int, channel: int = ALERTS) -> list[dict[str, Any]]:
    channels = server.view(user)["guilds"][0]["channels"]
    found: list[dict[str, Any]] = next(it["messages"] for it in channels if it["id"] == str(channel))
    return found


async def button(client: Client, press: Press, channel: int = ALERTS, **looks: Any) -> discord.Message:
    view = discord.ui.View(timeout=None)
    item: discord.ui.Button[discord.ui.View] = discord.ui.Button(label="Comment", custom_id="comment:1", **looks)
    item.callback = press  # type: ignore[method-assign,assignment]
    view.add_item(item)
    return await client.text_channel(channel).send("Breaking", view=view)


class CommentForm(discord.ui.Modal, title="Your comment"):
    text: discord.ui.TextInput["CommentForm"] = discord.ui.TextInput(
        label="What do you think?", style=discord.TextStyle.long, max_length=1500
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Received: {self.text.value}", ephemeral=True)


async def test_an_ephemeral_answer_is_seen_by_its_addressee_only(server: DiscordServer, client: Client) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Only for you", ephemeral=True)

    sent = await button(client, press)
    outcome = await server.click(ANNA, sent.id, "Comment")

    assert (outcome.kind, outcome.text) == ("ephemeral", "Only for you")
    assert [words(it["content"]) for it in messages_of(server, ANNA)] == ["Breaking", "Only for you"]
    assert len(messages_of(server, BORIS)) == 1
    assert client.interactions[0].user.id == ANNA
    assert isinstance(client.interactions[0].user, discord.Member)


async def test_a_button_may_change_its_message(server: DiscordServer, client: Client) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content="Yes 1 · No 0")

    sent = await button(client, press)
    outcome = await server.click(ANNA, sent.id, "comment:1")

    assert outcome.kind == "update"
    assert words(messages_of(server, BORIS)[0]["content"]) == "Yes 1 · No 0"


async def test_a_form_opens_is_filled_in_and_answered(server: DiscordServer, client: Client) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(CommentForm())

    sent = await button(client, press)
    outcome = await server.click(ANNA, sent.id, "Comment")
    assert outcome.kind == "modal"
    form = server.view(ANNA)["modal"]
    assert (form["title"], form["fields"][0]["label"]) == ("Your comment", "What do you think?")
    assert form["fields"][0]["max_length"] == 1500
    assert server.view(BORIS)["modal"] is None

    with pytest.raises(NotPossible, match="not open"):
        await server.submit_modal(BORIS, form["id"], {"What do you think?": "Mine"})
    with pytest.raises(NotPossible, match="required"):
        await server.submit_modal(ANNA, form["id"], {"What do you think?": "  "})
    with pytest.raises(NotPossible, match="1500"):
        await server.submit_modal(ANNA, form["id"], {"What do you think?": "x" * 1501})

    answered = await server.submit_modal(ANNA, form["id"], {"What do you think?": "Sanctions now"})
    assert (answered.kind, answered.text) == ("ephemeral", "Received: Sanctions now")
    assert server.view(ANNA)["modal"] is None


async def test_a_form_of_labels_and_choices_is_filled_in(server: DiscordServer, client: Client) -> None:
    seen: dict[str, Any] = {}

    class Report(discord.ui.Modal, title="Report"):
        reason: discord.ui.Label["Report"] = discord.ui.Label(
            text="Reason",
            component=discord.ui.Select(
                options=[
                    discord.SelectOption(label="Spam", value="spam"),
                    discord.SelectOption(label="Hate", value="hate"),
                ]
            ),
        )
        note: discord.ui.Label["Report"] = discord.ui.Label(
            text="Note", description="Optional", component=discord.ui.TextInput(required=False)
        )

        async def on_submit(self, interaction: discord.Interaction) -> None:
            assert isinstance(self.reason.component, discord.ui.Select)
            assert isinstance(self.note.component, discord.ui.TextInput)
            seen.update(reason=self.reason.component.values, note=self.note.component.value)
            await interaction.response.send_message("Thanks", ephemeral=True)

    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Report())

    sent = await button(client, press)
    await server.click(ANNA, sent.id, "Comment")
    form = server.view(ANNA)["modal"]
    assert [field["label"] for field in form["fields"]] == ["Reason", "Note"]
    assert form["fields"][1]["description"] == "Optional"
    with pytest.raises(NotPossible, match="no such option"):
        await server.submit_modal(ANNA, form["id"], {"Reason": "Boredom"})
    await server.submit_modal(ANNA, form["id"], {"Reason": "Hate"})

    assert seen == {"reason": ["hate"], "note": ""}


async def test_a_deferred_answer_shows_thinking_and_then_the_answer(server: DiscordServer, client: Client) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("Done", ephemeral=True)
        await interaction.followup.send("And one more", ephemeral=True)

    sent = await button(client, press)
    outcome = await server.click(ANNA, sent.id, "Comment")
    assert outcome.kind == "thinking"
    await server.until(lambda: len(messages_of(server, ANNA)) == 3)

    assert [words(it["content"]) for it in messages_of(server, ANNA)] == ["Breaking", "Done", "And one more"]
    assert not any(it["thinking"] for it in messages_of(server, ANNA))
    assert len(messages_of(server, BORIS)) == 1


async def test_a_deferred_update_changes_nothing_until_the_original_is_edited(
    server: DiscordServer, client: Client
) -> None:
    async def press(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="Counted")
        await interaction.followup.send("Your vote counts", ephemeral=True)

    sent = await button(client, press)
    assert (await server.click(ANNA, sent.id, "Comment")).kind == "nothing"
    await server.until(lambda: len(messages_of(server, ANNA)) == 2)

    assert words(messages_of(server, BORIS)[0]["content"]) == "Counted"
    assert messages_of(server, ANNA)[1]["ephemeral"]


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
    await server.until(lambda: [words(it["content"]) for it in messages_of(server, ANNA)] == ["Breaking", "Four"])


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


async def test_options_of_a_menu_are_picked_by_label(server: DiscordServer, client: Client) -> None:
    picked: list[list[str]] = []
    menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(placeholder="Topics", custom_id="topics", max_values=2)
    for topic in ("World", "Politics", "General"):
        menu.add_option(label=topic, value=topic.lower())

    async def choose(interaction: discord.Interaction) -> None:
        picked.append(menu.values)
        await interaction.response.send_message("Subscribed", ephemeral=True)

    menu.callback = choose  # type: ignore[method-assign,assignment]
    sent = await client.text_channel(ALERTS).send("Pick", view=discord.ui.View(timeout=None).add_item(menu))

    await server.select(ANNA, sent.id, "Topics", ["World", "general"])
    assert picked == [["world", "general"]]
    with pytest.raises(NotPossible, match="no such option"):
        await server.select(ANNA, sent.id, "topics", ["Sport"])
    with pytest.raises(NotPossible, match="does not take"):
        await server.select(ANNA, sent.id, "topics", ["World", "General", "Politics"])


async def test_people_and_roles_are_picked_by_id(server: DiscordServer, client: Client) -> None:
    picked: list[int] = []
    menu: discord.ui.UserSelect[discord.ui.View] = discord.ui.UserSelect(custom_id="who")

    async def choose(interaction: discord.Interaction) -> None:
        picked.append(menu.values[0].id)
        await interaction.response.defer()

    menu.callback = choose  # type: ignore[method-assign,assignment]
    sent = await client.text_channel(LOUNGE).send("Pick", view=discord.ui.View(timeout=None).add_item(menu))
    await server.select(ANNA, sent.id, "who", [str(MAYA)])

    assert picked == [MAYA]


async def test_a_layout_of_components_v2_is_shown_and_pressed(server: DiscordServer, client: Client) -> None:
    class Card(discord.ui.LayoutView):
        def __init__(self) -> None:
            super().__init__(timeout=None)
            self.add_item(
                discord.ui.Container(
                    discord.ui.TextDisplay("## Held comment"),
                    discord.ui.Separator(),
                    discord.ui.ActionRow(discord.ui.Button(label="Approve", custom_id="approve:7")),
                    accent_colour=discord.Colour(0xFFAA00),
                )
            )

    client.on_press = lambda interaction: interaction.response.edit_message(view=Card())
    sent = await client.text_channel(LOUNGE).send(view=Card())
    outcome = await server.click(ANNA, sent.id, "Approve")

    assert outcome.kind == "update"
    container = messages_of(server, ANNA, LOUNGE)[0]["components"][0]
    assert (container["type"], container["color"]) == ("container", "#ffaa00")
    assert container["components"][0]["content"][0]["type"] == "heading"
    assert container["components"][2]["components"][0]["label"] == "Approve"


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
