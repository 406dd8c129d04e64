"""Moderators decide on cards in their channel; everybody else changes nothing."""

from typing import Any

from bots.newsroom.comments.comment import Comment, CommentDraft, CommentState
from bots.newsroom.messages import Platform
from bots.newsroom.readers import Reader
from tests.discord.place import ANNA, BEN, MIA, MODERATOR_ROLE, Place, labels, said


async def held(place: Place, text: str = "You fools.", number: int = 1) -> Comment:
    """A comment that came from Telegram and waits."""
    author = Reader(Platform.TELEGRAM, "55", "Olga")
    comment = await place.newsroom.comments.submit(CommentDraft("s1", author, text), op=f"t{number}")
    await place.judge(comment, CommentState.HELD)
    return comment


async def state_of(place: Place, comment: Comment) -> str:
    now = await place.newsroom.comments.get(comment.id)
    assert now is not None
    return f"{now.state} {now.decided_by}".strip()


async def test_a_held_comment_comes_as_a_card_with_its_reasons(place: Place) -> None:
    await place.alert()
    await held(place, "You <@1> **fools**.")
    await place.until(place.cards)
    card = said(place.cards()[0])
    assert card.startswith("Held for review\nOn: Parliament votes on sanctions after missile strike")
    assert "You <@1> **fools**." in card
    assert "toxicity: insult 0.71 is above 0.60" in card
    assert labels(place.cards()[0]) == [["Approve", "Reject"]]


async def test_an_approved_comment_appears_and_the_card_says_who_decided(place: Place) -> None:
    await place.alert()
    comment = await held(place)
    await place.until(place.cards)
    assert (await place.server.click(MIA, place.cards()[0]["id"], "Approve")).kind == "nothing"
    await place.until(lambda: "Approved by Mia" in said(place.cards()[0]))
    await place.until(lambda: len(place.thread()) == 2)
    assert said(place.thread()[1]) == "Olga · Telegram\nYou fools."
    assert await state_of(place, comment) == "published Mia"
    await place.server.click(MIA, place.cards()[0]["id"], "Take down")
    await place.until(lambda: len(place.thread()) == 1)
    await place.until(lambda: "Taken down by Mia" in said(place.cards()[0]))


async def test_a_second_decision_changes_nothing_and_hears_of_the_first(place: Place) -> None:
    await place.alert()
    comment = await held(place)
    await place.until(place.cards)
    await place.newsroom.comments.reject(comment.id, "Tom")
    await place.server.click(MIA, place.cards()[0]["id"], "Approve")
    await place.until(lambda: any("Already decided: Rejected by Tom." in said(card) for card in place.cards()))
    assert await state_of(place, comment) == "rejected Tom"


async def test_who_is_not_of_the_staff_changes_nothing(place: Place) -> None:
    await place.alert()
    comment = await held(place)
    await place.until(place.cards)
    await place.server.give_role(BEN, MODERATOR_ROLE)
    await place.server.click(BEN, place.cards()[0]["id"], "Approve")
    await place.until(lambda: "Only the newsroom's staff" in said(place.channel("moderators", BEN)["messages"][-1]))
    assert await state_of(place, comment) == "held"


async def press_next(place: Place) -> None:
    """On the newest notice below the open cards."""
    await place.until(lambda: notices(place))
    await place.server.click(MIA, notices(place)[-1]["id"], "Next")


def notices(place: Place) -> list[dict[str, Any]]:
    return [card for card in place.cards() if "wait for review" in said(card)]


async def test_no_more_cards_are_open_than_can_be_decided_and_next_brings_more(place: Place) -> None:
    await place.alert()
    for number in range(7):
        await held(place, f"Comment {number}", number)
    await place.until(lambda: any("2 more comments" in said(card) for card in notices(place)))
    await press_next(place)
    await place.until(lambda: any("Decide one of the open cards first." in said(card) for card in place.cards()))
    for card in [card for card in place.cards() if "Held for review" in said(card)][:2]:
        await place.server.click(MIA, card["id"], "Reject")
    await place.until(lambda: sum("Rejected by Mia" in said(card) for card in place.cards()) == 2)
    await press_next(place)
    await place.until(lambda: sum("Held for review" in said(card) for card in place.cards()) == 5)


async def test_staff_takes_a_comment_down_from_the_thread(place: Place) -> None:
    await place.alert()
    await place.comment(ANNA, "Borderline.")
    comment = await place.kept()
    await place.judge(comment, CommentState.PUBLISHED)
    await place.until(lambda: len(place.thread()) == 2)
    await place.server.message_command(MIA, place.thread(MIA)[1]["id"], "Take down")
    await place.until(lambda: "Taken down by Mia." in said(place.thread(MIA)[-1]))
    assert await state_of(place, comment) == "removed Mia"
    await place.until(lambda: len(place.thread()) == 1)


async def test_staff_who_left_the_moderators_channel_takes_nothing_down(place: Place) -> None:
    await place.alert()
    await place.comment(ANNA, "Borderline.")
    comment = await place.kept()
    await place.judge(comment, CommentState.PUBLISHED)
    await place.until(lambda: len(place.thread()) == 2)
    place.server.add_role(310, "janitors", permissions=1 << 13)
    await place.server.give_role(MIA, 310)
    await place.server.take_role(MIA, MODERATOR_ROLE)
    await place.server.message_command(MIA, place.thread(MIA)[1]["id"], "Take down")
    await place.until(lambda: "Only the newsroom's staff" in said(place.thread(MIA)[-1]))
    assert await state_of(place, comment) == "published"


async def test_what_is_no_comment_is_not_taken_down(place: Place) -> None:
    await place.alert()
    await place.server.message_command(MIA, place.alerts()[0]["id"], "Take down")
    await place.until(lambda: "This message is not a reader's comment." in said(place.alerts(MIA)[-1]))
    assert len(place.alerts()) == 1
