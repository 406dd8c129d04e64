"""`up` as people meet it: real processes, real signals, a real store."""

import os
import signal
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from bots.bootstrap.running import file_of, find_running, load_for_command
from bots.storage import pidfile
from bots.supervisor.plan import free_port

Newsroom = Callable[..., Any]
"""The fixture: starts `up` with stand-in processes and returns what it does."""


def is_alive(pid: int) -> bool:
    return pidfile.start_time(pid) is not None


def guards_of(pids: Iterable[int]) -> set[int]:
    """The processes' parents."""
    return {int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]) for pid in pids}


def answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


def test_everything_runs_and_one_address_is_shown(newsroom: Newsroom) -> None:
    up = newsroom(telegram="drain", discord="drain", web="page")
    up.wait_until_running()

    assert set(up.pids()) == {"store", "telegram", "web"}
    assert up.address in up.said()
    assert "Discord is off: DISCORD_BOT_TOKEN is not set" in up.said()


def test_sigterm_drains_everything_and_leaves_nothing(newsroom: Newsroom) -> None:
    up = newsroom(telegram="drain", web="page")
    up.wait_until_running()
    pids = up.pids()

    assert up.end(signal.SIGTERM) == 0
    assert (up.root / "telegram.drained").exists()
    assert not [name for name, pid in pids.items() if is_alive(pid)]
    assert not file_of(up.data).exists()


def test_a_process_that_ignores_sigterm_is_killed_after_its_time(newsroom: Newsroom) -> None:
    up = newsroom(telegram="stubborn", web="page")
    up.wait_until_running()
    pids = up.pids()

    assert up.end(signal.SIGTERM) == 0
    assert not [name for name, pid in pids.items() if is_alive(pid)]


def test_kill_9_of_up_leaves_nothing_alive(newsroom: Newsroom) -> None:
    up = newsroom(telegram="drain", scheduler="stubborn", web="page")
    up.wait_until_running()
    pids = up.pids()
    assert {"store", "telegram", "scheduler", "web"} == set(pids)

    up.end(signal.SIGKILL)

    up.wait_for(lambda: not any(is_alive(pid) for pid in pids.values()), "the end of every process", seconds=20)
    assert (up.root / "telegram.drained").exists()


def test_the_store_outlives_the_processes_when_up_is_killed(newsroom: Newsroom) -> None:
    up = newsroom(scheduler="stubborn", web="page")
    up.wait_until_running()
    pids = up.pids()

    up.end(signal.SIGKILL)
    up.wait_for(lambda: not is_alive(pids["web"]), "the end of web")

    assert is_alive(pids["scheduler"])
    assert is_alive(pids["store"])


def test_a_restart_loses_nothing(newsroom: Newsroom) -> None:
    first = newsroom(web="page")
    first.wait_until_running()
    with Redis.from_url(find_running(first.data).redis_url) as client:  # type: ignore[union-attr]
        client.set("story", "kept")
    first.end(signal.SIGKILL)

    again = newsroom(web="page")
    again.wait_for(lambda: again.said().count("Newsdesk is running") == 2, "the second panel")
    with Redis.from_url(find_running(again.data).redis_url) as client:  # type: ignore[union-attr]
        assert client.get("story") == b"kept"


def test_leftovers_of_killed_guards_are_ended_by_the_next_up(newsroom: Newsroom) -> None:
    first = newsroom(telegram="drain", web="page")
    first.wait_until_running()
    left = first.pids()
    for guard in guards_of(left.values()):
        os.kill(guard, signal.SIGKILL)
    first.end(signal.SIGKILL)
    assert all(is_alive(pid) for pid in left.values())

    again = newsroom(telegram="drain", web="page")
    again.wait_for(lambda: again.said().count("Newsdesk is running") == 2, "the second panel")
    assert not any(is_alive(pid) for pid in left.values())
    assert "telegram  was left over" in again.said()


def test_a_second_up_says_where_the_first_is_and_ends(newsroom: Newsroom) -> None:
    first = newsroom(web="page")
    first.wait_until_running()
    pids = first.pids()

    second = newsroom({"NEWSDESK_PORT": str(free_port())}, web="page")

    assert second.process.wait(20) == 1
    assert f"open {first.address}" in " ".join(second.said().split())
    assert first.pids() == pids


def test_a_crash_is_told_and_started_again_with_growing_pauses(newsroom: Newsroom) -> None:
    up = newsroom(telegram="crash", web="page")
    up.wait_for(lambda: len(up.lives("telegram")) >= 3, "three lives")

    (_, first), (_, second), (_, third) = up.lives("telegram")[:3]
    assert second - first >= 1
    assert third - second >= 2
    assert "the reason it crashed" in up.said()
    assert "it starts again in 2 s" in up.said()


def test_kill_9_of_a_process_brings_a_new_one(newsroom: Newsroom) -> None:
    up = newsroom(telegram="drain", web="page")
    up.wait_until_running()
    os.kill(up.pids()["telegram"], signal.SIGKILL)

    up.wait_for(lambda: len(up.lives("telegram")) == 2, "the second life")


def test_kill_9_of_the_store_brings_it_back_with_everything(newsroom: Newsroom) -> None:
    up = newsroom(web="page")
    up.wait_until_running()
    store = up.pids()["store"]
    with Redis.from_url(find_running(up.data).redis_url) as client:  # type: ignore[union-attr]
        client.set("story", "kept")
    os.kill(store, signal.SIGKILL)

    up.wait_for(lambda: up.pids().get("store", store) != store, "the new store")
    with Redis.from_url(find_running(up.data).redis_url) as client:  # type: ignore[union-attr]
        up.wait_for(lambda: answers(client), "its answer")
        assert client.get("story") == b"kept"


def test_kill_9_of_a_guard_leaves_no_second_process(newsroom: Newsroom) -> None:
    up = newsroom(telegram="drain", web="page")
    up.wait_until_running()
    first = up.pids()["telegram"]
    os.kill(next(iter(guards_of([first]))), signal.SIGKILL)

    up.wait_for(lambda: len(up.lives("telegram")) == 2, "the second life")
    assert not is_alive(first)


def test_warnings_reach_the_terminal_without_their_control_characters(newsroom: Newsroom) -> None:
    up = newsroom(telegram="drain", web="page")
    up.wait_for(lambda: "telegram loud" in up.said(), "the warning")

    assert "\x1b[31m" not in up.said()
    assert "[bold]" in up.said()
    assert "telegram quiet" not in up.said()
    assert "telegram quiet" in (up.data / "log" / "telegram.log").read_text()


def test_other_commands_find_the_newsroom_and_nobody_else_may_read_where(newsroom: Newsroom) -> None:
    up = newsroom(web="page")
    up.wait_until_running()

    settings = load_for_command({}, up.data)
    assert settings.redis_url == find_running(up.data).redis_url  # type: ignore[union-attr]
    assert f"http://127.0.0.1:{settings.port}" == up.address
    assert stat.S_IMODE(file_of(up.data).stat().st_mode) == 0o600


def test_a_port_that_is_taken_is_told(newsroom: Newsroom) -> None:
    first = newsroom(web="page")
    first.wait_until_running()

    second = newsroom({"NEWSDESK_DATA": str(first.root / "other")}, web="page")
    assert second.process.wait(20) == 1
    assert "is taken. Choose another: ./newsdesk up --port" in " ".join(second.said().split())


def test_without_tokens_the_sandbox_runs_and_everyone_is_told_where(newsroom: Newsroom) -> None:
    up = newsroom({"TELEGRAM_BOT_TOKEN": ""}, telegram="drain", discord="drain", web="page")
    up.wait_until_running()
    pids = up.pids()
    assert set(pids) == {"store", "sandbox", "telegram", "discord", "web"}
    assert "Sandbox: a local Telegram" in up.said()
    first = load_for_command({}, up.data)
    assert first.platforms == ("telegram", "discord")

    os.kill(pids["sandbox"], signal.SIGKILL)
    up.wait_for(lambda: up.pids().get("sandbox", 0) not in {0, pids["sandbox"]}, "the sandbox again")
    up.wait_for((up.data / "sandbox" / "environ.json").exists, "where it listens")
    assert load_for_command({}, up.data) == first
    assert len(up.lives("telegram")) == 1

    pids = up.pids()
    assert up.end(signal.SIGTERM) == 0
    assert not [name for name, pid in pids.items() if is_alive(pid)]


def test_a_redis_that_forgets_is_refused_and_one_that_is_away_is_told(newsroom: Newsroom, redis_url: str) -> None:
    up = newsroom({"REDIS_URL": "redis://127.0.0.1:1"}, web="page")
    assert up.process.wait(20) == 1
    assert "does not answer" in up.said()

    with Redis.from_url(redis_url) as client:
        client.config_set("appendonly", "no")
        refused = newsroom({"REDIS_URL": redis_url}, web="page")
        assert refused.process.wait(20) == 1
        assert "--allow-volatile" in refused.said()
        allowed = newsroom({"REDIS_URL": redis_url, "NEWSDESK_ALLOW_VOLATILE": "true"}, web="page")
        allowed.wait_until_running()
        assert "store" not in allowed.pids()
        client.config_set("appendonly", "yes")
