"""The front door: what is read from where, and what is said when a value is wrong."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from config import PROJECT, SettingsError, in_sandbox, load
from config.variables import VARIABLES


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    return tmp_path


def write_toml(project: Path, text: str) -> None:
    (project / "config" / "newsdesk.toml").write_text(text, encoding="utf-8")


def test_an_empty_environment_gives_the_defaults(project: Path) -> None:
    settings = load({}, project)

    assert settings.platforms == ()
    assert settings.telegram.api_base_url == "https://api.telegram.org/bot"
    assert settings.telegram.file_base_url == "https://api.telegram.org/file/bot"
    assert settings.discord.api_base_url == "https://discord.com/api/v10"
    assert (settings.port, settings.timezone, settings.scorer) == (8080, ZoneInfo("UTC"), "auto")
    assert settings.data == (project / "var").resolve()
    assert settings.comments.max_length == 1500
    assert not settings.comments.direct


def test_the_shipped_file_is_valid_and_sets_nothing() -> None:
    assert load({}, PROJECT).model_copy(update={"data": None}) == load({}, Path("/nowhere")).model_copy(
        update={"data": None}
    )


def test_the_shipped_file_names_every_variable_a_person_sets() -> None:
    shipped = (PROJECT / "config" / "newsdesk.toml").read_text(encoding="utf-8")
    for_machines = {"TELEGRAM_API_BASE_URL", "DISCORD_API_BASE_URL", "DISCORD_GATEWAY_URL", "NEWSDESK_SANDBOX_URL"}
    for_machines.add("NEWSDESK_ALLOW_VOLATILE")

    assert {v.name for v in VARIABLES if v.name not in shipped} == for_machines


def test_the_environment_wins_over_dotenv_and_dotenv_over_the_file(project: Path) -> None:
    write_toml(project, 'port = 1001\nscorer = "file"\ntimezone = "Europe/Berlin"')
    (project / ".env").write_text("NEWSDESK_PORT=1002\nNEWSDESK_SCORER=dotenv\n")

    settings = load({"NEWSDESK_PORT": "1003"}, project, dotenv=True)

    assert (settings.port, settings.scorer, settings.timezone) == (1003, "dotenv", ZoneInfo("Europe/Berlin"))


def test_dotenv_is_read_only_when_a_main_says_so(project: Path) -> None:
    (project / ".env").write_text("NEWSDESK_PORT=1002\n")

    assert load({}, project).port == 8080


def test_an_empty_variable_counts_as_unset(project: Path) -> None:
    assert load({"TELEGRAM_BOT_TOKEN": "", "NEWSDESK_PORT": " "}, project).port == 8080


def test_staff_come_as_json_and_keep_their_accounts(project: Path) -> None:
    staff = [{"name": "Ada", "telegram": 5, "discord": 6, "role": "senior"}, {"name": "Bo", "discord": 7}]

    ada, bo = load({"NEWSDESK_STAFF": json.dumps(staff)}, project).staff

    assert (ada.name, ada.telegram, ada.discord, ada.role) == ("Ada", 5, 6, "senior")
    assert (bo.telegram, bo.role) == (None, "moderator")


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"TELEGRAM_API_BASE_URL": "https://example.org"}, ("TELEGRAM_API_BASE_URL", "/bot", "'https://example.org'")),
        ({"NEWSDESK_PORT": "eighty"}, ("NEWSDESK_PORT", "integer", "'eighty'", "free port")),
        ({"NEWSDESK_PORT": "70000"}, ("NEWSDESK_PORT", "65535")),
        ({"NEWSDESK_TIMEZONE": "Mars/Olympus"}, ("NEWSDESK_TIMEZONE", "time zone", "Europe/Berlin")),
        ({"TELEGRAM_CHANNEL": "my channel"}, ("TELEGRAM_CHANNEL", "/where")),
        ({"DISCORD_ALERTS_CHANNEL": "general"}, ("DISCORD_ALERTS_CHANNEL", "Copy ID")),
        ({"DISCORD_GATEWAY_URL": "http://x"}, ("DISCORD_GATEWAY_URL", "wss://")),
        ({"NEWSDESK_STAFF": "Ada"}, ("NEWSDESK_STAFF", "not JSON")),
        ({"NEWSDESK_STAFF": '[{"name": "Ada", "role": "boss"}]'}, ("NEWSDESK_STAFF", "staff.0.role", "editor")),
        ({"NEWSDESK_STAFF": '[{"name": "A", "telegram": 1}, {"name": "B", "telegram": 1}]'}, ("same telegram",)),
        ({"TELEGRAM_BOT_TOKEN": "1:a"}, ("TELEGRAM_CHANNEL is missing", "TELEGRAM_BOT_TOKEN is set")),
        ({"DISCORD_BOT_TOKEN": "a.b.c"}, ("DISCORD_ALERTS_CHANNEL is missing", "DISCORD_BOT_TOKEN is set")),
    ],
)
def test_a_wrong_value_is_named_with_what_to_do(project: Path, environ: dict[str, str], words: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError) as caught:
        load(environ, project)
    for word in words:
        assert word in str(caught.value)


def test_every_wrong_value_is_told_at_once(project: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load({"NEWSDESK_PORT": "x", "NEWSDESK_TIMEZONE": "y"}, project)
    assert len(str(caught.value).splitlines()) == 2


def test_an_unknown_setting_in_the_file_is_told(project: Path) -> None:
    write_toml(project, "[telegram]\nchanel = '@x'")
    with pytest.raises(SettingsError, match=r"telegram\.chanel .* spelling"):
        load({}, project)


def test_a_token_in_the_file_is_refused_without_repeating_it(project: Path) -> None:
    write_toml(project, "[telegram]\ntoken = 'hush'")
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN") as caught:
        load({}, project)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("name", ["moderation_key", "coral_secret"])
def test_another_secret_in_the_file_is_refused_in_the_same_way(project: Path, name: str) -> None:
    write_toml(project, f"{name} = 'hush'")
    with pytest.raises(SettingsError, match=f"NEWSDESK_{name.upper()}") as error:
        load({}, project)
    assert "hush" not in str(error.value)


def test_tokens_show_nowhere(project: Path) -> None:
    settings = load({"TELEGRAM_BOT_TOKEN": "1:hush", "TELEGRAM_CHANNEL": "@x"}, project)

    assert "hush" not in f"{settings!r}{settings}{settings.model_dump_json()}"
    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() == "1:hush"


def test_in_the_sandbox_no_real_chat_mixes_in(project: Path) -> None:
    write_toml(project, "[telegram]\nmoderators = '-100'\n[[staff]]\nname = 'Real'")
    (project / ".env").write_text("DISCORD_BOT_TOKEN=real\nTELEGRAM_DISCUSSION=-200\nNEWSDESK_TIMEZONE=Europe/Paris\n")
    local = {"NEWSDESK_SANDBOX_URL": "http://127.0.0.1:9", "TELEGRAM_BOT_TOKEN": "1:local", "TELEGRAM_CHANNEL": "@l"}

    settings = load(local, project, dotenv=True)

    assert settings.platforms == ("telegram",)
    assert (settings.telegram.discussion, settings.telegram.moderators, settings.staff) == (None, None, ())
    assert settings.timezone == ZoneInfo("Europe/Paris")


def test_the_sandbox_never_touches_the_store_of_the_real_newsroom(project: Path) -> None:
    write_toml(project, "redis_url = 'redis://real:1'")
    (project / ".env").write_text("REDIS_URL=redis://real:2\n")
    sandbox = {"NEWSDESK_SANDBOX_URL": "http://127.0.0.1:9"}

    assert load(sandbox, project, dotenv=True).redis_url is None
    assert "REDIS_URL" not in in_sandbox({"REDIS_URL": "redis://real:3"}, sandbox)
    assert load({**sandbox, "REDIS_URL": "unix:///local"}, project).redis_url == "unix:///local"


def test_settings_are_frozen(project: Path) -> None:
    with pytest.raises(ValidationError):
        load({}, project).port = 1
