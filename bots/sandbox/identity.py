"""What a sandbox keeps of itself: its tokens and ports, so that nobody has to be told anew after a restart."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bots.sandbox.state_file import Damaged
from bots.storage.pidfile import write_private


@dataclass(frozen=True, slots=True)
class Identity:
    """`world` names this sandbox for good; `key` opens its control API; a port of 0 is not chosen yet."""

    world: str
    key: str
    telegram_token: str
    discord_token: str
    telegram_port: int = 0
    discord_port: int = 0
    control_port: int = 0

    def with_ports(self, telegram: int, discord: int, control: int) -> "Identity":
        return replace(self, telegram_port=telegram, discord_port=discord, control_port=control)


def load_or_make(file: Path, telegram_bot: int, discord_bot: int) -> Identity:
    """The one in the file; a new one when there is none. Raises Damaged."""
    if not file.exists():
        return _make(telegram_bot, discord_bot)
    try:
        return Identity(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise Damaged(file, error) from error


def save(identity: Identity, file: Path) -> None:
    """For the owner's eyes only: who holds the key can act as anybody in the sandbox."""
    write_private(file, asdict(identity))


def _make(telegram_bot: int, discord_bot: int) -> Identity:
    """Tokens of the shape that each platform gives out; they open nothing but this sandbox."""
    application = base64.urlsafe_b64encode(str(discord_bot).encode()).decode().rstrip("=")
    return Identity(
        world=secrets.token_hex(4),
        key=secrets.token_urlsafe(32),
        telegram_token=f"{telegram_bot}:AA{secrets.token_urlsafe(25)[:33]}",
        discord_token=f"{application}.{secrets.token_urlsafe(5)[:6]}.{secrets.token_urlsafe(30)[:38]}",
    )
