"""Alerts in the private chat."""

from bots.newsroom.messages import Platform
from bots.newsroom.readers import ALL_TOPICS
from tests.telegram.town import ANN, BEN, BOT, HEADLINE, Town, eventually, labels_of, text_of

TOPICS = ["Everything", "General", "World", "Politics"]


async def followed(town: Town, person: int) -> frozenset[str]:
    return await town.newsroom.stores.readers.topics(Platform.TELEGRAM, str(person))


async def test_start_greets_and_offers_the_topics(town: Town) -> None:
    town.server.start_bot(ANN, BOT)
    greeting = await town.sees(ANN, BOT, "Welcome.")
    assert labels_of(greeting) == TOPICS
    assert "You get none yet." in text_of(greeting)
    assert await followed(town, ANN) == frozenset()


async def test_a_topic_is_chosen_and_left_by_the_same_button(town: Town) -> None:
    town.server.start_bot(ANN, BOT, "")
    town.server.say(ANN, BOT, "/topics")
    card = await town.sees(ANN, BOT, "Alerts in this chat\n\n")
    await town.server.tap(ANN, BOT, card["id"], "World")
    marked = await eventually(lambda: _labels(town, card["id"]) == ["Everything", "General", "✓ World", "Politics"])
    assert marked
    assert await followed(town, ANN) == {"world"}
    await town.server.tap(ANN, BOT, card["id"], "✓ World")
    await eventually(lambda: _labels(town, card["id"]) == TOPICS)
    assert await followed(town, ANN) == frozenset()


async def test_everything_and_single_topics_exclude_each_other(town: Town) -> None:
    town.server.start_bot(ANN, BOT)
    town.server.say(ANN, BOT, "/subscribe")
    card = await town.sees(ANN, BOT, "You get every alert.")
    assert await followed(town, ANN) == {ALL_TOPICS}
    await town.server.tap(ANN, BOT, card["id"], "Politics")
    await eventually(lambda: _labels(town, card["id"]) == ["Everything", "General", "World", "✓ Politics"])
    assert await followed(town, ANN) == {"politics"}
    await town.server.tap(ANN, BOT, card["id"], "Everything")
    await eventually(lambda: _labels(town, card["id"])[0] == "✓ Everything")
    assert await followed(town, ANN) == {ALL_TOPICS}


async def test_a_subscriber_gets_the_alert_and_can_comment_from_there(town: Town) -> None:
    town.server.start_bot(ANN, BOT)
    town.server.start_bot(BEN, BOT)
    town.server.say(ANN, BOT, "/subscribe")
    await town.sees(ANN, BOT, "You get every alert.")
    await town.publish()
    alert = await town.sees(ANN, BOT, HEADLINE)
    assert labels_of(alert) == ["Read", "Comment"]
    await town.server.tap(ANN, BOT, alert["id"], "Comment")
    await town.sees(ANN, BOT, "Write your comment now")
    assert town.find(BEN, BOT, HEADLINE) is None


async def test_stop_ends_it(town: Town) -> None:
    town.server.start_bot(ANN, BOT)
    town.server.say(ANN, BOT, "/subscribe")
    town.server.say(ANN, BOT, "/stop")
    await town.sees(ANN, BOT, "You get no more alerts here.")
    assert await followed(town, ANN) == frozenset()


async def test_who_blocks_the_bot_is_no_subscriber_any_more(town: Town) -> None:
    town.server.start_bot(ANN, BOT)
    town.server.say(ANN, BOT, "/subscribe")
    await town.sees(ANN, BOT, "You get every alert.")
    town.server.block(ANN, BOT)
    await eventually(lambda: _none_followed(town))


async def test_the_commands_are_suggested_to_readers(town: Town) -> None:
    town.server.start_bot(ANN, BOT)
    await town.sees(ANN, BOT, "Welcome.")
    names = [command["command"] for command in town.server.suggested_commands(ANN, BOT)]
    assert names == ["topics", "subscribe", "stop", "mycomments", "help"]


async def _none_followed(town: Town) -> bool:
    return await followed(town, ANN) == frozenset()


def _labels(town: Town, message_id: int) -> list[str]:
    return labels_of(next(seen for seen in town.messages(ANN, BOT) if seen["id"] == message_id))
