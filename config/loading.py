"""config/newsdesk.toml, then .env, then the environment: later ones win. Errors name the variable and the remedy."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.settings import Settings
from config.variables import VARIABLES, Variable, is_real, variable_of

PROJECT = Path(__file__).resolve().parent.parent
_SECRETS = frozenset(
    {"TELEGRAM_BOT_TOKEN", "DISCORD_BOT_TOKEN", "REDIS_URL", "NEWSDESK_MODERATION_KEY", "NEWSDESK_CORAL_SECRET"}
)
_ROOMS = (
    ("telegram", "channel", "TELEGRAM_CHANNEL", "TELEGRAM_BOT_TOKEN"),
    ("discord", "alerts_channel", "DISCORD_ALERTS_CHANNEL", "DISCORD_BOT_TOKEN"),
)


class SettingsError(Exception):
    """A setting is wrong or missing. The message names it, says what is wrong and what to do."""


def load(environ: Mapping[str, str], directory: Path = PROJECT, *, dotenv: bool = False) -> Settings:
    """Read all settings once.

    `directory` is the project's folder: it holds config/newsdesk.toml and, read only when `dotenv` is true, .env.
    In the sandbox (NEWSDESK_SANDBOX_URL is in `environ`) platforms, staff and store come from `environ` alone.
    Raises SettingsError.
    """
    named = {**(_read_dotenv(directory / ".env") if dotenv else {}), **environ}
    values = _read_toml(directory / "config" / "newsdesk.toml")
    if environ.get("NEWSDESK_SANDBOX_URL"):
        values = {
            key: value for key, value in values.items() if key not in {"telegram", "discord", "staff", "redis_url"}
        }
        named = {name: value for name, value in named.items() if not is_real(name) or name in environ}
    _apply(named, values)
    return _validated(values, directory)


def _read_dotenv(file: Path) -> dict[str, str]:
    return {name: value for name, value in dotenv_values(file, interpolate=False).items() if value is not None}


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not valid TOML: {error}. Mend that line.") from error
    for platform in ("telegram", "discord"):
        if isinstance(values.get(platform), dict) and "token" in values[platform]:
            raise SettingsError(
                f"{file} holds a token in [{platform}]. Tokens are secret and this file is not: "
                f"move it to .env as {platform.upper()}_BOT_TOKEN=..., and remove it here."
            )
    for name in ("moderation_key", "coral_secret"):
        if name in values:
            raise SettingsError(
                f"{file} holds {name}, which is secret, and this file is not: "
                f"move it to .env as NEWSDESK_{name.upper()}=..., and remove it here."
            )
    return values


def _apply(named: Mapping[str, str], values: dict[str, Any]) -> None:
    for variable in VARIABLES:
        text = named.get(variable.name, "").strip()
        if text:
            _put(values, variable, _parsed(variable, text))


def _parsed(variable: Variable, text: str) -> Any:
    if variable.name != "NEWSDESK_STAFF":
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise SettingsError(f"{variable.name} is not JSON ({error}): {variable.advice}.") from error


def _put(values: dict[str, Any], variable: Variable, value: Any) -> None:
    table = values
    for key in variable.path[:-1]:
        table = table.setdefault(key, {})
    table[variable.path[-1]] = value


def _validated(values: dict[str, Any], directory: Path) -> Settings:
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        lines = [_told(problem) for problem in error.errors(include_url=False, include_input=True)]
        raise SettingsError("\n".join(lines)) from None  # the cause would carry the values, secrets too
    for platform, field, variable, token in _ROOMS:
        if platform in settings.platforms and getattr(getattr(settings, platform), field) is None:
            advice = next(known.advice for known in VARIABLES if known.name == variable)
            raise SettingsError(f"{variable} is missing, though {token} is set: {advice}.")
    return settings.model_copy(update={"data": (directory / settings.data.expanduser()).resolve()})


def _told(problem: ErrorDetails) -> str:
    variable = variable_of(problem["loc"])
    where = ".".join(str(part) for part in problem["loc"])
    reason = problem["msg"].removeprefix("Value error, ").removeprefix("Input ")
    if problem["type"] == "extra_forbidden":
        return f"{where} in config/newsdesk.toml is no setting: check its spelling or remove it."
    if variable is None:
        return f"{where or 'config/newsdesk.toml'}: {reason}."
    inside = f" ({where})" if len(problem["loc"]) > len(variable.path) else ""
    given = "" if variable.name in _SECRETS else f" It is {str(problem['input'])[:80]!r} now."
    return f"{variable.name}{inside} {reason}.{given} What to do: {variable.advice}."
