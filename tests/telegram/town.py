"""A small newsroom on a local Telegram: the real library, a real store, and people who read, write and decide."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bots.bootstrap.newsroom import Newsroom
from bots.newsroom.alerts.alert import Alert, AlertDraft, Importance
from bots.newsroom.alerts.article import Article, Link, LinkKind
from bots.newsroom.comments.comment import Comment, CommentState
from bots.newsroom.delivery.posts import Delivery, Post, PostRecord, Sent
from bots.newsroom.messages import Destination, Message, Platform, Room
from bots.sandbox.telegram import Group, TelegramServer
from bots.telegram.app import serve
from config import Settings
from moderation import Decision, Finding, Outcome

SPECS = Path(__file__).parents[3] / "shared" / "specs"  # absent on most machines: then nothing is compared with it
TOKEN = "111111:AAsandbox-token-of-the-telegram-tests"
BOT, ANN, BEN, MIA, ZOE = 111111, 1001, 1002, 2001, 1003
CHANNEL, DISCUSSION, ROOM = -1001000000001, -1001000000002, -1001000000003
HEADLINE = "Missile strike hits the port of Karvala"

ARTICLE = Article(
    headline=HEADLINE,
    standfirst="Four people died, the governor said. Rescue teams are searching the rubble.",
    key_facts=("The strike hit the grain terminal at 04:10.", "Four workers were killed, eleven were injured."),
    disputed=("Who fired the missile.",),
    next_steps=("The security council meets at noon.",),
    links=(
        Link("Read the full story", "https://example.org/karvala", LinkKind.STORY),
        Link("What the port means for grain exports", "https://example.org/grain", LinkKind.MORE),
    ),
    question="Should there be harsher sanctions?",
)


def build(server: TelegramServer, *, permissions: Mapping[str, bool] | None = None) -> None:
    server.add_bot(TOKEN, "newsdesk_bot", "Newsdesk")
    for user_id, name in {ANN: "Ann", BEN: "Ben", MIA: "Mia", ZOE: "Zoe"}.items():
        server.add_user(user_id, name, username=name.lower())
    server.add_channel(CHANNEL, "Daily News", "dailynews", admins=[BOT], members=[ANN, BEN, MIA, ZOE])
    closed = {"can_send_messages": False} if permissions is None else permissions
    talk = Group(members=[ANN, BEN, MIA, ZOE], admins=[BOT], permissions=closed, linked_channel=CHANNEL)
    server.add_group(DISCUSSION, "Daily News talk", talk)
    server.add_group(ROOM, "Moderators", Group(members=[MIA, ZOE], admins=[BOT]))


def settings_for(server: TelegramServer, **changes: Any) -> Settings:
    telegram = {
        "token": TOKEN,
        "api_base_url": server.base_url,
        "channel": "@dailynews",
        "moderators": str(ROOM),
    }
    staff = [{"name": "Mia Editor", "telegram": MIA, "role": "moderator"}]
    return Settings.model_validate({"telegram": telegram, "staff": staff, **changes})


async def eventually(check: Callable[[], Any], *, within: float = 8) -> Any:
    """What `check` gives as soon as it is true; an answer that can be awaited is awaited."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        value = check()
        value = await value if isinstance(value, Awaitable) else value
        if value:
            return value
        assert asyncio.get_running_loop().time() < deadline, f"it did not come true within {within} s"
        await asyncio.sleep(0.02)


def text_of(message: Mapping[str, Any]) -> str:
    return "".join(piece["text"] for piece in message["text"]).replace("\u2060", "")


def labels_of(message: Mapping[str, Any]) -> list[str]:
    return [button["label"] for row in message["buttons"] for button in row]


@dataclass(frozen=True)
class Town:
    """What the tests look at and act through."""

    server: TelegramServer
    newsroom: Newsroom

    def chat(self, viewer: int, chat: int) -> dict[str, Any]:
        found = [seen for seen in self.server.view(str(viewer))["chats"] if seen["id"] == chat]
        return found[0] if found else {"messages": []}

    def messages(self, viewer: int, chat: int) -> list[dict[str, Any]]:
        return list(self.chat(viewer, chat)["messages"])

    def find(self, viewer: int, chat: int, words: str) -> dict[str, Any] | None:
        """The newest message with these words."""
        return next((seen for seen in reversed(self.messages(viewer, chat)) if words in text_of(seen)), None)

    def count(self, viewer: int, chat: int, words: str) -> int:
        return sum(words in text_of(seen) for seen in self.messages(viewer, chat))

    async def sees(self, viewer: int, chat: int, words: str, *, within: float = 8) -> dict[str, Any]:
        found: dict[str, Any] = await eventually(lambda: self.find(viewer, chat, words), within=within)
        return found

    async def publish(self, op: str = "op-1", article: Article = ARTICLE, poll_id: str = "") -> Alert:
        draft = AlertDraft(article, Importance.BREAKING, "world", poll_id)
        return await self.newsroom.alerts.publish(draft, op)

    async def comment(self, person: int, story_id: str, text: str) -> Comment:
        """Writes a comment through the deep link, as a reader does; what the newsroom kept."""
        asked, received = self.count(person, BOT, "Write your comment now"), self.count(person, BOT, "Received.")
        self.server.follow_link(person, f"https://t.me/newsdesk_bot?start=comment-{story_id}")
        await eventually(lambda: self.count(person, BOT, "Write your comment now") > asked)
        self.server.say(person, BOT, text)
        await eventually(lambda: self.count(person, BOT, "Received.") > received)
        return await self.newest_of(person)

    async def newest_of(self, person: int) -> Comment:
        account = SimpleNamespace(key=f"telegram:{person}")
        found = await self.newsroom.stores.comments.of_author(account, 1)  # type: ignore[arg-type]
        return found[0]

    async def judge(self, comment: Comment, outcome: Outcome, detail: str = "It needs a look.") -> Comment | None:
        """What the reviewer would record."""
        states = {
            Outcome.APPROVE: CommentState.PUBLISHED,
            Outcome.HOLD: CommentState.HELD,
            Outcome.REJECT: CommentState.REJECTED,
        }
        decision = Decision(outcome, (Finding("rule", outcome, detail),), {"toxicity": 0.61}, "test")
        return await self.newsroom.stores.comments.judged(comment.id, comment.edition, decision, states[outcome])

    async def record(self, ref: str) -> PostRecord | None:
        return await self.newsroom.stores.posts.record(ref)


@asynccontextmanager
async def serving(newsroom: Newsroom) -> AsyncIterator[asyncio.Event]:
    """The Telegram side runs; at the end it is asked to stop and must do so."""
    stop = asyncio.Event()
    running = asyncio.create_task(serve(newsroom, stop))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(running, 10)


HELLO = Message(title="Hello", thread_title="Hello")


def delivery(room: Room, message: Message | None = HELLO, *, address: str = "", sent: Sent | None = None) -> Delivery:
    post = Post("alert:s1:telegram", 1, Destination(Platform.TELEGRAM, room, address), message)
    return Delivery(
        post, sent, 1, interrupted=False, thread=None, reply_to=None, floor="", lease="1", attempted=message
    )


def to_ann(message: Message | None = HELLO, sent: Sent | None = None) -> Delivery:
    return delivery(Room.PRIVATE, message, address=str(ANN), sent=sent)
