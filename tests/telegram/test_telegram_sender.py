"""What the sender makes of every way in which Telegram can fail it."""

from dataclasses import replace

import pytest
from telegram import Bot

from bots.newsroom.delivery.errors import (
    DeliveryError,
    DestinationGone,
    MessageGone,
    MessageRefused,
    RetryLater,
    Uncertain,
)
from bots.newsroom.delivery.posts import Sent
from bots.newsroom.messages import Choice, Message, Platform, Quote, Room
from bots.sandbox.faults import Fault
from bots.sandbox.telegram import Group, TelegramServer
from bots.telegram.chats import Chats
from bots.telegram.sender import TelegramSender
from tests.telegram.town import (
    ANN,
    BOT,
    CHANNEL,
    DISCUSSION,
    HELLO,
    MIA,
    TOKEN,
    Town,
    delivery,
    labels_of,
    text_of,
    to_ann,
)

FAULTS = [
    (Fault("*", "flood", retry_after=3), RetryLater),
    (Fault("*", "status", status=500), Uncertain),
    (Fault("*", "status", status=502), Uncertain),
    (Fault("*", "html", status=502), Uncertain),
    (Fault("*", "html", status=200), Uncertain),
    (Fault("*", "cut_before"), Uncertain),
    (Fault("*", "cut_after"), Uncertain),
    (Fault("*", "hang"), Uncertain),
    (Fault("*", "delay", seconds=0.8), Uncertain),
    (Fault("*", "status", status=401), RetryLater),
]


@pytest.mark.parametrize(("fault", "expected"), FAULTS, ids=lambda value: getattr(value, "kind", None))
@pytest.mark.parametrize("step", ["send", "edit", "delete"])
async def test_every_fault_of_every_call_says_what_to_do_next(
    idle: Town, sender: TelegramSender, step: str, fault: Fault, expected: type[DeliveryError]
) -> None:
    await sender.send(delivery(Room.CHANNEL))
    shown = await sender.send(delivery(Room.CHANNEL))
    idle.server.fault(replace(fault))
    changed = delivery(Room.CHANNEL, Message(title="Changed"), sent=None if step == "send" else shown)
    with pytest.raises(expected):
        await getattr(sender, step)(changed)


async def test_a_flood_says_how_long_to_wait(idle: Town, sender: TelegramSender) -> None:
    idle.server.fault(Fault("sendMessage", "flood", retry_after=7))
    with pytest.raises(RetryLater) as caught:
        await sender.send(delivery(Room.CHANNEL))
    assert caught.value.after == 7
    assert not caught.value.whole_platform


async def test_what_never_left_may_simply_be_sent_again(idle: Town) -> None:
    async with await TelegramServer.start() as short_lived:
        short_lived.add_bot(TOKEN, "newsdesk_bot", "Newsdesk")
        bot = Bot(TOKEN, base_url=short_lived.base_url)
        await bot.initialize()
    lonely = TelegramSender(bot, Chats(bot, idle.newsroom.settings.telegram), idle.newsroom.stores)
    with pytest.raises(RetryLater) as caught:
        await lonely.send(to_ann())
    assert caught.value.whole_platform
    await bot.shutdown()


async def test_an_edit_that_changes_nothing_has_succeeded(idle: Town, sender: TelegramSender) -> None:
    shown = await sender.send(delivery(Room.CHANNEL))
    await sender.edit(delivery(Room.CHANNEL, sent=shown))
    assert idle.server.calls[-1].status == 400


async def test_a_message_that_is_gone_is_not_edited_or_deleted(idle: Town, sender: TelegramSender) -> None:
    shown = await sender.send(delivery(Room.CHANNEL))
    await sender.delete(delivery(Room.CHANNEL, None, sent=shown))
    assert idle.messages(ANN, CHANNEL) == []
    with pytest.raises(MessageGone):
        await sender.edit(delivery(Room.CHANNEL, Message(title="Changed"), sent=shown))
    with pytest.raises(MessageGone):
        await sender.delete(delivery(Room.CHANNEL, None, sent=shown))


async def test_what_is_too_old_to_be_deleted_says_that_it_was_withdrawn(idle: Town, sender: TelegramSender) -> None:
    shown = await sender.send(delivery(Room.CHANNEL, replace(HELLO, choices=((Choice("Yes", "vote:p1:0"),),))))
    idle.server.platform.state.chats[str(CHANNEL)].messages[int(shown.message_id)].date -= 49 * 3600
    await sender.delete(delivery(Room.CHANNEL, None, sent=shown))
    (left,) = idle.messages(ANN, CHANNEL)
    assert (text_of(left), labels_of(left)) == ("This message was withdrawn.", [])


async def test_a_reader_who_never_started_or_blocked_the_bot_is_gone(idle: Town, sender: TelegramSender) -> None:
    readers = idle.newsroom.stores.readers
    await readers.subscribe(Platform.TELEGRAM, str(ANN), frozenset({"world"}))
    with pytest.raises(DestinationGone):
        await sender.send(to_ann())
    assert await readers.topics(Platform.TELEGRAM, str(ANN)) == frozenset()
    idle.server.start_bot(ANN, BOT)
    await sender.send(to_ann())
    idle.server.block(ANN, BOT)
    with pytest.raises(DestinationGone):
        await sender.send(to_ann())


async def test_a_missing_right_is_named_for_a_person_to_mend(idle: Town, sender: TelegramSender) -> None:
    idle.server.set_rights(CHANNEL, BOT, can_post_messages=False)
    with pytest.raises(MessageRefused, match="administrator of TELEGRAM_CHANNEL"):
        await sender.send(delivery(Room.CHANNEL))


async def test_a_room_that_is_not_set_is_named(idle: Town, quick: Bot) -> None:
    unset = idle.newsroom.settings.telegram.model_copy(update={"moderators": None})
    with pytest.raises(MessageRefused, match="TELEGRAM_MODERATORS is not set"):
        await TelegramSender(quick, Chats(quick, unset), idle.newsroom.stores).send(delivery(Room.MODERATORS))


async def test_a_group_with_a_new_number_is_followed(idle: Town, quick: Bot) -> None:
    idle.server.add_group(-4001, "Old room", Group([MIA, BOT], basic=True))
    idle.server.migrate(-4001, -1001000000077)
    settings = idle.newsroom.settings.telegram.model_copy(update={"moderators": "-4001"})
    moving = TelegramSender(quick, Chats(quick, settings), idle.newsroom.stores)
    with pytest.raises(RetryLater, match="-1001000000077"):
        await moving.send(delivery(Room.MODERATORS))
    assert (await moving.send(delivery(Room.MODERATORS))).chat == "-1001000000077"
    with pytest.raises(MessageGone):
        await moving.edit(delivery(Room.MODERATORS, sent=Sent("-4001", "1")))


async def test_a_photo_is_posted_with_its_text_and_edited_as_a_caption(idle: Town, sender: TelegramSender) -> None:
    picture = replace(HELLO, image_url="https://example.org/port.jpg")
    shown = await sender.send(delivery(Room.CHANNEL, picture))
    assert idle.messages(ANN, CHANNEL)[0]["kind"] == "photo"
    await sender.edit(delivery(Room.CHANNEL, replace(picture, title="Corrected"), sent=shown))
    assert text_of(idle.messages(ANN, CHANNEL)[0]) == "Corrected"
    long = replace(picture, title="Now without", body="A sentence. " * 200)
    await sender.edit(delivery(Room.CHANNEL, long, sent=shown))
    assert len(text_of(idle.messages(ANN, CHANNEL)[0])) <= 1024


async def test_a_text_is_edited_as_a_text_also_when_it_would_fit_a_photo_by_now(
    idle: Town, sender: TelegramSender
) -> None:
    shown = await sender.send(delivery(Room.CHANNEL, HELLO))
    await sender.edit(delivery(Room.CHANNEL, replace(HELLO, title="New", image_url="https://e.org/x.jpg"), sent=shown))
    assert text_of(idle.messages(ANN, CHANNEL)[0]) == "New"


async def test_a_thread_waits_for_its_post_to_be_brought_over(idle: Town, sender: TelegramSender) -> None:
    post = await sender.send(delivery(Room.CHANNEL))
    comment = replace(delivery(Room.STORY, Message(quotes=(Quote("Hi.", "Ann"),))), thread=post)
    with pytest.raises(RetryLater) as caught:
        await sender.send(comment)
    assert caught.value.alone
    with pytest.raises(MessageRefused, match="link the group to the channel"):
        await sender.send(replace(comment, attempts=500))
    copy = Sent(str(DISCUSSION), str(idle.messages(ANN, DISCUSSION)[0]["id"]))
    await idle.newsroom.stores.copies.keep(post.message_id, copy)
    await sender.send(comment)
    assert idle.messages(ANN, DISCUSSION)[1]["reply_to"]["id"] == int(copy.message_id)


async def test_an_answer_to_a_comment_that_is_gone_stays_in_the_thread(idle: Town, sender: TelegramSender) -> None:
    post = await sender.send(delivery(Room.CHANNEL))
    copy = Sent(str(DISCUSSION), str(idle.messages(ANN, DISCUSSION)[0]["id"]))
    await idle.newsroom.stores.copies.keep(post.message_id, copy)
    reply = replace(delivery(Room.STORY), thread=post, reply_to=Sent(copy.chat, "999"))
    await sender.send(reply)
    assert idle.messages(ANN, DISCUSSION)[-1]["reply_to"]["id"] == int(copy.message_id)
