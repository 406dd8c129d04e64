"""One story on Discord, over the wire: the alert, its thread, a vote, a comment."""

from bots.newsroom.comments.comment import CommentState
from tests.discord.place import ANNA, BEN, Place, labels, said


async def test_an_alert_stands_in_the_channel_with_its_thread_and_buttons(place: Place) -> None:
    await place.alert(poll=True, topic="world")
    alert = place.alerts()[0]
    assert "Parliament votes on sanctions after missile strike" in said(alert)
    assert "• Seven people were hurt.\n• The port is closed." in said(alert)
    assert labels(alert) == [["Yes", "No", "Not sure"], ["Read", "Comment"]]
    assert alert["thread_id"] == alert["id"]
    assert said(place.thread()[0]).startswith("Share your thoughts")


async def test_a_vote_is_counted_and_shown_to_everybody(place: Place) -> None:
    await place.alert(poll=True)
    pressed = await place.server.click(ANNA, place.alerts()[0]["id"], "Yes")
    assert pressed.kind == "thinking"
    await place.until(lambda: "Your vote counts: Yes." in said(place.alerts()[-1]))
    await place.server.click(BEN, place.alerts(BEN)[0]["id"], "No")
    await place.until(lambda: "2 votes" in said(place.alerts()[0]))
    assert "█████░░░░░  50 % Yes · 1" in said(place.alerts()[0])


async def test_a_comment_is_received_judged_and_published_in_the_thread(place: Place) -> None:
    await place.alert()
    await place.comment(ANNA, "Peace now, *please*.")
    await place.until(lambda: "Received." in said(place.alerts()[-1]))
    await place.judge(await place.kept(), CommentState.PUBLISHED)
    await place.until(lambda: len(place.thread()) == 2)
    assert said(place.thread()[1]) == "Anna · Discord\nPeace now, *please*."
    await place.until(lambda: "Your comment is published." in said(place.alerts()[-1]))
