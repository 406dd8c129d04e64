"""Decisions in the moderators' room on Telegram."""

from bots.newsroom.comments.comment import Comment, CommentState
from bots.sandbox.telegram import TelegramServer
from moderation import Outcome
from tests.telegram.town import ANN, BEN, BOT, DISCUSSION, MIA, ROOM, ZOE, Town, eventually, labels_of, text_of


async def held(town: Town, text: str = "A doubtful remark.", person: int = ANN) -> Comment:
    alert = await town.publish()
    comment = await town.comment(person, alert.story_id, text)
    await town.judge(comment, Outcome.HOLD, "The tone is rough.")
    return comment


async def state_of(town: Town, comment: Comment) -> CommentState | None:
    found = await town.newsroom.comments.get(comment.id)
    return found.state if found else None


async def test_a_card_shows_words_reasons_scores_and_the_authors_record(town: Town) -> None:
    comment = await held(town)
    card = await town.sees(MIA, ROOM, "Held for review")
    text = text_of(card)
    assert "Ann · Telegram\nA doubtful remark." in text
    assert "• rule: The tone is rough." in text
    assert "toxicity 0.61" in text
    assert text.endswith(f"{comment.id} · First comment by this author") or "waiting" in text
    assert labels_of(card) == ["Approve", "Reject"]


async def test_a_moderator_approves_and_the_card_says_who(town: Town) -> None:
    comment = await held(town)
    card = await town.sees(MIA, ROOM, "Held for review")
    answer = await town.server.tap(MIA, ROOM, card["id"], "Approve")
    assert answer is not None
    assert answer.text == "Approved."
    decided = await town.sees(MIA, ROOM, "Approved by Mia Editor")
    assert (decided["id"], labels_of(decided)) == (card["id"], ["Take down"])
    await town.sees(BEN, DISCUSSION, "A doubtful remark.")
    await town.sees(ANN, BOT, "Your comment is published.")
    assert await state_of(town, comment) is CommentState.PUBLISHED


async def test_a_second_press_hears_who_decided(town: Town) -> None:
    comment = await held(town)
    card = await town.sees(MIA, ROOM, "Held for review")
    await town.newsroom.comments.reject(comment.id, "Noor")
    answer = await town.server.tap(MIA, ROOM, card["id"], "Approve")
    assert answer is not None
    assert answer.text == "Already rejected by Noor."
    assert await state_of(town, comment) is CommentState.REJECTED


async def test_who_is_not_staff_decides_nothing_and_is_told(town: Town) -> None:
    comment = await held(town)
    card = await town.sees(ZOE, ROOM, "Held for review")
    answer = await town.server.tap(ZOE, ROOM, card["id"], "Approve")
    assert answer is not None
    assert (answer.text, answer.alert) == ("Only the newsroom's staff can decide that. Nothing was changed.", True)
    assert await state_of(town, comment) is CommentState.HELD


async def test_a_published_comment_is_taken_down_from_its_card(town: Town) -> None:
    await held(town)
    card = await town.sees(MIA, ROOM, "Held for review")
    await town.server.tap(MIA, ROOM, card["id"], "Approve")
    await town.sees(BEN, DISCUSSION, "A doubtful remark.")
    await eventually(lambda: labels_of(town.find(MIA, ROOM, "Approved by") or {"buttons": []}))
    answer = await town.server.tap(MIA, ROOM, card["id"], "Take down")
    assert answer is not None
    assert answer.text == "Taken down."
    await eventually(lambda: town.find(BEN, DISCUSSION, "A doubtful remark.") is None)
    await town.sees(ANN, BOT, "Your comment was removed.")


async def test_takedown_in_the_thread_removes_the_comment_and_the_command(platform: TelegramServer, town: Town) -> None:
    platform.set_permissions(DISCUSSION, can_send_messages=True)
    alert = await town.publish()
    comment = await town.comment(ANN, alert.story_id, "Not for here.")
    await town.judge(comment, Outcome.APPROVE)
    shown = await town.sees(MIA, DISCUSSION, "Not for here.")
    platform.say(MIA, DISCUSSION, "/takedown", reply_to=shown["id"])
    await eventually(lambda: town.find(BEN, DISCUSSION, "Not for here.") is None)
    await eventually(lambda: town.find(BEN, DISCUSSION, "/takedown") is None)
    assert "Not for here." in text_of(await town.sees(MIA, ROOM, "Taken down."))


async def test_takedown_by_a_reader_changes_nothing_and_disappears(platform: TelegramServer, town: Town) -> None:
    platform.set_permissions(DISCUSSION, can_send_messages=True)
    alert = await town.publish()
    comment = await town.comment(ANN, alert.story_id, "Stays here.")
    await town.judge(comment, Outcome.APPROVE)
    shown = await town.sees(BEN, DISCUSSION, "Stays here.")
    platform.say(BEN, DISCUSSION, "/takedown", reply_to=shown["id"])
    await eventually(lambda: town.find(BEN, DISCUSSION, "/takedown") is None)
    assert await state_of(town, comment) is CommentState.PUBLISHED


async def test_at_most_five_cards_are_open_and_next_brings_more(town: Town) -> None:
    alert = await town.publish()
    for number in range(7):
        comment = await town.comment(ANN, alert.story_id, f"Remark number {number}.")
        await town.judge(comment, Outcome.HOLD)
    notice = await town.sees(MIA, ROOM, "2 more comments wait for review.")
    assert town.count(MIA, ROOM, "Held for review") == 5
    first = await town.sees(MIA, ROOM, "Remark number 0.")
    await town.server.tap(MIA, ROOM, first["id"], "Reject")
    await town.sees(MIA, ROOM, "Rejected by Mia Editor")
    await town.server.tap(MIA, ROOM, notice["id"], "Next")
    await town.sees(MIA, ROOM, "Remark number 5.", within=20)
