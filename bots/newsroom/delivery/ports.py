from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Protocol

from bots.newsroom.delivery.posts import Delivery, Post, PostRecord, Sent
from bots.newsroom.messages import Destination, Platform


class Sender(Protocol):
    """One platform. Raises only members of the family in `errors`."""

    async def send(self, delivery: Delivery) -> Sent:
        """Shows the post for the first time. Raises Uncertain when it may have been shown."""

    async def edit(self, delivery: Delivery) -> None:
        """Makes the message at `delivery.sent` show the post. "Nothing changed" is success."""

    async def delete(self, delivery: Delivery) -> None:
        """Takes the message at `delivery.sent` away, or edits it to "withdrawn" where deleting is barred."""

    async def find(self, delivery: Delivery) -> Sent | None:
        """Looks whether an interrupted send did arrive. None: it is not there, or sending again cannot double it.

        Raises Uncertain when the platform gives no way to know.
        """


class Outbox(Protocol):
    """What the dispatcher needs of the store of posts. Every method may be repeated without harm."""

    async def lease(self, platform: Platform, limit: int, lease: timedelta) -> Sequence[Delivery]:
        """Up to `limit` posts that are due, earliest lane first; nobody else gets them until the lease ends."""

    async def sending(self, delivery: Delivery) -> bool:
        """An attempt begins and the lease starts anew; a crash after this leaves the post `interrupted`.

        False, and nothing is changed, when the lease has run out and somebody else may have the post by now.
        """

    async def shown(self, ref: str, version: int, sent: Sent | None) -> None:
        """The platform shows `version` now (`sent` None: shows nothing). A newer wanted version stays due."""

    async def not_sent(self, ref: str, reason: str, after: timedelta) -> None:
        """The attempt certainly failed: due again after `after`."""

    async def unknown(self, ref: str, reason: str, after: timedelta) -> None:
        """The attempt's end is not known: stays interrupted, due again after `after`."""

    async def uncertain(self, ref: str, reason: str) -> None:
        """Nobody can know whether it arrived: final, counted, shown to editors."""

    async def gone(self, ref: str, reason: str) -> None:
        """The destination cannot be reached: final."""

    async def refused(self, ref: str, reason: str) -> None:
        """The platform will not have it: final until a newer version is put."""

    async def expired(self, ref: str) -> None:
        """Too late to be of use: final."""

    async def join(self, refs: Sequence[str]) -> None:
        """These posts, none of them sent, become parts of one post that is due now."""


class Posts(Protocol):
    """What the planner and the features need of the store of posts."""

    async def put(self, post: Post) -> None:
        """The post is wanted now. Repeating it, or putting an older version, changes nothing."""

    async def adopt(self, ref: str, destination: Destination, sent: Sent) -> None:
        """A message that is there already (a reader typed it) is known under `ref` from now on."""

    async def record(self, ref: str) -> PostRecord | None: ...

    async def records(self, refs: Sequence[str]) -> Sequence[PostRecord]: ...

    def in_group(self, group: str, platform: Platform) -> AsyncIterator[str]:
        """The refs of all posts of the group on that platform, each once, without holding them all in memory."""

    async def ref_of(self, platform: Platform, sent: Sent) -> str | None:
        """The ref of the post that a platform shows as this message (of a joined one, the joining post's)."""

    async def parts(self, ref: str) -> Sequence[str]:
        """The refs of the posts joined in `ref`; empty for an ordinary post."""


class Budgets(Protocol):
    """Rates shared by all processes."""

    async def take(self, delivery: Delivery) -> timedelta:
        """Zero when the send or edit may go now (a token was taken), else how long to wait (none was taken)."""

    async def hold(self, destination: Destination, after: timedelta, *, whole_platform: bool) -> None:
        """The platform said wait: nothing goes there (or anywhere on it) before `after` has passed."""
