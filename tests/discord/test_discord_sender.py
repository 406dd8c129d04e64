"""Each call of the sender, and what each kind of trouble at it means."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bots.discord.errors import meaning
from bots.discord.sender import DiscordSender
from bots.discord.threads import open_thread
from bots.newsroom.delivery.errors import (
    DeliveryError,
    DestinationGone,
    MessageGone,
    MessageRefused,
    RetryLater,
    Uncertain,
)
from bots.newsroom.delivery.posts import Sent
from bots.newsroom.messages import Destination, Platform, Quote, Room
from bots.newsroom.readers import ALL_TOPICS
from bots.sandbox.discord import DiscordServer, Fault
from tests.discord.deliveries import (
    ALERT,
    COMMENT,
    GONE,
    MANAGE_ROLES,
    SEND_MESSAGES,
    STORY,
    TO_ANNA,
    VIEW_CHANNEL,
    bot_role,
    delivery,
    messages,
    sending,
    with_ref,
)
from tests.discord.place import ALERTS, ANNA, MODERATORS, WORLD_ROLE, Place, said, settings_for


async def test_an_alert_mentions_its_topics_role_and_nobody_else(server: DiscordServer, sender: DiscordSender) -> None:
    sent = await sender.send(delivery(replace(ALERT, body="@everyone <@1001>")))
    (message,) = messages(server)
    assert (sent.chat, sent.message_id) == (str(ALERTS), message.id)
    assert message.content == f"<@&{WORLD_ROLE}>"
    assert (message.mention_roles, message.mentions, message.mention_everyone) == ([str(WORLD_ROLE)], [], False)
    assert server.world.channel(message.id).name == "Sanctions"


async def test_a_topic_without_a_role_gets_one_without_rights(server: DiscordServer, sender: DiscordSender) -> None:
    await sender.send(delivery(replace(ALERT, topic="politics")))
    role = next(role for role in server.guild().roles.values() if role.name == "politics")
    assert (role.permissions, messages(server)[0].mention_roles) == (0, [role.id])


async def test_an_alert_goes_out_without_mention_when_the_bot_may_not_make_roles(
    server: DiscordServer, sender: DiscordSender
) -> None:
    for role in server.guild().roles.values():
        role.permissions &= ~MANAGE_ROLES
    await sender.send(delivery(replace(ALERT, topic="politics")))
    assert (messages(server)[0].content, messages(server)[0].mention_roles) == ("", [])


async def test_minor_news_makes_no_sound(server: DiscordServer, sender: DiscordSender) -> None:
    await sender.send(delivery(replace(ALERT, silent=True)))
    assert messages(server)[0].flags & (1 << 12)


async def test_an_announcement_is_published_to_followers(server: DiscordServer) -> None:
    server.add_text_channel(210, "announcements", announcement=True, write=())
    async with sending(settings_for(server, "redis://127.0.0.1:1", alerts_channel=210)) as sender:
        await sender.send(delivery(ALERT))
    assert messages(server, 210)[0].flags & 1


@pytest.mark.parametrize("method", ["create_thread_from_message", "get_channel", "get_guild"])
async def test_trouble_around_an_alert_does_not_fail_it(
    server: DiscordServer, sender: DiscordSender, method: str
) -> None:
    server.fault(Fault(method, "status", status=403))
    await sender.send(delivery(ALERT))
    assert len(messages(server)) == 1


async def test_a_missing_thread_is_opened_by_the_first_comment(server: DiscordServer, sender: DiscordSender) -> None:
    server.fault(Fault("create_thread_from_message", "status", status=403))
    post = await sender.send(delivery(ALERT))
    sent = await sender.send(delivery(COMMENT, STORY, thread=post))
    assert sent.chat == post.message_id
    assert server.world.channel(post.message_id).name == "Sanctions"


async def test_a_thread_is_opened_once_however_often_it_is_asked_for(
    server: DiscordServer, sender: DiscordSender
) -> None:
    post = await sender.send(delivery(ALERT))
    await open_thread(sender._rest, post, "Sanctions")
    assert server.world.channel(post.message_id).name == "Sanctions"


async def test_a_thread_that_is_there_already_is_fine(server: DiscordServer, sender: DiscordSender) -> None:
    server.fault(Fault("create_thread_from_message", "cut_after"))
    post = await sender.send(delivery(ALERT))
    await sender.send(delivery(COMMENT, STORY, thread=post))
    assert len(messages(server, post.message_id)) == 1


async def test_an_archived_thread_is_opened_for_an_edit(server: DiscordServer, sender: DiscordSender) -> None:
    post = await sender.send(delivery(ALERT))
    sent = await sender.send(delivery(COMMENT, STORY, thread=post))
    thread = server.world.channel(post.message_id).thread
    assert thread is not None
    thread.archived = True
    await sender.edit(delivery(replace(COMMENT, quotes=(Quote("Changed.", "Anna"),)), STORY, sent=sent, thread=post))
    assert messages(server, post.message_id)[0].embeds[0]["description"] == "Changed."


async def test_a_reply_hangs_on_what_it_answers_or_stands_alone(server: DiscordServer, sender: DiscordSender) -> None:
    post = await sender.send(delivery(ALERT))
    first = await sender.send(delivery(COMMENT, STORY, thread=post))
    answer = delivery(COMMENT, STORY, thread=post, reply_to=first)
    await sender.send(with_ref(answer, "second"))
    await sender.send(with_ref(replace(answer, reply_to=Sent(first.chat, "123")), "third"))
    shown = messages(server, post.message_id)
    assert [bool(message.reference) for message in shown] == [False, True, False]
    assert shown[1].mentions == []


async def test_what_is_shown_is_edited_and_deleted(server: DiscordServer, sender: DiscordSender) -> None:
    sent = await sender.send(delivery(ALERT))
    await sender.edit(delivery(replace(ALERT, title="Sanctions passed"), sent=sent))
    (message,) = messages(server)
    assert message.embeds[0]["title"] == "Sanctions passed"
    assert message.content == f"<@&{WORLD_ROLE}>"
    await sender.delete(delivery(None, sent=sent))
    assert messages(server) == []


async def test_what_is_gone_already_is_said_to_be_gone(server: DiscordServer, sender: DiscordSender) -> None:
    for attempt in (sender.edit(delivery(ALERT, sent=GONE)), sender.delete(delivery(None, sent=GONE))):
        with pytest.raises(MessageGone):
            await attempt


async def test_a_direct_message_reaches_who_takes_it(server: DiscordServer, sender: DiscordSender) -> None:
    sent = await sender.send(delivery(replace(ALERT, topic=""), TO_ANNA))
    assert said(server.view(ANNA)["dms"][0]["messages"][0]) == "Sanctions"
    await sender.edit(delivery(replace(ALERT, title="Edited"), TO_ANNA, sent=sent))
    await server.close_dms(ANNA)
    with pytest.raises(DestinationGone):
        await sender.send(with_ref(delivery(ALERT, TO_ANNA), "other"))


async def test_who_takes_no_direct_messages_is_not_written_to_again(place: Place) -> None:
    readers = place.newsroom.stores.readers
    await readers.subscribe(place.platform, str(ANNA), frozenset({ALL_TOPICS}))
    await place.server.close_dms(ANNA)
    await place.alert()
    async with asyncio.timeout(10):
        while await readers.topics(place.platform, str(ANNA)):  # noqa: ASYNC110 - the store calls nobody
            await asyncio.sleep(0.02)


async def test_rights_that_are_missing_are_named(server: DiscordServer, sender: DiscordSender) -> None:
    server.set_overwrite(MODERATORS, bot_role(server), allow=VIEW_CHANNEL, deny=SEND_MESSAGES)
    with pytest.raises(MessageRefused, match="Send Messages"):
        await sender.send(delivery(COMMENT, Destination(Platform.DISCORD, Room.MODERATORS)))


async def test_a_room_that_nobody_set_is_named(server: DiscordServer) -> None:
    async with sending(settings_for(server, "redis://127.0.0.1:1", moderators_channel=None)) as sender:
        with pytest.raises(MessageRefused, match="DISCORD_MODERATORS_CHANNEL"):
            await sender.send(delivery(COMMENT, Destination(Platform.DISCORD, Room.MODERATORS)))


TROUBLE = [
    (Fault("x", "flood", retry_after=7), RetryLater),
    (Fault("x", "status", status=503), Uncertain),
    (Fault("x", "html", status=503), Uncertain),
    (Fault("x", "status", status=400), MessageRefused),
    (Fault("x", "status", status=401), RetryLater),
    (Fault("x", "cut_before"), Uncertain),
    (Fault("x", "cut_after"), Uncertain),
]


@pytest.mark.parametrize(("fault", "expected"), TROUBLE, ids=lambda value: getattr(value, "kind", ""))
@pytest.mark.parametrize("method", ["create_message", "update_message", "delete_message"])
async def test_each_kind_of_trouble_has_one_meaning(
    server: DiscordServer, sender: DiscordSender, fault: Fault, expected: type[DeliveryError], method: str
) -> None:
    sent = await sender.send(with_ref(delivery(ALERT), "before"))
    server.fault(replace(fault, method=method, times=2))  # aiohttp itself repeats a cut DELETE once
    attempts: dict[str, Callable[[], Awaitable[object]]] = {
        "create_message": lambda: sender.send(delivery(ALERT)),
        "update_message": lambda: sender.edit(delivery(ALERT, sent=sent)),
        "delete_message": lambda: sender.delete(delivery(None, sent=sent)),
    }
    with pytest.raises(expected) as raised:
        await attempts[method]()
    if isinstance(raised.value, RetryLater) and fault.kind == "flood":
        assert raised.value.after == 7


async def test_nothing_was_sent_while_discord_cannot_be_reached(server: DiscordServer, sender: DiscordSender) -> None:
    await server.stop()
    with pytest.raises(RetryLater) as raised:
        await sender.send(delivery(ALERT))
    assert raised.value.whole_platform


def test_an_old_message_that_takes_no_edits_now_takes_them_later() -> None:
    """Discord limits edits of messages older than an hour (30046)."""
    assert isinstance(meaning(refusal(400, 30046)), RetryLater)
    assert isinstance(meaning(refusal(404, 10015)), DestinationGone)
    assert isinstance(meaning(refusal(401, 50027)), DestinationGone)


def refusal(status: int, code: int) -> discord.HTTPException:
    """What discord.py makes of such an answer."""
    response: Any = SimpleNamespace(status=status, reason="", headers={})
    return discord.HTTPException(response, {"code": code, "message": "refused"})
