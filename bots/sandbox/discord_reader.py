"""A reader on the local Discord who takes part in the first story."""

import json
from typing import Any

from bots.sandbox.discord import DiscordServer
from bots.sandbox.personas import MAYA, Person
from bots.sandbox.world import BREAKING_NEWS

_PATIENCE_S = 10.0
Json = dict[str, Any]


class DiscordReader:
    def __init__(self, discord: DiscordServer, person: Person) -> None:
        self._discord = discord
        self._user = person.discord or 0

    async def vote(self, option: str) -> bool:
        """Whether the bot answered. The same vote twice is one vote."""
        return (await self._discord.click(self._user, await self._story(), option)).kind != "failed"

    async def comment(self, text: str) -> bool:
        """Press Comment, fill in the form, send it. Whether the bot took it."""
        if self._is_known(text):
            return True
        opened = await self._discord.click(self._user, await self._story(), "Comment")
        if opened.modal is None:
            return False
        field = opened.modal["fields"][0]["custom_id"]
        return (await self._discord.submit_modal(self._user, opened.modal["id"], {field: text})).kind != "failed"

    async def _story(self) -> str:
        """The first post with a Comment button, as soon as it is there."""
        while not (found := [post["id"] for post in self._posts() if _has_comment_button(post)]):
            await self._discord.wait_for_change(self._discord.revision, _PATIENCE_S)
        return str(found[0])

    def _posts(self) -> list[Json]:
        channels = self._discord.view(self._user)["guilds"][0]["channels"]
        return next(channel["messages"] for channel in channels if channel["id"] == str(BREAKING_NEWS))

    def _is_known(self, text: str) -> bool:
        """Whether it stands somewhere in the guild already: published, or waiting for a moderator."""
        beginning = text.partition(".")[0]
        return beginning in json.dumps(self._discord.view(MAYA.discord or 0)["guilds"])


def _has_comment_button(post: Json) -> bool:
    return any(button.get("label") == "Comment" for row in post["components"] for button in row["components"])
