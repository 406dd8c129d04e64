"""What `up` decides to run, from settings alone."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bots.supervisor.plan import DEFAULT_MODERATION, CannotRun, Options, data_directory, free_port, is_free, make_plan
from bots.supervisor.procfile import ProcfileError, read_procfile
from config import PROJECT, SettingsError, load

TELEGRAM = {"TELEGRAM_BOT_TOKEN": "1:x", "TELEGRAM_CHANNEL": "@x"}
DISCORD = {"DISCORD_BOT_TOKEN": "a.b.c", "DISCORD_ALERTS_CHANNEL": "5"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "Procfile").write_text((PROJECT / "Procfile").read_text())
    return tmp_path


@pytest.fixture
def port() -> str:
    return str(free_port())


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_without_a_token_the_sandbox_stands_in_for_both(root: Path, port: str) -> None:
    plan = make_plan(root, {"NEWSDESK_PORT": port}, Options())

    assert plan.sandbox[-4:] == ("-m", "bots.sandbox", "--data", str(plan.data))
    assert plan.off == ()
    assert list(plan.processes) == list(read_procfile(root / "Procfile"))


def test_with_one_token_the_other_platform_is_off_and_there_is_no_sandbox(root: Path, port: str) -> None:
    plan = make_plan(root, {**TELEGRAM, "NEWSDESK_PORT": port}, Options())

    assert (plan.sandbox, plan.off) == ((), ("discord",))
    assert "discord" not in plan.processes
    assert "telegram" in plan.processes


def test_with_both_tokens_nothing_is_off(root: Path, port: str) -> None:
    assert make_plan(root, {**TELEGRAM, **DISCORD, "NEWSDESK_PORT": port}, Options()).off == ()


def test_tokens_from_dotenv_count(root: Path, port: str) -> None:
    (root / ".env").write_text("TELEGRAM_BOT_TOKEN=1:x\nTELEGRAM_CHANNEL=@x\n")

    assert make_plan(root, {"NEWSDESK_PORT": port}, Options()).settings.platforms == ("telegram",)


def test_the_sandbox_asked_for_gives_no_real_token_to_anybody(root: Path, port: str) -> None:
    (root / ".env").write_text("DISCORD_BOT_TOKEN=a.b.c\nDISCORD_ALERTS_CHANNEL=5\n")
    plan = make_plan(root, {**TELEGRAM, "NEWSDESK_PORT": port}, Options(sandbox=True))

    assert plan.sandbox
    assert plan.settings.platforms == ()
    assert not [name for name in {**plan.environ, **plan.decided} if name.startswith(("TELEGRAM_", "DISCORD_"))]
    assert load({**plan.environ, **plan.decided}, root, dotenv=True).platforms == ()


def test_the_sandbox_has_a_store_of_its_own(root: Path, port: str) -> None:
    environ = {**TELEGRAM, "NEWSDESK_PORT": port, "REDIS_URL": "redis://production:6379"}
    real, sandbox = make_plan(root, environ, Options()), make_plan(root, environ, Options(sandbox=True))

    assert real.settings.redis_url == "redis://production:6379"
    assert sandbox.settings.redis_url is None
    assert "REDIS_URL" not in {**sandbox.environ, **sandbox.decided}
    assert sandbox.store != real.store


def test_the_sandbox_asked_for_forgives_wrong_tokens(root: Path, port: str) -> None:
    wrong = {"TELEGRAM_BOT_TOKEN": "1:x", "TELEGRAM_CHANNEL": "no such thing", "NEWSDESK_PORT": port}

    assert make_plan(root, wrong, Options(sandbox=True)).sandbox
    with pytest.raises(SettingsError, match="TELEGRAM_CHANNEL"):
        make_plan(root, wrong, Options())


def test_the_command_line_wins_over_the_environment(root: Path, port: str, tmp_path: Path) -> None:
    environ = {"NEWSDESK_PORT": "1", "NEWSDESK_DATA": "/elsewhere"}
    options = Options(data=tmp_path / "here", port=int(port), allow_volatile=True)
    plan = make_plan(root, environ, options)

    assert (plan.settings.port, plan.data) == (int(port), (tmp_path / "here").resolve())
    assert plan.settings.allow_volatile
    assert plan.decided["NEWSDESK_DATA"] == str(plan.data)
    assert data_directory(root, environ, options) == plan.data


def test_a_port_that_is_taken_is_said_with_another(root: Path, taken: int) -> None:
    with pytest.raises(CannotRun, match=f"{taken} is taken.*--port {taken + 10}"):
        make_plan(root, {"NEWSDESK_PORT": str(taken)}, Options())


def test_the_model_takes_another_port_only_when_nobody_chose_one(root: Path, port: str, taken: int) -> None:
    chosen = f"http://127.0.0.1:{taken}"
    plan = make_plan(root, {"NEWSDESK_PORT": port, "NEWSDESK_MODERATION_URL": chosen}, Options())
    assert plan.decided["NEWSDESK_MODERATION_URL"] == chosen

    with socket.socket() as default:
        if is_free(8081):
            # as a server does: a connection that ended a moment ago does not keep the port
            default.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            default.bind(("127.0.0.1", 8081))
            default.listen()
        assert make_plan(root, {"NEWSDESK_PORT": port}, Options()).settings.moderation_url != DEFAULT_MODERATION


def test_a_model_served_by_another_machine_is_not_started_here(root: Path, port: str) -> None:
    environ = {"NEWSDESK_PORT": port, "NEWSDESK_MODERATION_URL": "http://scorer.example:8081"}

    assert "moderation" not in make_plan(root, environ, Options()).processes


@pytest.mark.parametrize("text", ["web", "web:", "a: x\na: y", "b c: x"])
def test_a_line_that_is_no_process_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "Procfile"
    file.write_text(f"# comment\n\nok: exec true\n{text}\n")
    with pytest.raises(ProcfileError, match=r"line [45]"):
        read_procfile(file)


def test_a_missing_procfile_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProcfileError, match="restore it"):
        read_procfile(tmp_path / "Procfile")
