import asyncio

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, NetworkError
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters

from bots.sandbox.faults import Fault
from bots.sandbox.telegram import NotPossible, TapAnswer


async def test_an_application_hears_readers_and_answers_their_presses(town, rebuild):
    heard = []

    async def hear(update, _):
        heard.append(update.effective_message.text)

    async def answer(update, _):
        await update.callback_query.answer(f"You chose {update.callback_query.data}", show_alert=True)

    app = ApplicationBuilder().token(rebuild.token).base_url(town.server.base_url).build()
    app.add_handlers([MessageHandler(filters.TEXT, hear), CallbackQueryHandler(answer)])
    async with app:
        await app.start()
        await app.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="v:1")]])
        sent = await app.bot.send_message(town.channel, "Sanctions?", reply_markup=keyboard)
        town.server.start_bot(town.ann, town.bot_id)
        shown = await town.server.tap(town.ann, town.channel, sent.message_id, "Yes")
        await app.updater.stop()
        await app.stop()

    assert shown == TapAnswer("You chose v:1", alert=True)
    assert heard == ["Sanctions?", "/start"]  # the first is the copy in the discussion


async def test_an_update_comes_again_until_it_is_confirmed(town):
    town.server.start_bot(town.ann, town.bot_id)

    first, again = await town.bot.get_updates(), await town.bot.get_updates()
    confirmed = await town.bot.get_updates(offset=first[-1].update_id + 1)

    assert [update.update_id for update in first] == [update.update_id for update in again]
    assert confirmed == ()


async def test_ids_grow_one_by_one_and_a_batch_has_a_limit(town):
    town.server.start_bot(town.ann, town.bot_id)
    for number in range(120):
        town.server.say(town.ann, town.bot_id, str(number))

    updates = await town.bot.get_updates()
    few = await town.bot.get_updates(limit=5)

    assert [update.update_id - updates[0].update_id for update in updates] == list(range(100))
    assert len(few) == 5


async def test_a_poll_waits_for_the_next_update(town):
    waiting = asyncio.create_task(town.bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    assert not waiting.done()

    town.server.start_bot(town.ann, town.bot_id)

    assert (await waiting)[0].message.text == "/start"


async def test_a_second_poll_ends_the_first(town):
    first = asyncio.create_task(town.bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)

    assert await town.bot.get_updates() == ()
    with pytest.raises(Conflict):
        await first


async def test_updates_are_kept_for_a_day(town, watch):
    town.server.start_bot(town.ann, town.bot_id)
    watch.turn(hours=23)
    assert len(await town.bot.get_updates()) == 1
    watch.turn(hours=2)
    assert await town.bot.get_updates() == ()


async def test_only_the_kinds_asked_for_are_sent(town):
    await town.bot.get_updates(allowed_updates=["callback_query"])
    town.server.start_bot(town.ann, town.bot_id)
    assert await town.bot.get_updates() == ()

    await town.bot.get_updates(allowed_updates=["message_reaction"])
    sent = await town.bot.send_message(town.room, "x")
    town.server.react(town.mod, town.room, sent.message_id, "👍")
    assert (await town.bot.get_updates())[0].message_reaction.new_reaction[0].emoji == "👍"


async def test_reactions_must_be_asked_for_by_name(town):
    sent = await town.bot.send_message(town.room, "x")

    town.server.react(town.mod, town.room, sent.message_id, "👍")

    assert await town.bot.get_updates() == ()


async def test_a_bot_does_not_hear_itself_nor_deletions(town):
    await town.bot.send_message(town.room, "ours")
    said = town.server.say(town.mod, town.room, "theirs")
    town.server.delete(town.mod, town.room, said)

    assert [update.message.text for update in await town.bot.get_updates()] == ["theirs"]


async def test_an_edit_by_a_reader_is_an_update(town):
    said = town.server.say(town.mod, town.room, "before")
    town.server.edit(town.mod, town.room, said, "after")

    assert (await town.bot.get_updates())[-1].edited_message.text == "after"


async def test_no_polling_while_a_webhook_is_set(town):
    await town.bot.set_webhook("https://example.org/hook", secret_token="s3cret")
    with pytest.raises(Conflict):
        await town.bot.get_updates()
    assert (await town.bot.get_webhook_info()).url == "https://example.org/hook"

    await town.bot.delete_webhook(drop_pending_updates=True)
    assert await town.bot.get_updates() == ()
    with pytest.raises(BadRequest, match=r"(?i)https"):
        await town.bot.set_webhook("http://example.org/hook")


@pytest.mark.parametrize(("kind", "order"), [("duplicate_updates", [0, 1, 0, 1]), ("out_of_order_updates", [1, 0])])
async def test_updates_can_come_twice_or_in_disorder(town, kind, order):
    town.server.start_bot(town.ann, town.bot_id)
    town.server.say(town.ann, town.bot_id, "hello")
    town.server.fault(Fault("getUpdates", kind))

    updates = await town.bot.get_updates()
    calm = await town.bot.get_updates()

    first = min(update.update_id for update in updates)
    assert [update.update_id - first for update in updates] == order
    assert len(calm) == 2


async def test_a_press_is_answered_once_and_in_time(town, watch):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="v")]])
    sent = await town.bot.send_message(town.channel, "x", reply_markup=keyboard)
    first = town.server.press(town.ann, town.channel, sent.message_id, "Yes")
    late = town.server.press(town.ben, town.channel, sent.message_id, "Yes")

    await town.bot.answer_callback_query(first.id, "ok")
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await town.bot.answer_callback_query(first.id, "again")
    with pytest.raises(BadRequest):
        await town.bot.answer_callback_query(late.id, "x" * 201)
    watch.turn(seconds=40)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await town.bot.answer_callback_query(late.id, "late")


async def test_an_answer_may_lead_into_the_private_chat(town):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Comment", callback_data="c")]])
    sent = await town.bot.send_message(town.channel, "x", reply_markup=keyboard)
    tapping = asyncio.create_task(town.server.tap(town.ann, town.channel, sent.message_id, "c"))
    await asyncio.sleep(0)
    query = (await town.bot.get_updates())[-1].callback_query

    await query.answer(url="https://t.me/newsdesk_bot?start=c1")

    assert (await tapping).url.endswith("start=c1")
    assert (await town.bot.get_updates())[-1].message.text == "/start c1"


async def test_a_poll_that_waits_in_an_outage_is_cut(town):
    waiting = asyncio.create_task(town.bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    town.server.fault(Fault("*", "outage"))
    town.server.start_bot(town.ann, town.bot_id)

    with pytest.raises(NetworkError):
        await waiting
    town.server.lift_faults()
    assert len(await town.bot.get_updates()) == 1


async def test_a_press_that_nobody_answers_shows_nothing(town):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="v")]])
    sent = await town.bot.send_message(town.channel, "x", reply_markup=keyboard)

    assert await town.server.tap(town.ann, town.channel, sent.message_id, "v", patience=0.1) is None
    with pytest.raises(NotPossible, match="no button"):
        await town.server.tap(town.ann, town.channel, sent.message_id, "No")
