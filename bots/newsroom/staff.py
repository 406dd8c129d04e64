"""Who works here. Two accounts of one staff entry are one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bots.newsroom.messages import Platform


class Role(StrEnum):
    MODERATOR = "moderator"
    SENIOR = "senior"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class StaffMember:
    name: str
    role: Role
    accounts: tuple[tuple[Platform, str], ...]


class Staff:
    def __init__(self, members: Sequence[StaffMember]) -> None:
        self._by_account = {account: member for member in members for account in member.accounts}

    def member(self, platform: Platform, account: str) -> StaffMember | None:
        """The staff entry that this account belongs to, or None: then its presses change nothing."""
        return self._by_account.get((platform, account))
