"""One story through the whole product, over the wire, with both real libraries and every process."""

import asyncio
import re
import signal
from datetime import timedelta
from typing import Any

import pytest

from bots.newsroom.alerts.alert import AlertDraft
from bots.newsroom.alerts.article import Article
from bots.newsroom.polls.poll import PollDraft
from bots.sandbox.telegram import NotPossible
from tests.flows.newsroom_at_work import (
    ANN,
    BEN,
    CARA,
    CHANNEL,
    DAN,
    MIA,
    MIA_ON_DISCORD,
    ROOM,
    STORY,
    AtWork,
    discord_text,
    eventually,
    telegram_text,
)

CLEAN = "The pharmacist's words stayed with me. I hope the families find some peace."
HELD = "More on this here: https://unknown.example/claims"


def cards_on_telegram(work: AtWork) -> list[dict[str, Any]]:
    return work.telegram_chat(MIA, ROOM)


def cards_on_discord(work: AtWork) -> list[dict[str, Any]]:
    messages = work.discord_channel(MIA_ON_DISCORD, "moderators")["messages"]
    return [message for message in messages if not message["ephemeral"]]


async def test_one_story_becomes_one_moderated_conversation_on_both_platforms(work: AtWork) -> None:
    printed = await work.command("alert", "send", str(STORY), "--importance", "breaking", "--topic", "world")
    assert re.search(r"Telegram +│ 1 ", printed), printed
    await eventually(lambda: "Velmar" in telegram_text(work.telegram_alert()))
    await eventually(lambda: "Velmar" in discord_text(work.discord_alert()))
    await two_readers_vote_and_see_one_tally(work)
    await a_comment_that_breaks_no_rule_is_published_on_both(work)
    await a_held_one_is_approved_on_the_other_platform(work)
    await one_that_is_taken_down_is_gone_from_both(work)


async def two_readers_vote_and_see_one_tally(work: AtWork) -> None:
    answer = await work.telegram.tap(ANN, CHANNEL, work.telegram_alert()["id"], "Yes")
    assert answer is not None
    assert "Your vote counts: Yes" in answer.text
    await work.discord.click(CARA, work.discord_alert()["id"], "No")
    await eventually(lambda: "2 votes (1 on Telegram, 1 on Discord)" in telegram_text(work.telegram_alert()))
    await eventually(lambda: "50 %" in discord_text(work.discord_alert()))


async def a_comment_that_breaks_no_rule_is_published_on_both(work: AtWork) -> None:
    await work.comment_on_discord(DAN, CLEAN)
    await eventually(lambda: (work.on_telegram(CLEAN), work.on_discord(CLEAN)) == (1, 1))


async def a_held_one_is_approved_on_the_other_platform(work: AtWork) -> None:
    await work.comment_on_telegram(BEN, HELD)
    await eventually(lambda: any("Held for review" in telegram_text(card) for card in cards_on_telegram(work)))
    await eventually(lambda: any("unknown" in discord_text(card) for card in cards_on_discord(work)))
    assert (work.on_telegram("claims"), work.on_discord("claims")) == (0, 0)
    await work.discord.click(MIA_ON_DISCORD, cards_on_discord(work)[-1]["id"], "Approve")
    await eventually(lambda: (work.on_telegram("claims"), work.on_discord("claims")) == (1, 1))
    await eventually(lambda: "Approved by Mia" in telegram_text(cards_on_telegram(work)[-1]))
    await eventually(lambda: "Approved by Mia" in discord_text(cards_on_discord(work)[-1]))


async def one_that_is_taken_down_is_gone_from_both(work: AtWork) -> None:
    await work.telegram.tap(MIA, ROOM, cards_on_telegram(work)[-1]["id"], "Take down")
    await eventually(lambda: (work.on_telegram("claims"), work.on_discord("claims")) == (0, 0))


async def test_a_scheduled_alert_goes_out_on_time_and_a_cancelled_one_does_not(work: AtWork) -> None:
    kept = await work.command("alert", "send", str(STORY), "--at", "+6s", "--no-poll")
    dropped = await work.command("alert", "send", str(STORY), "--at", "+6s", "--headline", "Never shown", "--no-poll")
    cancelled = re.search(r"Alert (a\w+) is scheduled", dropped)
    assert cancelled is not None
    await work.command("alert", "cancel", cancelled[1])
    assert "scheduled" in kept
    assert work.telegram_chat(ANN, CHANNEL) == []
    await eventually(lambda: "Velmar" in telegram_text(work.telegram_alert()))
    await eventually(lambda: "Velmar" in discord_text(work.discord_alert()))
    listed = await work.command("alert", "list")
    assert "cancelled" in listed
    assert "Never shown" not in telegram_text(work.telegram_alert())


async def test_an_alert_that_fell_due_while_the_scheduler_was_dead_goes_out_once_when_it_is_back(work: AtWork) -> None:
    await work.command("alert", "send", str(STORY), "--at", "+4s", "--no-poll")
    work.kill("scheduler")
    await asyncio.sleep(6)
    assert work.telegram_chat(ANN, CHANNEL) == []
    work.start("scheduler")
    await eventually(lambda: "Velmar" in telegram_text(work.telegram_alert()))
    await eventually(lambda: "Velmar" in discord_text(work.discord_alert()))
    work.kill("scheduler")
    work.start("scheduler")
    await asyncio.sleep(3)
    assert len(work.telegram_chat(ANN, CHANNEL)) == 1


async def test_a_poll_closes_on_time_on_both_platforms_and_takes_no_vote_after_it(work: AtWork) -> None:
    now = work.newsroom.clock()
    poll = await work.newsroom.polls.open(
        PollDraft("Harsher sanctions?", ("Yes", "No"), now + timedelta(seconds=8)), "p"
    )
    await work.newsroom.alerts.publish(AlertDraft(Article("Strike on Velmar"), poll_id=poll.id), "a")
    await eventually(lambda: "Velmar" in telegram_text(work.telegram_alert()))
    post = work.telegram_alert()["id"]
    await work.telegram.tap(ANN, CHANNEL, post, "Yes")
    await eventually(lambda: "Poll closed. 1 vote" in telegram_text(work.telegram_alert()))
    await eventually(lambda: "100 %" in discord_text(work.discord_alert()))
    assert [button["label"] for row in work.telegram_alert()["buttons"] for button in row] == ["Comment"]
    with pytest.raises(NotPossible):
        await work.telegram.tap(BEN, CHANNEL, post, "No")


async def test_a_retracted_alert_says_so_on_both_platforms(work: AtWork) -> None:
    printed = await work.command("alert", "send", str(STORY))
    sent = re.search(r"Alert (a\w+) is on its way", printed)
    assert sent is not None
    await eventually(lambda: "Velmar" in discord_text(work.discord_alert()))
    await work.command("alert", "retract", sent[1], "--reason", "The first report was wrong.")
    await eventually(lambda: "The first report was wrong." in telegram_text(work.telegram_alert()))
    await eventually(lambda: "The first report was wrong." in discord_text(work.discord_alert()))


async def test_every_process_ends_within_five_seconds_of_being_asked(work: AtWork) -> None:
    await work.command("alert", "send", str(STORY))
    took = await work.stop()
    assert max(took.values()) < 25, f"five times the 5 s that are promised: {took}"
    assert {process.returncode for process in work.running.values()} <= {0, -signal.SIGTERM}
