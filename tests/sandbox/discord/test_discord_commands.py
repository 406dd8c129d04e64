from typing import Any

import discord
import pytest
from discord import app_commands

from bots.sandbox.discord import DiscordServer, NotPossible
from tests.sandbox.discord.discord_client import ALERTS, ANNA, BORIS, GUILD, LOUNGE, MAYA, MODERATOR_ROLE, Client


async def registered(client: Client, seen: list[Any]) -> None:
    @client.tree.command(description="Your comments")
    async def mycomments(interaction: discord.Interaction) -> None:
        seen.append(interaction.user.id)
        await interaction.response.send_message("None yet", ephemeral=True)

    @client.tree.command(description="Give a role")
    @app_commands.default_permissions(manage_roles=True)
    async def grant(
        interaction: discord.Interaction,
        person: discord.Member,
        role: discord.Role,
        days: app_commands.Range[int, 1, 30],
    ) -> None:
        seen.append((person.id, role.id, days))
        await interaction.response.send_message("Granted")

    @client.tree.context_menu(name="Report comment")
    async def report(interaction: discord.Interaction, message: discord.Message) -> None:
        seen.append(message.content)
        await interaction.response.send_message("Thanks", ephemeral=True)

    topics = app_commands.Group(name="topics", description="Topics")

    @topics.command(name="add", description="Add one")
    async def add(interaction: discord.Interaction, topic: str) -> None:
        seen.append(topic)
        await interaction.response.defer(thinking=True)
        await interaction.followup.send(f"Added {topic}")

    @add.autocomplete("topic")
    async def suggest(_interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=it, value=it) for it in ("world", "politics") if it.startswith(typed)]

    client.tree.add_command(topics)
    await client.tree.sync()


async def test_a_slash_command_reaches_the_bot(server: DiscordServer, client: Client) -> None:
    seen: list[Any] = []
    await registered(client, seen)

    outcome = await server.slash(ANNA, LOUNGE, "mycomments")

    assert (outcome.kind, outcome.text, seen) == ("ephemeral", "None yet", [ANNA])
    assert outcome.message is not None
    assert outcome.message["command"] == {"user": "Anna", "name": "mycomments"}


async def test_options_are_checked_and_resolved(server: DiscordServer, client: Client) -> None:
    seen: list[Any] = []
    await registered(client, seen)
    await server.give_role(MAYA, MODERATOR_ROLE)
    server.set_overwrite(LOUNGE, MAYA, allow=1 << 28)
    server.guild().roles[str(MODERATOR_ROLE)].permissions |= 1 << 28

    with pytest.raises(NotPossible, match="needs"):
        await server.slash(MAYA, LOUNGE, "grant", {"person": ANNA})
    with pytest.raises(NotPossible, match="bounds"):
        await server.slash(MAYA, LOUNGE, "grant", {"person": ANNA, "role": 302, "days": 31})
    with pytest.raises(NotPossible, match="does not take"):
        await server.slash(MAYA, LOUNGE, "grant", {"person": ANNA, "role": 302, "days": "many"})
    with pytest.raises(NotPossible, match="no option"):
        await server.slash(MAYA, LOUNGE, "grant", {"person": ANNA, "role": 302, "days": 3, "why": "so"})
    await server.slash(MAYA, LOUNGE, "grant", {"person": ANNA, "role": 302, "days": 3})

    assert seen == [(ANNA, 302, 3)]


async def test_a_subcommand_is_run_and_suggested(server: DiscordServer, client: Client) -> None:
    seen: list[Any] = []
    await registered(client, seen)

    assert (await server.slash(ANNA, LOUNGE, "topics add", {"topic": "world"})).kind == "thinking"
    await server.until(lambda: not server.view(ANNA)["guilds"][0]["channels"][1]["messages"][0]["thinking"])

    shown = server.view(ANNA)["guilds"][0]["channels"][1]["messages"][0]
    assert shown["content"] == [{"type": "text", "text": "Added world"}]
    with pytest.raises(NotPossible, match="subcommands"):
        await server.slash(ANNA, LOUNGE, "topics")
    with pytest.raises(NotPossible, match="no part"):
        await server.slash(ANNA, LOUNGE, "topics remove")
    suggested = await server.autocomplete(ANNA, LOUNGE, "topics add", "topic", "po")
    assert [choice["value"] for choice in suggested.choices] == ["politics"]


async def test_a_command_of_a_message_works_where_the_reader_cannot_write(
    server: DiscordServer, client: Client
) -> None:
    seen: list[Any] = []
    await registered(client, seen)
    sent = await client.text_channel(ALERTS).send("A rude comment")

    outcome = await server.message_command(ANNA, sent.id, "Report comment")

    assert (outcome.text, seen) == ("Thanks", ["A rude comment"])


async def test_only_registered_commands_can_be_run_and_only_where_one_can_type(
    server: DiscordServer, client: Client
) -> None:
    await registered(client, [])

    with pytest.raises(NotPossible, match="no command"):
        await server.slash(ANNA, LOUNGE, "unknown")
    with pytest.raises(NotPossible, match="nowhere to type"):
        await server.slash(ANNA, ALERTS, "mycomments")


async def test_a_command_with_default_permissions_is_offered_to_those_only(
    server: DiscordServer, client: Client
) -> None:
    await registered(client, [])

    assert "grant" not in {command["name"] for command in server.commands_for(ANNA, LOUNGE)}
    assert "mycomments" in {command["name"] for command in server.commands_for(BORIS, LOUNGE)}


async def test_commands_of_a_guild_and_global_ones_are_kept_apart(server: DiscordServer, client: Client) -> None:
    await registered(client, [])
    client.tree.clear_commands(guild=None)
    client.tree.add_command(
        app_commands.Command(name="desk", description="Desk", callback=_nothing), guild=discord.Object(GUILD)
    )
    await client.tree.sync(guild=discord.Object(GUILD))

    assert {it.name for it in await client.tree.fetch_commands()} == {"mycomments", "grant", "Report comment", "topics"}
    assert [it.name for it in await client.tree.fetch_commands(guild=discord.Object(GUILD))] == ["desk"]
    await client.tree.sync()
    assert await client.tree.fetch_commands() == []
    direct = await server.open_dm(ANNA, client.user.id)  # type: ignore[union-attr]
    assert server.commands_for(ANNA, direct) == []


async def _nothing(interaction: discord.Interaction) -> None:
    await interaction.response.defer()


async def test_a_wrong_command_is_refused(server: DiscordServer, client: Client) -> None:
    with pytest.raises(discord.HTTPException) as caught:
        await client.http.upsert_global_command(
            client.application_id, {"name": "With Space", "description": "x", "type": 1}
        )  # type: ignore[arg-type]

    assert caught.value.code == 50035
    server.violations.clear()
