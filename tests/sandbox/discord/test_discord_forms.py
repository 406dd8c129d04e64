from typing import Any

import discord
import pytest

from bots.sandbox.discord import DiscordServer, NotPossible
from tests.sandbox.discord.discord_client import ALERTS, ANNA, BORIS, LOUNGE, MAYA, Client, button, messages_of


class CommentForm(discord.ui.Modal, title="Your comment"):
    text: discord.ui.TextInput["CommentForm"] = discord.ui.TextInput(
        label="What do you think?", style=discord.TextStyle.long, max_length=1500
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Received: {self.text.value}", ephemeral=True)


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
