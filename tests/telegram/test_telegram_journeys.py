"""Readers' ways through the newsroom on Telegram, over the wire."""

from datetime import timedelta

from bots.newsroom.clock import utc_now
from bots.newsroom.comments.comment import CommentState
from bots.newsroom.polls.poll import PollDraft
from moderation import Outcome
from tests.telegram.town import (
    ANN,
    ARTICLE,
    BEN,
    BOT,
    CHANNEL,
    DISCUSSION,
    HEADLINE,
    Town,
    eventually,
    labels_of,
    text_of,
)


async def test_an_alert_appears_in_the_channel_with_what_an_editor_wrote(town: Town) -> None:
    await town.publish()
    shown = await town.sees(ANN, CHANNEL, HEADLINE)
    text = text_of(shown)
    assert text.startswith(f"🔴 BREAKING\n{HEADLINE}\n\n{ARTICLE.standfirst}\n\nWhat we know\n• {ARTICLE.key_facts[0]}")
    assert text.index("What is disputed") < text.index("What happens next") < text.index(ARTICLE.question)
    assert labels_of(shown) == ["Read", "Comment"]
    assert not shown["silent"]


async def test_two_readers_vote_and_everybody_sees_one_tally(town: Town) -> None:
    closes = utc_now() + timedelta(hours=1)
    poll = await town.newsroom.polls.open(PollDraft(ARTICLE.question, ("Yes", "No", "Not sure"), closes), "poll-1")
    await town.publish(poll_id=poll.id)
    shown = await town.sees(ANN, CHANNEL, HEADLINE)
    assert labels_of(shown) == ["Yes", "No", "Not sure", "Read", "Comment"]
    first = await town.server.tap(ANN, CHANNEL, shown["id"], "Yes")
    assert first is not None
    assert first.text == "Your vote counts: Yes. You can change it until the poll closes."
    await town.server.tap(BEN, CHANNEL, shown["id"], "Yes")
    changed = await town.server.tap(BEN, CHANNEL, shown["id"], "No")
    assert changed is not None
    assert changed.text == "Changed: your vote is now No."
    updated = await town.sees(ANN, CHANNEL, "2 votes (2 on Telegram", within=15)
    assert "█████░░░░░  50%  Yes" in text_of(updated)
    assert updated["id"] == shown["id"]


async def test_a_comment_is_acknowledged_judged_and_appears_below_the_story(town: Town) -> None:
    alert = await town.publish()
    comment = await town.comment(ANN, alert.story_id, "Peace, please.")
    assert (comment.text, comment.story_id, comment.state) == ("Peace, please.", alert.story_id, CommentState.SUBMITTED)
    await town.judge(comment, Outcome.APPROVE)
    shown = await town.sees(BEN, DISCUSSION, "Peace, please.")
    assert text_of(shown) == "Ann · Telegram\nPeace, please."
    assert shown["reply_to"]["author"] == "Daily News"
    await town.sees(ANN, BOT, "Your comment is published.")


async def test_the_first_comment_says_where_it_appears_and_the_second_does_not(town: Town) -> None:
    alert = await town.publish()
    await town.comment(ANN, alert.story_id, "One.")
    assert "on Telegram and on Discord under the name “Ann”" in text_of(await town.sees(ANN, BOT, "Write your comment"))
    await town.comment(ANN, alert.story_id, "Two.")
    assert town.count(ANN, BOT, "Write your comment now") == 2
    assert town.count(ANN, BOT, "under the name") == 1


async def test_a_held_comment_waits_and_a_rejected_one_comes_back_with_the_reason(town: Town) -> None:
    alert = await town.publish()
    held = await town.comment(ANN, alert.story_id, "A doubtful remark.")
    await town.judge(held, Outcome.HOLD)
    await town.sees(ANN, BOT, "waits for a moderator")
    refused = await town.comment(BEN, alert.story_id, "Buy my coins!")
    await town.judge(refused, Outcome.REJECT, "Advertising is not published.")
    answer = await town.sees(BEN, BOT, "was not published")
    assert "Advertising is not published." in text_of(answer)
    assert "Buy my coins!" in text_of(answer)
    assert town.find(BEN, DISCUSSION, "coins") is None


async def test_a_reply_stands_below_the_comment_it_answers(town: Town) -> None:
    alert = await town.publish()
    comment = await town.comment(ANN, alert.story_id, "What comes next?")
    await town.judge(comment, Outcome.APPROVE)
    shown = await town.sees(BEN, DISCUSSION, "What comes next?")
    await town.server.tap(BEN, DISCUSSION, shown["id"], "Reply")
    prompt = await town.sees(BEN, BOT, "Your reply")
    assert "What comes next?" in text_of(prompt)
    town.server.say(BEN, BOT, "Nobody knows.")
    await town.sees(BEN, BOT, "Received.")
    reply = await town.newest_of(BEN)
    assert reply.reply_to == comment.id
    await town.judge(reply, Outcome.APPROVE)
    answer = await town.sees(ANN, DISCUSSION, "Nobody knows.")
    assert answer["reply_to"]["id"] == shown["id"]


async def test_a_reply_to_a_comment_that_is_gone_is_not_begun(town: Town) -> None:
    await town.publish()
    town.server.start_bot(ANN, BOT, "reply-c99")
    await town.sees(ANN, BOT, "not there any more")
    town.server.start_bot(BEN, BOT, "comment-s99")
    await town.sees(BEN, BOT, "not open for comments")


async def test_too_long_a_comment_is_refused_with_counts_and_may_be_sent_again(town: Town) -> None:
    alert = await town.publish()
    town.server.start_bot(ANN, BOT, f"comment-{alert.story_id}")
    await town.sees(ANN, BOT, "Write your comment now")
    town.server.say(ANN, BOT, "x" * 1623)
    refusal = await town.sees(ANN, BOT, "too long")
    assert text_of(refusal).startswith("⏳ That is 123 characters too long.\n\nIt has 1,623 characters;")
    town.server.say(ANN, BOT, "Shorter.")
    await town.sees(ANN, BOT, "Received.")


async def test_the_tail_of_a_text_that_the_app_sent_in_pieces_is_no_comment(town: Town) -> None:
    alert = await town.publish()
    town.server.start_bot(ANN, BOT, f"comment-{alert.story_id}")
    await town.sees(ANN, BOT, "Write your comment now")
    town.server.say(ANN, BOT, "x" * 4096)
    town.server.say(ANN, BOT, "and this is the rest")
    await town.sees(ANN, BOT, "too long")
    town.server.say(ANN, BOT, "/help")
    await town.sees(ANN, BOT, "What you can do here")
    assert town.count(ANN, BOT, "Received.") == 0


async def test_a_photo_is_no_comment_and_leaves_the_draft_open(town: Town) -> None:
    alert = await town.publish()
    town.server.start_bot(ANN, BOT, f"comment-{alert.story_id}")
    await town.sees(ANN, BOT, "Write your comment now")
    town.server.send_photo(ANN, BOT, "look")
    assert "Your photo was not taken." in text_of(await town.sees(ANN, BOT, "only be text"))
    town.server.send_sticker(ANN, BOT)
    await town.sees(ANN, BOT, "Your sticker was not taken.")
    town.server.say(ANN, BOT, "In words, then.")
    await town.sees(ANN, BOT, "Received.")


async def test_a_text_without_a_story_is_told_how_to_comment(town: Town) -> None:
    town.server.start_bot(ANN, BOT)
    await town.sees(ANN, BOT, "Welcome.")
    town.server.say(ANN, BOT, "My opinion!")
    assert "press Comment below a story" in text_of(await town.sees(ANN, BOT, "Which story is this about?"))


async def test_a_mistyped_command_does_not_become_a_comment(town: Town) -> None:
    alert = await town.publish()
    town.server.start_bot(ANN, BOT, f"comment-{alert.story_id}")
    await town.sees(ANN, BOT, "Write your comment now")
    town.server.say(ANN, BOT, "/mycoments")
    await town.sees(ANN, BOT, "What you can do here")
    assert town.count(ANN, BOT, "Received.") == 0


async def test_cancel_ends_the_draft(town: Town) -> None:
    alert = await town.publish()
    town.server.start_bot(ANN, BOT, f"comment-{alert.story_id}")
    prompt = await town.sees(ANN, BOT, "Write your comment now")
    await town.server.tap(ANN, BOT, prompt["id"], "Cancel")
    await town.sees(ANN, BOT, "No comment, then.")
    town.server.say(ANN, BOT, "Hello?")
    await town.sees(ANN, BOT, "Which story is this about?")


async def test_a_published_comment_is_taken_back_from_the_list(town: Town) -> None:
    alert = await town.publish()
    comment = await town.comment(ANN, alert.story_id, "I regret this.")
    await town.judge(comment, Outcome.APPROVE)
    await town.sees(BEN, DISCUSSION, "I regret this.")
    town.server.say(ANN, BOT, "/mycomments")
    mine = await town.sees(ANN, BOT, "Your comments")
    assert "1. I regret this. (published)" in text_of(mine)
    answer = await town.server.tap(ANN, BOT, mine["id"], "Take back 1")
    assert answer is not None
    assert answer.text.startswith("You took it back.")
    await eventually(lambda: town.find(BEN, DISCUSSION, "I regret this.") is None)
    await eventually(lambda: "(taken back)" in text_of(town.find(ANN, BOT, "Your comments") or {"text": []}))


async def test_a_long_comment_of_hostile_markup_is_shown_as_it_was_written(town: Town) -> None:
    hostile = "<b>bold</b> & <a href='https://evil.example'>x</a> @ben /stop *md* [a](b) &lt;" + "!" * 900
    alert = await town.publish()
    comment = await town.comment(ANN, alert.story_id, hostile)
    await town.judge(comment, Outcome.APPROVE)
    shown = await town.sees(BEN, DISCUSSION, "<b>bold</b>")
    assert text_of(shown) == f"Ann · Telegram\n{hostile}"
    assert {piece["type"] for piece in shown["text"]} <= {"bold", "text", "quote", "link"}
    assert all("mention" not in piece["styles"] for piece in shown["text"])
