import pytest
from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def keyboard(**buttons):
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)] for label, data in buttons.items()])


async def test_a_post_comes_back_with_its_formatting_and_buttons(town):
    sent = await town.bot.send_message(
        town.channel,
        "<b>Flood &amp; fire</b> in <a href='https://example.org/a'>Ostrava</a>",
        "HTML",
        reply_markup=keyboard(Yes="v:1", No="v:2"),
    )

    assert sent.text == "Flood & fire in Ostrava"
    assert [(e.type, e.offset, e.length, e.url) for e in sent.entities] == [
        ("bold", 0, 12, None),
        ("text_link", 16, 7, "https://example.org/a"),
    ]
    assert [row[0].callback_data for row in sent.reply_markup.inline_keyboard] == ["v:1", "v:2"]
    assert sent.sender_chat.id == town.channel
    assert sent.from_user is None


async def test_offsets_count_utf16_units(town):
    sent = await town.bot.send_message(town.channel, "🌊🌊 <i>Flut</i>", "HTML")

    assert sent.entities[0].offset == 5
    assert sent.parse_entity(sent.entities[0]) == "Flut"


async def test_markdown_and_given_entities_work_too(town):
    markdown = await town.bot.send_message(
        town.channel, r"*bold _both_* `x` [l](https://a.org) ||s|| 1\.5", "MarkdownV2"
    )
    given = await town.bot.send_message(town.channel, "bold", entities=[MessageEntity("bold", 0, 4)])

    assert markdown.text == "bold both x l s 1.5"
    assert [e.type for e in markdown.entities] == ["bold", "italic", "code", "text_link", "spoiler"]
    assert [e.type for e in given.entities] == ["bold"]


@pytest.mark.parametrize(
    ("text", "mode", "complaint"),
    [
        ("<b>x", "HTML", "end tag"),
        ("<blink>x</blink>", "HTML", "nsupported start tag"),
        ("<b>x</i>", "HTML", "nmatched end tag"),
        ("a < b", "HTML", "start tag"),
        ("1.5", "MarkdownV2", "reserved"),
        ("*x", "MarkdownV2", "end of bold"),
        ("", None, "text is empty"),
        (" \n ", None, "text is empty"),
        ("x" * 4097, None, "too long"),
        ("🌊" * 2049, None, "too long"),
    ],
)
async def test_a_text_telegram_would_refuse_is_refused(town, text, mode, complaint):
    with pytest.raises(BadRequest, match=rf"(?i){complaint}"):
        await town.bot.send_message(town.channel, text, mode)


async def test_the_limit_is_counted_after_the_markup_is_gone(town):
    sent = await town.bot.send_message(town.channel, "<b>" + "x" * 4096 + "</b>", "HTML")

    assert len(sent.text) == 4096


@pytest.mark.parametrize("data", ["x" * 65, "ä" * 33])
async def test_button_data_has_at_most_64_bytes(town, data):
    with pytest.raises(BadRequest):
        await town.bot.send_message(town.channel, "x", reply_markup=keyboard(Yes=data))


async def test_a_reply_carries_what_it_answers(town):
    first = await town.bot.send_message(town.room, "first")

    reply = await town.bot.send_message(town.room, "second", reply_parameters=ReplyParameters(first.message_id))

    assert reply.reply_to_message.text == "first"


async def test_a_reply_to_nothing_is_refused_unless_allowed(town):
    with pytest.raises(BadRequest, match=r"(?i)message to be replied not found"):
        await town.bot.send_message(town.room, "x", reply_parameters=ReplyParameters(99))

    lenient = ReplyParameters(99, allow_sending_without_reply=True)
    assert (await town.bot.send_message(town.room, "x", reply_parameters=lenient)).reply_to_message is None


async def test_ids_run_per_group_and_per_account(town):
    town.server.start_bot(town.ann, town.bot_id)
    town.server.start_bot(town.ben, town.bot_id)

    in_room = [(await town.bot.send_message(town.room, "x")).message_id for _ in range(2)]
    private = [(await town.bot.send_message(who, "x")).message_id for who in (town.ann, town.ben)]

    assert in_room == [1, 2]
    assert private == [3, 4]


async def test_a_photo_by_upload_can_be_fetched_again(town):
    sent = await town.bot.send_photo(town.channel, PNG, caption="<b>c</b>", parse_mode="HTML")
    fetched = await (await sent.photo[-1].get_file()).download_as_bytearray()

    assert sent.caption == "c"
    assert bytes(fetched) == PNG


async def test_a_photo_by_address_is_taken(town):
    sent = await town.bot.send_photo(town.channel, "https://example.org/a.jpg", caption="c")

    assert sent.photo


async def test_a_caption_has_at_most_1024_characters_and_a_photo_must_be_one(town):
    with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
        await town.bot.send_photo(town.channel, PNG, caption="x" * 1025)
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await town.bot.send_photo(town.channel, b"not a picture")


async def test_nobody_is_written_to_who_has_not_started_the_bot(town):
    with pytest.raises(Forbidden, match="initiate"):
        await town.bot.send_message(town.ann, "hello")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await town.bot.send_message(987654, "hello")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await town.bot.get_chat(town.ann)


async def test_who_blocks_the_bot_or_leaves_telegram_gets_nothing_more(town):
    town.server.start_bot(town.ann, town.bot_id)
    town.server.start_bot(town.ben, town.bot_id)
    town.server.block(town.ann, town.bot_id)
    town.server.deactivate(town.ben)

    with pytest.raises(Forbidden, match="blocked"):
        await town.bot.send_message(town.ann, "hello")
    with pytest.raises(Forbidden, match="deactivated"):
        await town.bot.send_message(town.ben, "hello")

    town.server.unblock(town.ann, town.bot_id)
    assert (await town.bot.send_message(town.ann, "hello")).text == "hello"


async def test_a_group_that_became_a_supergroup_says_where_it_went(town):
    town.server.migrate(town.basic, -1001000000009)

    with pytest.raises(ChatMigrated) as caught:
        await town.bot.send_message(town.basic, "x")
    assert caught.value.new_chat_id == -1001000000009
    assert (await town.bot.send_message(-1001000000009, "x")).message_id > 0


async def test_a_bot_without_the_right_to_post_is_told_so(town):
    town.server.set_rights(town.channel, town.bot_id, can_post_messages=False)

    with pytest.raises(BadRequest, match=r"(?i)administrator rights"):
        await town.bot.send_message(town.channel, "x")


async def test_copies_and_forwards_say_what_they_are(town):
    town.server.start_bot(town.ann, town.bot_id)
    post = await town.bot.send_message(town.channel, "news", reply_markup=keyboard(Yes="v"))

    forwarded = await town.bot.forward_message(town.ann, town.channel, post.message_id)
    copied = await town.bot.copy_message(town.ann, town.channel, post.message_id)

    assert forwarded.forward_origin.message_id == post.message_id
    assert forwarded.reply_markup is None
    assert copied.message_id == forwarded.message_id + 1
    with pytest.raises(BadRequest, match=r"(?i)message to forward not found"):
        await town.bot.forward_message(town.ann, town.channel, 999)


async def test_other_interfaces_and_options_are_taken(town):
    town.server.start_bot(town.ann, town.bot_id)

    await town.bot.send_message(
        town.ann,
        "Write",
        reply_markup=ForceReply(input_field_placeholder="Your comment"),
        protect_content=True,
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )

    chat = next(chat for chat in town.server.view("ann_reads")["chats"] if chat["kind"] == "private")
    assert chat["reply_interface"]["input_field_placeholder"] == "Your comment"
    assert chat["messages"][-1]["silent"]


async def test_a_channel_has_no_reply_keyboards(town):
    with pytest.raises(BadRequest, match=r"(?i)inline keyboard expected"):
        await town.bot.send_message(town.channel, "x", reply_markup=ForceReply())


async def test_a_token_that_nobody_gave_out_is_refused(town, rebuild):
    stranger = rebuild.connect(town.server, "222222:x")

    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_what_is_not_played_is_written_down_and_answered_404(town):
    with pytest.raises(InvalidToken):  # what python-telegram-bot makes of a 404
        await town.bot.send_dice(town.channel)

    assert town.server.unimplemented == ["sendDice"]
    town.server.unimplemented.clear()
