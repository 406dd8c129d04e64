import pytest
from telegram import ChatPermissions, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from bots.sandbox.telegram import Group, NotPossible


def view_of_chat(town, viewer, chat_id):
    return next(chat for chat in town.server.view(viewer)["chats"] if chat["id"] == chat_id)


async def test_a_post_arrives_in_the_discussion_as_an_automatic_forward(town):
    post = await town.bot.send_message(town.channel, "news")

    copy = (await town.bot.get_updates())[0].message

    assert copy.is_automatic_forward
    assert copy.chat.id == town.discussion
    assert copy.sender_chat.id == town.channel
    assert copy.forward_origin.message_id == post.message_id
    assert copy.from_user.id == 777000
    assert (await town.bot.get_chat(town.channel)).linked_chat_id == town.discussion


async def test_buttons_stay_on_the_copy_only_if_all_are_links(town):
    link, press = (
        InlineKeyboardButton("Read", url="https://example.org"),
        InlineKeyboardButton("Yes", callback_data="v"),
    )
    await town.bot.send_message(town.channel, "links", reply_markup=InlineKeyboardMarkup([[link]]))
    await town.bot.send_message(town.channel, "mixed", reply_markup=InlineKeyboardMarkup([[link, press]]))

    copies = [update.message for update in await town.bot.get_updates()]

    assert copies[0].reply_markup is not None
    assert copies[1].reply_markup is None


async def test_a_closed_discussion_is_closed_for_people_and_open_for_administrators(town):
    await town.bot.send_message(town.channel, "news")

    with pytest.raises(NotPossible, match="not allowed"):
        town.server.say(town.ann, town.discussion, "hello", reply_to=1)
    assert not view_of_chat(town, "ann_reads", town.discussion)["can_write"]
    assert town.server.say(town.mod, town.discussion, "Rules", reply_to=1)
    assert (await town.bot.send_message(town.discussion, "Ann: hello", reply_to_message_id=1)).message_thread_id == 1


async def test_an_opened_discussion_takes_comments_into_the_thread_of_the_post(town):
    await town.bot.send_message(town.channel, "news")
    await town.bot.set_chat_permissions(town.discussion, ChatPermissions.all_permissions())

    comment = town.server.say(town.ben, town.discussion, "first!", reply_to=1)
    answer = town.server.say(town.ann, town.discussion, "second", reply_to=comment)

    heard = [update.message for update in await town.bot.get_updates()]
    assert [(message.message_id, message.message_thread_id) for message in heard[1:]] == [(comment, 1), (answer, 1)]
    post = view_of_chat(town, "ann_reads", town.channel)["messages"][0]
    assert post["comments"] == {"chat_id": town.discussion, "thread_id": 1, "count": 2}


async def test_whoever_writes_as_a_channel_is_known_by_the_channel(town):
    town.server.add_channel(-1001000000077, "Ben's blog", admins=[town.ben])
    await town.bot.set_chat_permissions(town.discussion, ChatPermissions.all_permissions())

    town.server.say(town.ben, town.discussion, "as my blog", as_channel=-1001000000077)

    message = (await town.bot.get_updates())[0].message
    assert message.sender_chat.title == "Ben's blog"
    assert message.from_user.id == 136817688
    with pytest.raises(NotPossible, match="channel of yours"):
        town.server.say(town.ann, town.discussion, "not mine", as_channel=-1001000000077)


async def test_photos_stickers_voices_and_forwards_arrive_as_what_they_are(town):
    town.server.start_bot(town.ann, town.bot_id)
    town.server.send_photo(town.ann, town.bot_id, "look")
    town.server.send_sticker(town.ann, town.bot_id)
    town.server.send_voice(town.ann, town.bot_id)
    post = await town.bot.send_message(town.channel, "news")
    town.server.forward(town.ann, town.channel, post.message_id, town.bot_id)

    _, photo, sticker, voice, _, forward = [update.message for update in await town.bot.get_updates()]

    assert (photo.caption, photo.text) == ("look", None)
    assert sticker.sticker.emoji == "👍"
    assert voice.voice.duration
    assert forward.forward_origin.chat.id == town.channel


async def test_a_deep_link_starts_the_bot_with_its_payload(town):
    link = InlineKeyboardButton("Comment", url="https://t.me/newsdesk_bot?start=c_12-a")
    sent = await town.bot.send_message(town.channel, "news", reply_markup=InlineKeyboardMarkup([[link]]))

    shown = await town.server.tap(town.ann, town.channel, sent.message_id, "Comment")

    assert shown.url == "https://t.me/newsdesk_bot?start=c_12-a"
    assert (await town.bot.get_updates())[-1].message.text == "/start c_12-a"
    with pytest.raises(NotPossible, match="start parameter"):
        town.server.follow_link(town.ann, "https://t.me/newsdesk_bot?start=" + "x" * 65)
    with pytest.raises(NotPossible, match="out of Telegram"):
        town.server.follow_link(town.ann, "https://example.org")


async def test_a_link_to_another_site_opens_in_the_browser(town):
    link = InlineKeyboardButton("Read", url="https://example.org/story")
    sent = await town.bot.send_message(town.channel, "news", reply_markup=InlineKeyboardMarkup([[link]]))

    shown = await town.server.tap(town.ann, town.channel, sent.message_id, "Read")

    assert shown.url == "https://example.org/story"
    assert town.server.view("ann_reads")["answers"] == []


@pytest.mark.parametrize(
    "action",
    [
        lambda town: town.server.say(town.ann, town.bot_id, "before Start"),
        lambda town: town.server.say(town.ann, town.channel, "in the channel"),
        lambda town: town.server.say(town.ann, town.room, "where I am not"),
        lambda town: town.server.say(town.mod, town.room, "   "),
        lambda town: town.server.say(town.mod, town.room, "x" * 4097),
        lambda town: town.server.say(town.mod, town.room, "x", reply_to=99),
        lambda town: town.server.say(999, town.room, "nobody"),
        lambda town: town.server.join(town.stranger, town.room),
        lambda town: town.server.block(town.ann, town.bot_id),
        lambda town: town.server.view("nobody"),
        lambda town: town.server.react(town.ann, town.room, 1, "👍"),
    ],
)
async def test_what_the_app_would_not_allow_is_not_possible(town, action):
    with pytest.raises(NotPossible):
        action(town)


async def test_only_ones_own_messages_can_be_edited_or_deleted(town):
    ours = (await town.bot.send_message(town.room, "ours")).message_id

    with pytest.raises(NotPossible):
        town.server.edit(town.mod, town.room, ours, "theirs")
    with pytest.raises(NotPossible):
        town.server.delete(town.mod, town.room, ours)


async def test_blocking_and_coming_back_is_told_to_the_bot(town):
    town.server.start_bot(town.ann, town.bot_id)
    town.server.block(town.ann, town.bot_id)
    town.server.start_bot(town.ann, town.bot_id)

    changes = [update.my_chat_member for update in await town.bot.get_updates() if update.my_chat_member]

    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_a_blocked_bot_hears_nothing(town):
    said = town.server.start_bot(town.ann, town.bot_id)
    town.server.block(town.ann, town.bot_id)
    town.server.edit(town.ann, town.bot_id, said, "changed behind its back")

    assert [update.edited_message for update in await town.bot.get_updates()] == [None, None]


async def test_a_bot_that_asks_for_it_hears_of_members(town):
    await town.bot.get_updates(allowed_updates=["chat_member"])

    town.server.join(town.stranger, town.channel)

    change = (await town.bot.get_updates())[0].chat_member
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("left", "member")


async def test_joining_and_leaving_a_public_channel_changes_who_sees_what(town):
    town.server.join(town.stranger, town.channel)
    assert (await town.bot.get_chat_member(town.channel, town.stranger)).status == "member"

    town.server.leave(town.stranger, town.channel)
    assert (await town.bot.get_chat_member(town.channel, town.stranger)).status == "left"


async def test_a_restricted_or_banned_person_is_held_to_it_until_the_time_is_up(town, watch):
    await town.bot.set_chat_permissions(town.discussion, ChatPermissions.all_permissions())
    now = int(watch().timestamp())

    await town.bot.restrict_chat_member(
        town.discussion, town.ann, ChatPermissions.no_permissions(), until_date=now + 3600
    )
    with pytest.raises(NotPossible):
        town.server.say(town.ann, town.discussion, "x")
    watch.turn(hours=2)
    assert town.server.say(town.ann, town.discussion, "x")

    await town.bot.ban_chat_member(town.discussion, town.ann)
    with pytest.raises(NotPossible):
        town.server.say(town.ann, town.discussion, "x")
    await town.bot.unban_chat_member(town.discussion, town.ann)
    town.server.join(town.ann, town.discussion)
    assert town.server.say(town.ann, town.discussion, "x")


async def test_administrators_cannot_be_restricted_and_the_right_is_needed(town):
    with pytest.raises(BadRequest, match=r"(?i)administrator of the chat"):
        await town.bot.ban_chat_member(town.discussion, town.mod)
    town.server.set_rights(town.discussion, town.bot_id, can_restrict_members=False)
    with pytest.raises(BadRequest, match=r"(?i)not enough rights"):
        await town.bot.ban_chat_member(town.discussion, town.ann)


async def test_a_chat_tells_who_is_in_it(town):
    staff = await town.bot.get_chat_administrators(town.discussion)
    own = await town.bot.get_chat_member(town.discussion, town.bot_id)

    assert [(member.user.id, member.status) for member in staff] == [(town.mod, "creator")]
    assert own.can_restrict_members
    assert await town.bot.get_chat_member_count(town.channel) == 3
    assert not (await town.bot.get_chat(town.discussion)).permissions.can_send_messages
    assert (await town.bot.get_chat("@dailynews")).id == town.channel


async def test_a_bot_knows_nothing_of_rooms_it_was_not_let_into(town):
    town.server.add_group(-1001000000055, "Private", Group([town.ann]))

    with pytest.raises(Forbidden, match="not a member"):
        await town.bot.send_message(-1001000000055, "x")


async def test_privacy_mode_lets_only_what_is_meant_for_the_bot_through(town):
    ours = (await town.bot.send_message(town.basic, "ours")).message_id
    for text in ("chatter", "/where", "/where@other_bot", "/where@newsdesk_bot", "dear @newsdesk_bot"):
        town.server.say(town.mod, town.basic, text)
    town.server.say(town.mod, town.basic, "an answer", reply_to=ours)

    heard = [update.message.text for update in await town.bot.get_updates()]

    assert heard == ["/where", "/where@newsdesk_bot", "dear @newsdesk_bot", "an answer"]


async def test_without_privacy_mode_the_bot_hears_everything(town, rebuild):
    town.server.add_bot(rebuild.token, "newsdesk_bot", "Newsdesk", privacy=False)

    town.server.say(town.mod, town.basic, "chatter")

    assert (await town.bot.get_updates())[0].message.text == "chatter"
    assert (await town.bot.get_me()).can_read_all_group_messages


async def test_an_anonymous_administrator_writes_as_the_group(town):
    town.server.add_group(-1001000000066, "Desk", Group([], [town.bot_id, town.mod]))
    town.server.set_rights(-1001000000066, town.mod, is_anonymous=True)

    town.server.say(town.mod, -1001000000066, "from above")

    message = (await town.bot.get_updates())[0].message
    assert message.sender_chat.id == -1001000000066
    assert message.from_user.username == "GroupAnonymousBot"
