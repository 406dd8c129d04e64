from datetime import timedelta

import discord
import pytest

from bots.sandbox.discord import DiscordServer, NotPossible
from tests.sandbox.discord.discord_client import ALERTS, ANNA, BORIS, DESK, LOUNGE, MAYA, Client, messages_of, words


async def test_what_a_person_writes_reaches_the_bot(server: DiscordServer, client: Client) -> None:
    await server.say(ANNA, LOUNGE, "Good morning")
    await server.until(lambda: client.heard)

    assert client.heard[0].content == "Good morning"
    assert client.heard[0].author.id == ANNA
    assert isinstance(client.heard[0].author, discord.Member)


async def test_what_has_no_text_reaches_the_bot_as_such(server: DiscordServer, client: Client) -> None:
    await server.send_attachment(ANNA, LOUNGE, "cat.jpg", b"cat")
    await server.send_sticker(ANNA, LOUNGE, "Wave")
    await server.until(lambda: len(client.heard) == 2)

    assert client.heard[0].content == ""
    assert client.heard[0].attachments[0].filename == "cat.jpg"
    assert client.heard[1].stickers[0].name == "Wave"


async def test_a_direct_message_arrives_unless_the_person_closed_them(server: DiscordServer, client: Client) -> None:
    anna = await client.fetch_user(ANNA)
    await anna.send("Your comment was published.")
    assert words(server.view(ANNA)["dms"][0]["messages"][0]["content"]) == "Your comment was published."

    await server.close_dms(ANNA)
    with pytest.raises(discord.Forbidden) as caught:
        await anna.send("And another one.")
    assert caught.value.code == 50007

    await server.close_dms(ANNA, closed=False)
    await server.leave(ANNA)
    with pytest.raises(discord.Forbidden) as caught:
        await anna.send("We share no guild now.")
    assert caught.value.code == 50007


async def test_a_person_writes_to_the_bot_directly(server: DiscordServer, client: Client) -> None:
    assert client.user is not None
    channel = await server.open_dm(ANNA, client.user.id)
    await server.say(ANNA, channel, "Hello")
    await server.until(lambda: client.heard)

    assert isinstance(client.heard[0].channel, discord.DMChannel)
    assert client.heard[0].content == "Hello"


async def test_people_cannot_write_into_the_alerts_channel(server: DiscordServer) -> None:
    with pytest.raises(NotPossible, match="may not write here"):
        await server.say(ANNA, ALERTS, "First!")


async def test_readers_see_nothing_of_the_moderators_channel(server: DiscordServer, client: Client) -> None:
    card = await client.text_channel(DESK).send("Held comment")

    names = [channel["name"] for channel in server.view(ANNA)["guilds"][0]["channels"]]
    assert names == ["breaking-news", "lounge"]
    assert len(messages_of(server, MAYA, DESK)) == 1
    with pytest.raises(NotPossible):
        await server.react(ANNA, card.id, "👍")


async def test_people_edit_and_delete_only_what_is_theirs(server: DiscordServer, client: Client) -> None:
    own = await server.say(ANNA, LOUNGE, "Frist")
    await server.edit(ANNA, own, "First")
    await server.until(lambda: client.heard)
    with pytest.raises(NotPossible):
        await server.edit(BORIS, own, "Last")
    with pytest.raises(NotPossible):
        await server.delete(BORIS, own)

    assert words(messages_of(server, BORIS, LOUNGE)[0]["content"]) == "First"
    await server.delete(ANNA, own)
    assert messages_of(server, BORIS, LOUNGE) == []


async def test_the_bot_deletes_a_readers_message_but_cannot_edit_it(server: DiscordServer, client: Client) -> None:
    message = client.text_channel(LOUNGE).get_partial_message(int(await server.say(ANNA, LOUNGE, "Rude")))

    with pytest.raises(discord.Forbidden) as caught:
        await message.edit(content="Polite")
    assert caught.value.code == 50005
    await message.delete()
    assert messages_of(server, ANNA, LOUNGE) == []


async def test_a_bot_without_rights_is_told_which(server: DiscordServer, client: Client) -> None:
    assert client.user is not None
    channel = client.text_channel(LOUNGE)
    server.set_overwrite(LOUNGE, client.user.id, deny=1 << 11)
    with pytest.raises(discord.Forbidden) as caught:
        await channel.send("Hello")
    assert caught.value.code == 50013

    server.set_overwrite(LOUNGE, client.user.id, deny=1 << 10)
    with pytest.raises(discord.Forbidden) as caught:
        await channel.send("Hello")
    assert caught.value.code == 50001


async def test_unknown_places_are_not_found(client: Client) -> None:
    with pytest.raises(discord.NotFound) as caught:
        await client.fetch_channel(999)
    assert caught.value.code == 10003


async def test_a_poll_of_discord_is_voted_on_and_closed(server: DiscordServer, client: Client) -> None:
    poll = discord.Poll("Harsher sanctions?", duration=timedelta(hours=1))
    poll.add_answer(text="Yes").add_answer(text="No")
    sent = await client.text_channel(LOUNGE).send(poll=poll)

    await server.vote(ANNA, sent.id, [1])
    await server.vote(ANNA, sent.id, [2])
    shown = messages_of(server, ANNA, LOUNGE)[0]["poll"]
    assert [(answer["votes"], answer["mine"]) for answer in shown["answers"]] == [(0, False), (1, True)]
    with pytest.raises(NotPossible):
        await server.vote(BORIS, sent.id, [1, 2])

    await sent.end_poll()
    assert not messages_of(server, ANNA, LOUNGE)[0]["poll"]["open"]
    with pytest.raises(NotPossible):
        await server.vote(BORIS, sent.id, [1])


async def test_the_bot_opens_and_closes_a_channel_for_everyone(server: DiscordServer, client: Client) -> None:
    channel = client.text_channel(LOUNGE)
    await channel.set_permissions(channel.guild.default_role, send_messages=False)
    with pytest.raises(NotPossible):
        await server.say(ANNA, LOUNGE, "Closed?")

    await channel.set_permissions(channel.guild.default_role, overwrite=None)
    await server.say(ANNA, LOUNGE, "Open again")
