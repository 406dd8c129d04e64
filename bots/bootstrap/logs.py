"""Logs for people, without secrets."""

import logging
import re
import sys
from collections.abc import Sequence

from config import Settings

LOUD = ("httpx", "httpx2", "httpcore", "aiohttp.access", "apscheduler", "uvicorn.access")
"""Libraries that log each call at INFO; httpx logs the URL, which holds the Telegram token."""
_TELEGRAM_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_PASSWORD = re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)")


class Redacted(logging.Formatter):
    """Writes *** for every known secret, for whatever looks like a Telegram token, and for passwords in addresses."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return _PASSWORD.sub("***", _TELEGRAM_TOKEN.sub("***", text))


def set_up(settings: Settings) -> None:
    tokens = (settings.telegram.token, settings.discord.token)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacted([token.get_secret_value() for token in tokens if token]))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
