"""What a command knows of the newsroom that `up` runs in its data directory."""

import os
from pathlib import Path

import pytest

from bots.bootstrap.running import file_of, find_running, load_for_command
from bots.storage import pidfile
from bots.storage.locate import StoreNotRunning, locate
from bots.storage.server import EmbeddedServer
from config import load

SANDBOX = {
    "NEWSDESK_SANDBOX_URL": "http://127.0.0.1:9",
    "TELEGRAM_BOT_TOKEN": "1:local",
    "TELEGRAM_CHANNEL": "@local",
    "NEWSDESK_STAFF": '[{"name": "Mo", "telegram": 7}]',
}


def announce(data: Path, environ: dict[str, str]) -> None:
    file_of(data).parent.mkdir(parents=True, exist_ok=True)
    told = {"address": "http://127.0.0.1:8080", "redis_url": "unix:///x.sock", "environ": environ}
    pidfile.write(file_of(data), os.getpid(), **told)


def test_in_the_sandbox_a_command_sees_the_local_platforms_and_no_real_one(tmp_path: Path) -> None:
    announce(tmp_path, SANDBOX)
    real = {"TELEGRAM_BOT_TOKEN": "1:real", "TELEGRAM_CHANNEL": "@real", "DISCORD_BOT_TOKEN": "a.b.c"}
    real["DISCORD_ALERTS_CHANNEL"] = "5"

    settings = load_for_command(real, tmp_path)

    assert settings.platforms == ("telegram",)
    assert (settings.telegram.channel, settings.staff[0].name) == ("@local", "Mo")
    assert settings.redis_url == "unix:///x.sock"


def test_with_tokens_a_command_keeps_its_own_and_takes_the_ports(tmp_path: Path) -> None:
    announce(tmp_path, {"NEWSDESK_PORT": "1234", "NEWSDESK_MODERATION_URL": "http://127.0.0.1:99"})
    settings = load_for_command({"TELEGRAM_BOT_TOKEN": "1:real", "TELEGRAM_CHANNEL": "@real"}, tmp_path)

    assert settings.telegram.channel == "@real"
    assert (settings.port, settings.moderation_url) == (1234, "http://127.0.0.1:99")


def test_a_store_that_was_set_wins_over_the_running_one(tmp_path: Path) -> None:
    announce(tmp_path, {})

    assert load_for_command({"REDIS_URL": "redis://mine"}, tmp_path).redis_url == "redis://mine"


def test_what_a_newsroom_that_is_gone_left_is_not_believed(tmp_path: Path) -> None:
    announce(tmp_path, SANDBOX)
    file = file_of(tmp_path)
    pidfile.write_private(file, {"pid": os.getpid(), "start_time": "another time", "address": "x"})

    assert find_running(tmp_path) is None
    assert load_for_command({}, tmp_path).redis_url is None


def test_without_a_store_a_command_is_told_to_run_up(tmp_path: Path) -> None:
    with pytest.raises(StoreNotRunning, match=r"run \./newsdesk up .*, or set REDIS_URL"):
        locate(load({"NEWSDESK_DATA": str(tmp_path)}))


def test_the_running_server_of_the_data_directory_is_found(redis_server: EmbeddedServer) -> None:
    assert locate(load({"NEWSDESK_DATA": str(redis_server.data)})) == redis_server.url


def test_an_address_that_was_set_is_taken_as_it_is(redis_server: EmbeddedServer) -> None:
    given = {"NEWSDESK_DATA": str(redis_server.data), "REDIS_URL": "redis://mine"}

    assert locate(load(given)) == "redis://mine"
