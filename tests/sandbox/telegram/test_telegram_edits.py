import pytest
from telegram import BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bots.sandbox.telegram import NotPossible


def button(label, data):
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


async def test_an_edit_changes_what_readers_see_and_is_marked(town):
    sent = await town.bot.send_message(town.channel, "three dead", reply_markup=button("Yes", "1"))

    changed = await town.bot.edit_message_text("four dead", town.channel, sent.message_id)

    assert changed.text == "four dead"
    assert changed.edit_date is not None
    assert changed.reply_markup is None
    assert town.server.view("ann_reads")["chats"][0]["messages"][0]["edited"]


async def test_an_edit_that_changes_nothing_is_refused(town):
    sent = await town.bot.send_message(town.channel, "<b>same</b>", "HTML", reply_markup=button("Yes", "1"))

    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await town.bot.edit_message_text(
            "<b>same</b>", town.channel, sent.message_id, parse_mode="HTML", reply_markup=button("Yes", "1")
        )
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await town.bot.edit_message_reply_markup(town.channel, sent.message_id, reply_markup=button("Yes", "1"))


async def test_new_counts_on_buttons_do_not_mark_the_post_as_edited(town):
    sent = await town.bot.send_message(town.channel, "x", reply_markup=button("Yes 0", "1"))

    await town.bot.edit_message_reply_markup(town.channel, sent.message_id, reply_markup=button("Yes 1", "1"))

    post = town.server.view("ann_reads")["chats"][0]["messages"][0]
    assert post["buttons"][0][0]["label"] == "Yes 1"
    assert not post["edited"]


async def test_only_what_is_there_and_ours_can_be_edited(town):
    said = town.server.say(town.mod, town.room, "mine")
    sent = await town.bot.send_message(town.room, "ours")

    with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
        await town.bot.edit_message_text("x", town.room, said)
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await town.bot.edit_message_text("x", town.room, 999)
    with pytest.raises(BadRequest, match=r"(?i)no caption in the message to edit"):
        await town.bot.edit_message_caption(town.room, sent.message_id, caption="x")


async def test_a_caption_is_edited_as_a_caption(town):
    sent = await town.bot.send_photo(town.channel, "https://example.org/a.jpg", caption="before")

    assert (await town.bot.edit_message_caption(town.channel, sent.message_id, caption="after")).caption == "after"
    with pytest.raises(BadRequest, match=r"(?i)no text in the message to edit"):
        await town.bot.edit_message_text("x", town.channel, sent.message_id)


async def test_the_copy_in_the_discussion_follows_an_edit_of_the_post(town):
    sent = await town.bot.send_message(town.channel, "before")

    await town.bot.edit_message_text("after", town.channel, sent.message_id)

    discussion = next(chat for chat in town.server.view("ann_reads")["chats"] if chat["id"] == town.discussion)
    assert discussion["messages"][0]["text"][0]["text"] == "after"


async def test_a_message_can_be_deleted_for_48_hours(town, watch):
    young, old = [await town.bot.send_message(town.channel, text) for text in ("young", "old")]

    assert await town.bot.delete_message(town.channel, young.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await town.bot.delete_message(town.channel, young.message_id)
    watch.turn(hours=48, seconds=2)
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted"):
        await town.bot.delete_message(town.channel, old.message_id)


async def test_an_administrator_deletes_what_others_wrote_if_it_has_the_right(town):
    said = [town.server.say(town.mod, town.room, text) for text in ("one", "two", "three")]

    await town.bot.delete_message(town.room, said[0])
    await town.bot.delete_messages(town.room, [said[1], 999])
    town.server.set_rights(town.room, town.bot_id, can_delete_messages=False)

    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted"):
        await town.bot.delete_message(town.room, said[2])


async def test_a_pinned_message_is_shown_as_pinned(town):
    sent = await town.bot.send_message(town.room, "rules")

    await town.bot.pin_chat_message(town.room, sent.message_id)

    assert (await town.bot.get_chat(town.room)).pinned_message.text == "rules"
    await town.bot.unpin_chat_message(town.room)
    assert (await town.bot.get_chat(town.room)).pinned_message is None


async def test_commands_are_offered_where_their_scope_says(town):
    town.server.start_bot(town.ann, town.bot_id)
    await town.bot.set_my_commands([BotCommand("start", "Begin")])
    await town.bot.set_my_commands([BotCommand("queue", "What waits")], BotCommandScopeChat(town.room))

    assert town.server.suggested_commands(town.ann, town.bot_id) == [{"command": "start", "description": "Begin"}]
    assert town.server.suggested_commands(town.mod, town.room)[0]["command"] == "queue"
    assert [command.command for command in await town.bot.get_my_commands()] == ["start"]
    with pytest.raises(BadRequest):
        await town.bot.set_my_commands([("Not Valid", "x")])


async def test_a_poll_is_voted_on_and_stopped_once(town):
    sent = await town.bot.send_poll(town.channel, "Sanctions?", ["Yes", "No"])

    town.server.vote(town.ann, town.channel, sent.message_id, [0])
    with pytest.raises(NotPossible):
        town.server.vote(town.ann, town.channel, sent.message_id, [1])
    with pytest.raises(NotPossible):
        town.server.vote(town.ben, town.channel, sent.message_id, [2])
    stopped = await town.bot.stop_poll(town.channel, sent.message_id)

    assert [option.voter_count for option in stopped.options] == [1, 0]
    with pytest.raises(BadRequest, match=r"(?i)already been closed"):
        await town.bot.stop_poll(town.channel, sent.message_id)
