"""kill -9 of each process in the middle of a busy story: what was acknowledged is neither lost nor doubled."""

import asyncio
from collections.abc import Iterable

import pytest

from tests.flows.newsroom_at_work import (
    ANN,
    BEN,
    CARA,
    CHANNEL,
    DAN,
    PROCESSES,
    STORY,
    AtWork,
    discord_text,
    eventually,
    telegram_text,
)

SENTENCES = (
    "{name} hopes the families by the harbour are safe tonight.",
    "How long will the heating be off, asks {name} from the east side?",
    "Thank you to every rescuer who went out there. {name} was moved by the pictures.",
)


def texts(name: str) -> list[str]:
    """Different enough that the repeat rule lets them pass, and harmless."""
    return [sentence.format(name=name) for sentence in SENTENCES]


async def write_on_telegram(work: AtWork, person: int, name: str, received: list[str]) -> None:
    for text in texts(name):
        await work.comment_on_telegram(person, text)
        received.append(text)


async def write_on_discord(work: AtWork, person: int, name: str, received: list[str]) -> None:
    """A form that fails is sent in again, as a reader would; what was said to be received counts."""
    for text in texts(name):
        while not await work.comment_on_discord(person, text):
            continue
        received.append(text)


async def vote(work: AtWork) -> None:
    """Four readers change their minds twice; a press that fails is pressed again, as a reader would."""
    for option in ("No", "Not sure", "Yes"):
        for person in (ANN, BEN):
            work.telegram.press(person, CHANNEL, work.telegram_alert()["id"], option)
        await asyncio.gather(vote_on_discord(work, CARA, option), vote_on_discord(work, DAN, option))


async def vote_on_discord(work: AtWork, person: int, option: str) -> None:
    """Until the answer says that it counts; a process that was killed while it was thinking never does."""
    while not await work.vote_on_discord(person, option):
        continue


async def strike(work: AtWork, name: str) -> None:
    """Kills in the middle of it, and starts again."""
    await asyncio.sleep(0.7)
    await asyncio.to_thread(work.kill, name)
    await asyncio.sleep(0.3)
    await work.restart(name)


def counted(work: AtWork, texts: Iterable[str]) -> dict[tuple[str, str], int]:
    """How often each text stands on each platform."""
    shown = {"telegram": work.telegram_discussion(), "discord": work.discord_discussion()}
    return {(platform, text): said.count(text) for platform, said in shown.items() for text in texts}


async def held(work: AtWork) -> set[str]:
    """Those that wait for a moderator because nobody could score them in time; no other hold is expected."""
    queue = work.newsroom.stores.queue
    comments = [await work.newsroom.comments.get(name) for name in await queue.oldest(100)]
    unscored = [comment for comment in comments if comment and comment.decision and not comment.decision.scores]
    return {comment.text for comment in unscored}


@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", [*PROCESSES, "store"])
async def test_nothing_acknowledged_is_lost_or_doubled_when_a_process_is_killed(work: AtWork, name: str) -> None:
    await work.command("alert", "send", str(STORY))
    await eventually(lambda: "Velmar" in telegram_text(work.telegram_alert()))
    await eventually(lambda: "Velmar" in discord_text(work.discord_alert()) and work.discord_thread())
    received: list[str] = []
    await asyncio.gather(
        strike(work, name),
        vote(work),
        write_on_telegram(work, ANN, "Ann", received),
        write_on_telegram(work, BEN, "Ben", received),
        write_on_discord(work, CARA, "Cara", received),
        write_on_discord(work, DAN, "Dan", received),
    )
    assert len(received) == 4 * len(SENTENCES)
    await everything_stands_once(work, received)
    if name != "moderation":  # while the scorer is away, all of them may be held
        assert 1 in counted(work, received).values()
    assert sum("Velmar" in telegram_text(message) for message in work.telegram_chat(ANN, CHANNEL)) == 1
    await eventually(lambda: "4 votes (2 on Telegram, 2 on Discord)" in telegram_text(work.telegram_alert()), within=90)
    await eventually(lambda: "100%" in telegram_text(work.telegram_alert()))


async def everything_stands_once(work: AtWork, received: list[str]) -> None:
    """Each text once on each platform; where the scorer was away, held once and shown nowhere."""
    deadline = asyncio.get_running_loop().time() + 120
    wanted: dict[tuple[str, str], int] = {}
    while (shown := counted(work, received)) != wanted:
        waiting = await held(work)
        strange = {key: count for key, count in shown.items() if count != 1}
        assert asyncio.get_running_loop().time() < deadline, f"{strange}; held: {waiting}"
        wanted = {(platform, text): int(text not in waiting) for platform, text in shown}
        await asyncio.sleep(0.5)
