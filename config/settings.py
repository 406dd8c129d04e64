"""What can be set, as frozen values. Where a value comes from is the business of `config.loading`."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator

MAX_COMMENT = 1500  # characters; a Discord message holds 2,000 and the comment shares it with its author and origin


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True)


def _url(*schemes: str) -> AfterValidator:
    def check(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not parts.netloc:
            raise ValueError(f"should be an address that starts with {' or '.join(f'{s}://' for s in schemes)}")
        return value.rstrip("/")

    return AfterValidator(check)


def _bot_url(value: str) -> str:
    if not value.endswith("/bot"):
        raise ValueError("should end in /bot")
    return value


def _chat(value: object) -> object:
    """Telegram's two ways to name a chat: @name and a number. Kept as text, as its API takes it."""
    text = str(value).strip()
    if not (text.removeprefix("-").isdecimal() or (text.startswith("@") and text[1:].isidentifier())):
        raise ValueError("should be a chat's @name or its number")
    return text


def _zone(value: object) -> object:
    try:
        return value if isinstance(value, ZoneInfo) else ZoneInfo(str(value))
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("is no time zone that this machine knows") from error


HttpUrl = Annotated[str, _url("http", "https")]
WebSocketUrl = Annotated[str, _url("ws", "wss")]
RedisUrl = Annotated[str, AfterValidator(str.strip)]
Chat = Annotated[str, BeforeValidator(_chat)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]


class TelegramSettings(_Frozen):
    token: SecretStr | None = None
    api_base_url: Annotated[HttpUrl, AfterValidator(_bot_url)] = "https://api.telegram.org/bot"
    channel: Chat | None = None
    discussion: Chat | None = None
    moderators: Chat | None = None

    @property
    def file_base_url(self) -> str:
        """Where files are fetched: the API's address with /file before /bot."""
        return f"{self.api_base_url.removesuffix('/bot')}/file/bot"


class DiscordSettings(_Frozen):
    token: SecretStr | None = None
    api_base_url: HttpUrl = "https://discord.com/api/v10"
    gateway_url: WebSocketUrl | None = None
    alerts_channel: int | None = None
    moderators_channel: int | None = None


class StaffEntry(_Frozen):
    """One person of the staff. "Another person" always means another entry, whatever accounts they use."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    telegram: int | None = None
    discord: int | None = None
    role: Literal["moderator", "senior", "editor"] = "moderator"


class CommentsSettings(_Frozen):
    direct: bool = False
    max_length: Annotated[int, Field(ge=1, le=MAX_COMMENT)] = MAX_COMMENT


class Settings(_Frozen):
    telegram: TelegramSettings = TelegramSettings()
    discord: DiscordSettings = DiscordSettings()
    redis_url: RedisUrl | None = None
    allow_volatile: bool = False
    data: Path = Path("var")
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    timezone: Zone = ZoneInfo("UTC")
    staff: tuple[StaffEntry, ...] = ()
    comments: CommentsSettings = CommentsSettings()
    moderation_url: HttpUrl = "http://127.0.0.1:8081"
    moderation_key: SecretStr | None = None
    scorer: Annotated[str, Field(min_length=1)] = "auto"
    keep_labels: bool = False
    coral_secret: SecretStr | None = None
    sandbox_url: HttpUrl | None = None
    topics: Annotated[tuple[str, ...], Field(min_length=1)] = ("general", "world", "politics")

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms that have a token, by the name of their process."""
        return tuple(name for name in ("telegram", "discord") if getattr(self, name).token is not None)

    @model_validator(mode="after")
    def _staff_are_different_people(self) -> Self:
        for field in ("name", "telegram", "discord"):
            counted = Counter(value for entry in self.staff if (value := getattr(entry, field)) is not None)
            twice = [str(value) for value, times in counted.items() if times > 1]
            if twice:
                raise ValueError(f"staff: two entries have the same {field} ({twice[0]}); one entry is one person")
        return self
