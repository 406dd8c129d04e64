"""The settings of a newsroom: read once, at the front door, into frozen values."""

from config.loading import PROJECT, SettingsError, load
from config.settings import (
    CommentsSettings,
    DiscordSettings,
    Settings,
    StaffEntry,
    TelegramSettings,
)
from config.variables import in_sandbox

__all__ = [
    "PROJECT",
    "CommentsSettings",
    "DiscordSettings",
    "Settings",
    "SettingsError",
    "StaffEntry",
    "TelegramSettings",
    "in_sandbox",
    "load",
]
