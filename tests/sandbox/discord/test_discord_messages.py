import io

import discord
import pytest

from bots.sandbox.discord import DiscordServer
from tests.sandbox.discord.discord_client import (
    ALERTS,
    ANNA,
    BORIS,
    LOUNGE,
    WORLD_ROLE,
    Client,
    messages_of,
    words,
)


async def test_what_the_bot_sends_is_seen_by_a_reader(server: DiscordServer, client: Client) -> None:
    embed = discord.Embed(
        title="Missile strike", description="**Three** killed", color=0xCC0000, url="https://example.org"
    )
    embed.add_field(name="Disputed", value="Who fired").set_footer(text="Daily News Motion")
    sent = await client.text_channel(ALERTS).send("Breaking", embed=embed)

    [message] = messages_of(server, ANNA, ALERTS)
    assert message["id"] == str(sent.id)
    assert words(message["content"]) == "Breaking"
    [seen] = message["embeds"]
    assert seen["color"] == "#cc0000"
    assert [node["type"] for node in seen["description"]] == ["bold", "text"]
    assert words(seen["fields"][0]["value"]) == "Who fired"
    assert seen["footer"] == "Daily News Motion"


async def test_an_edit_shows_as_edited(server: DiscordServer, client: Client) -> None:
    sent = await client.text_channel(ALERTS).send("Two killed")
    await sent.edit(content="Three killed")

    [message] = messages_of(server, ANNA, ALERTS)
    assert (words(message["content"]), message["edited"]) == ("Three killed", True)


async def test_a_deleted_message_is_gone_and_cannot_be_edited(server: DiscordServer, client: Client) -> None:
    sent = await client.text_channel(ALERTS).send("Mistake")
    await sent.delete()

    assert messages_of(server, ANNA, ALERTS) == []
    with pytest.raises(discord.NotFound) as caught:
        await sent.edit(content="Again")
    assert caught.value.code == 10008


async def test_a_nonce_sent_again_gives_the_same_message(server: DiscordServer, client: Client) -> None:
    first = await client.text_channel(ALERTS).send("Breaking", nonce="alert-1")
    again = await client.text_channel(ALERTS).send("Breaking", nonce="alert-1")
    other = await client.text_channel(ALERTS).send("Breaking", nonce="alert-2")

    assert again.id == first.id != other.id
    assert len(messages_of(server, ANNA, ALERTS)) == 2


async def test_a_nonce_whose_message_was_deleted_says_unknown_message(client: Client) -> None:
    first = await client.text_channel(ALERTS).send("Breaking", nonce="alert-1")
    await first.delete()

    with pytest.raises(discord.NotFound) as caught:
        await client.text_channel(ALERTS).send("Breaking", nonce="alert-1")
    assert caught.value.code == 10008


async def test_a_reply_shows_what_it_answers(server: DiscordServer, client: Client) -> None:
    first = await server.say(ANNA, LOUNGE, "Is it true?")
    await server.until(lambda: client.heard)
    await client.heard[0].reply("It is confirmed.", mention_author=True)
    second = await server.say(BORIS, LOUNGE, "Thanks", reply_to=messages_of(server, BORIS, LOUNGE)[1]["id"])
    await server.until(lambda: len(client.heard) == 2)

    messages = messages_of(server, ANNA, LOUNGE)
    assert messages[1]["reply_to"]["id"] == first
    assert messages[1]["mentions_me"]
    assert messages[2]["id"] == second
    assert client.heard[1].reference is not None
    assert client.heard[1].reference.resolved.content == "It is confirmed."  # type: ignore[union-attr]


async def test_only_the_role_that_is_allowed_is_pinged(server: DiscordServer, client: Client) -> None:
    await server.give_role(ANNA, WORLD_ROLE)
    channel = client.text_channel(ALERTS)
    role = channel.guild.get_role(WORLD_ROLE)
    assert role is not None
    text = f"<@&{WORLD_ROLE}> <@{BORIS}> @everyone"

    quiet = await channel.send(text, allowed_mentions=discord.AllowedMentions.none())
    loud = await channel.send(text, allowed_mentions=discord.AllowedMentions(roles=[role], users=False, everyone=False))

    assert quiet.role_mentions == []
    assert quiet.mentions == []
    assert not quiet.mention_everyone
    assert loud.role_mentions == [role]
    assert loud.mentions == []
    assert [message["mentions_me"] for message in messages_of(server, ANNA, ALERTS)] == [False, True]
    assert [message["mentions_me"] for message in messages_of(server, BORIS, ALERTS)] == [False, False]


async def test_an_uploaded_picture_can_be_downloaded(server: DiscordServer, client: Client) -> None:
    embed = discord.Embed(title="Result").set_image(url="attachment://chart.png")
    picture = discord.File(io.BytesIO(b"\x89PNG fake"), "chart.png", description="A chart")
    sent = await client.text_channel(ALERTS).send(embed=embed, file=picture)

    assert await sent.attachments[0].read() == b"\x89PNG fake"
    [message] = messages_of(server, ANNA, ALERTS)
    assert message["embeds"][0]["image"] == message["attachments"][0]["url"]
    assert message["attachments"][0]["description"] == "A chart"


@pytest.mark.parametrize(
    ("content", "embed", "path"),
    [
        ("x" * 2001, None, "content"),
        ("", discord.Embed(title="x" * 257), "embeds.0.title"),
        ("", discord.Embed(description="x" * 4097), "embeds.0.description"),
        ("", discord.Embed(title="t", url="javascript:alert(1)"), "embeds.0.url"),
        ("", discord.Embed().add_field(name="", value="v"), "embeds.0.fields.0.name"),
    ],
)
async def test_a_message_over_a_limit_is_refused_with_the_field_named(
    server: DiscordServer, client: Client, content: str, embed: discord.Embed | None, path: str
) -> None:
    with pytest.raises(discord.HTTPException) as caught:
        await client.text_channel(ALERTS).send(content, embed=embed)

    assert (caught.value.status, caught.value.code) == (400, 50035)
    assert path in caught.value.text
    server.violations.clear()  # the description forbids most of these, too


async def test_embeds_count_together_against_6000(client: Client) -> None:
    embeds = [discord.Embed(description="x" * 3500), discord.Embed(description="x" * 3500)]

    with pytest.raises(discord.HTTPException, match="6000"):
        await client.text_channel(ALERTS).send(embeds=embeds)


async def test_an_empty_message_is_refused(client: Client) -> None:
    with pytest.raises(discord.HTTPException) as caught:
        await client.text_channel(ALERTS).send("")
    assert caught.value.code == 50006


async def test_history_is_read_forwards_and_backwards(server: DiscordServer, client: Client) -> None:
    ids = [int(await server.say(ANNA, LOUNGE, f"number {count}")) for count in range(7)]
    channel = client.text_channel(LOUNGE)

    assert [message.id async for message in channel.history(limit=3)] == ids[:3:-1]
    after = [m.id async for m in channel.history(after=discord.Object(ids[2]), limit=2, oldest_first=True)]
    assert after == ids[3:5]
    around = [m.id async for m in channel.history(around=discord.Object(ids[3]), limit=3)]
    assert sorted(around) == ids[2:5]
    assert (await channel.fetch_message(ids[0])).content == "number 0"


async def test_many_messages_are_deleted_at_once(server: DiscordServer, client: Client) -> None:
    ids = [await server.say(ANNA, LOUNGE, f"number {count}") for count in range(3)]

    await client.text_channel(LOUNGE).delete_messages([discord.Object(message) for message in ids[:2]])

    assert [message["id"] for message in messages_of(server, ANNA, LOUNGE)] == ids[2:]


async def test_an_announcement_is_published_once(server: DiscordServer, client: Client) -> None:
    sent = await client.text_channel(ALERTS).send("Breaking")
    await sent.publish()

    assert messages_of(server, ANNA, ALERTS)[0]["published"]
    with pytest.raises(discord.HTTPException) as caught:
        await sent.publish()
    assert caught.value.code == 40033


async def test_reactions_and_pins_are_seen(server: DiscordServer, client: Client) -> None:
    sent = await client.text_channel(LOUNGE).send("Vote")
    await sent.add_reaction("👍")
    await server.react(ANNA, sent.id, "👍")
    await sent.pin()

    [message] = messages_of(server, ANNA, LOUNGE)
    assert message["reactions"] == [{"emoji": "👍", "count": 2, "mine": True}]
    assert message["pinned"]
    assert {user.id async for user in (await sent.fetch()).reactions[0].users()} == {ANNA, client.user.id}  # type: ignore[union-attr]
    assert [pin.id async for pin in client.text_channel(LOUNGE).pins()] == [sent.id]
    await sent.remove_reaction("👍", client.user)  # type: ignore[arg-type]
    await sent.unpin()
    assert messages_of(server, ANNA, LOUNGE)[0]["reactions"][0]["count"] == 1
