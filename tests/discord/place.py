"""A local Discord with one newsroom's server, the process's own code against it, and what people see of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bots.bootstrap.newsroom import Newsroom
from bots.discord.app import serve
from bots.newsroom.alerts.alert import AlertDraft
from bots.newsroom.alerts.article import Article, Link, LinkKind
from bots.newsroom.comments.comment import Comment, CommentState
from bots.newsroom.messages import Platform
from bots.newsroom.polls.poll import PollDraft
from bots.sandbox.discord import DiscordServer, Outcome
from config import CommentsSettings, DiscordSettings, Settings, StaffEntry
from moderation import Decision, Finding
from moderation import Outcome as Judgement

SPECS = Path(__file__).parents[3] / "shared" / "specs"
TOKEN = "discord-test-token"
APPLICATION, GUILD, ALERTS, MODERATORS, LOBBY = 9000, 100, 200, 201, 202
MODERATOR_ROLE, WORLD_ROLE = 300, 301
ANNA, BEN, MIA = 1001, 1002, 1003
QUESTION = "Should harsher sanctions follow?"


def furnish(server: DiscordServer) -> None:
    server.add_guild(GUILD, "The Daily")
    server.add_bot(TOKEN, "Newsdesk", APPLICATION)
    server.add_role(MODERATOR_ROLE, "moderators", permissions=1 << 13)
    server.add_role(WORLD_ROLE, "world")
    server.add_text_channel(ALERTS, "alerts", write=())
    server.add_text_channel(MODERATORS, "moderators", read=[MODERATOR_ROLE])
    server.add_text_channel(LOBBY, "lobby")
    server.add_member(ANNA, "Anna")
    server.add_member(BEN, "Ben")
    server.add_member(MIA, "Mia", roles=[MODERATOR_ROLE])


def settings_for(server: DiscordServer, redis_url: str, *, direct: bool = False, **changes: Any) -> Settings:
    values = {
        "token": TOKEN,
        "api_base_url": server.api_base_url,
        "gateway_url": server.gateway_url,
        "alerts_channel": ALERTS,
        "moderators_channel": MODERATORS,
    }
    return Settings(
        discord=DiscordSettings.model_validate({**values, **changes}),
        redis_url=redis_url,
        staff=(StaffEntry(name="Mia", discord=MIA), StaffEntry(name="Tom", telegram=77)),
        comments=CommentsSettings(direct=direct),
    )


def article(**changes: Any) -> Article:
    fields: dict[str, Any] = {
        "headline": "Parliament votes on sanctions after missile strike",
        "standfirst": "The vote is expected tonight.",
        "key_facts": ("Seven people were hurt.", "The port is closed."),
        "disputed": ("Who fired is not known.",),
        "links": (
            Link("The story", "https://daily.example/strike", LinkKind.STORY),
            Link("Statement of the ministry", "https://ministry.example/1", LinkKind.OFFICIAL),
        ),
    }
    return Article(**{**fields, **changes})


def decision(state: CommentState) -> Decision:
    outcomes = {CommentState.PUBLISHED: Judgement.APPROVE, CommentState.HELD: Judgement.HOLD}
    outcome = outcomes.get(state, Judgement.REJECT)
    finding = Finding("toxicity", outcome, "insult 0.71 is above 0.60")
    return Decision(outcome, (finding,), {"toxicity": 0.71}, scorer="builtin", language="en")


@dataclass
class Place:
    """The newsroom's Discord side at work."""

    server: DiscordServer
    newsroom: Newsroom
    platform = Platform.DISCORD

    def channel(self, name: str, user: int = ANNA) -> dict[str, Any]:
        channels = self.server.view(user)["guilds"][0]["channels"]
        return next(channel for channel in channels if channel["name"] == name)

    def alerts(self, user: int = ANNA) -> list[dict[str, Any]]:
        return list(self.channel("alerts", user)["messages"])

    def thread_id(self) -> str:
        return str(self.channel("alerts")["threads"][0]["id"])

    def thread(self, user: int = ANNA) -> list[dict[str, Any]]:
        """The messages in the first story's thread."""
        threads = self.channel("alerts", user)["threads"]
        return list(threads[0]["messages"]) if threads else []

    def lobby(self, user: int = ANNA) -> list[dict[str, Any]]:
        return list(self.channel("lobby", user)["messages"])

    def cards(self) -> list[dict[str, Any]]:
        return list(self.channel("moderators", MIA)["messages"])

    async def until(self, condition: Callable[[], object], timeout: float = 15) -> None:  # noqa: ASYNC109
        await self.server.until(condition, timeout)

    async def alert(self, *, poll: bool = False, op: str = "a1", **changes: Any) -> str:
        """Publishes an alert and waits until its thread's first words stand. Gives the story's id."""
        polls, now = self.newsroom.polls, self.newsroom.clock()
        draft = PollDraft(QUESTION, ("Yes", "No", "Not sure"), now + timedelta(hours=1))
        poll_id = (await polls.open(draft, op=f"p{op}")).id if poll else ""
        published = await self.newsroom.alerts.publish(AlertDraft(article(), poll_id=poll_id, **changes), op=op)
        await self.until(self.thread)
        return published.story_id

    async def judge(self, comment: Comment, state: CommentState) -> None:
        """As the reviewer does."""
        await self.newsroom.stores.comments.judged(comment.id, comment.edition, decision(state), state)

    async def kept(self, number: int = 1) -> Comment:
        """The comment of that number, as soon as it is kept."""
        while (comment := await self.newsroom.comments.get(f"c{number}")) is None:  # noqa: ASYNC110 - the store calls nobody
            await asyncio.sleep(0.02)
        return comment

    async def edition(self, number: int) -> Comment:
        """The first comment, as soon as it has that edition."""
        while (comment := await self.kept()).edition < number:  # noqa: ASYNC110 - the store calls nobody
            await asyncio.sleep(0.02)
        return comment

    async def in_state(self, state: CommentState) -> None:
        """Waits until the first comment is in that state."""
        async with asyncio.timeout(15):
            while (await self.kept()).state is not state:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.02)

    async def comment(self, user: int, text: str, button: str = "Comment") -> Outcome:
        """Presses the button below the alert, fills in the form and sends it in."""
        opened = await self.server.click(user, self.alerts(user)[0]["id"], button)
        assert opened.modal is not None
        return await self.server.submit_modal(user, opened.modal["id"], {"Your comment": text})


@asynccontextmanager
async def serving(server: DiscordServer, newsroom: Newsroom) -> AsyncIterator[Place]:
    stop = asyncio.Event()
    work = asyncio.create_task(serve(newsroom, stop))
    try:
        await server.until(lambda: work.done() or TOKEN in server.connected)
        yield Place(server, newsroom)
    finally:
        server.lift_faults()
        stop.set()
        await work


def words(nodes: list[dict[str, Any]]) -> str:
    """What rendered markdown says."""
    return "".join(node["text"] for node in nodes)


def said(message: dict[str, Any]) -> str:
    """Everything a person reads in a message, in order."""
    parts = [words(message["content"])]
    for embed in message["embeds"]:
        parts += [embed["author"], words(embed["title"]), words(embed["description"])]
        parts += [f"{words(field['name'])}\n{words(field['value'])}" for field in embed["fields"]]
        parts.append(embed["footer"])
    return "\n".join(part for part in parts if part)


def labels(message: dict[str, Any]) -> list[list[str]]:
    """The buttons, row by row."""
    return [[button["label"] for button in row["components"]] for row in message["components"]]
