"""What people do with their chats: start and block bots, follow links, join and leave. NotPossible as in the app."""

import re
from urllib.parse import parse_qs, urlsplit

from bots.sandbox.telegram import updates, wire
from bots.sandbox.telegram.errors import NotPossible
from bots.sandbox.telegram.membership import change_member
from bots.sandbox.telegram.reach import open_chat, visible
from bots.sandbox.telegram.rights import member, present
from bots.sandbox.telegram.world import Chat, ChatKind, Json, Member, Status
from bots.sandbox.telegram.writing import Writing

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}$")


class Visiting(Writing):
    def start_bot(self, user: int, bot: int, payload: str = "") -> int:
        """Press Start in the private chat, also after a deep link: "/start PAYLOAD" is sent; its message id."""
        if payload and not _PAYLOAD.match(payload):
            raise NotPossible("A start parameter has 1-64 of A-Z a-z 0-9 _ -")
        chat = self._private(user, bot)
        if chat.blocked:
            self.unblock(user, bot)
        chat.started = True
        return self.say(user, bot, f"/start {payload}")

    def follow_link(self, user: int, url: str) -> int:
        """Open a t.me link: of a bot (presses Start with its payload), of a public channel or group.

        Gives the id of the chat that it leads to. NotPossible for an address that is not Telegram's.
        """
        try:
            parts = urlsplit(url if "://" in url else f"https://{url}")
        except ValueError as error:
            raise NotPossible("This is no link") from error
        name = parts.path.strip("/").split("/")[0].lower()
        if parts.hostname not in {"t.me", "telegram.me"} or not name:
            raise NotPossible("This link leads out of Telegram")
        if bot := next((bot for bot in self.platform.state.bots if self._username(bot) == name), None):
            self.start_bot(user, bot, parse_qs(parts.query).get("start", [""])[0])
            return bot
        if chat := next((chat for chat in self.platform.state.chats.values() if chat.username.lower() == name), None):
            return open_chat(self.platform, user, chat.id).id
        raise NotPossible(f"Nobody has the name @{name}")

    def block(self, user: int, bot: int) -> None:
        self._set_blocked(user, bot, blocked=True)

    def unblock(self, user: int, bot: int) -> None:
        self._set_blocked(user, bot, blocked=False)

    def join(self, user: int, chat: int) -> None:
        """Join a public channel or group, or one that the person may see anyway (a channel's discussion)."""
        place = self.platform.state.chats.get(str(chat))
        if place is None or not visible(self.platform, place, user):
            raise NotPossible("You cannot join this chat without an invitation")
        if present(place, user, self.platform.now()):
            raise NotPossible("You are in this chat already")
        change_member(self.platform, place, Member(user), by=user)
        self.platform.commit()

    def leave(self, user: int, chat: int) -> None:
        place = open_chat(self.platform, user, chat)
        if member(place, user, self.platform.now()).status == Status.LEFT:
            raise NotPossible("You are not in this chat")
        change_member(self.platform, place, Member(user, Status.LEFT), by=user)
        self.platform.commit()

    def read(self, user: int, chat: int) -> None:
        """Open a chat and scroll to its end: nothing in it is unread any more."""
        place = open_chat(self.platform, user, chat)
        self.platform.state.read[f"{user} {place.key}"] = max(place.messages, default=0)
        self.platform.touch()
        self.platform.commit()

    def _set_blocked(self, user: int, bot: int, *, blocked: bool) -> None:
        chat = open_chat(self.platform, user, bot)
        if chat.bot_id is None:
            raise NotPossible("Only bots are blocked here")
        if chat.blocked == blocked:
            raise NotPossible("This bot is blocked already" if blocked else "This bot is not blocked")
        chat.blocked = blocked
        self.platform.touch()
        old, new = (Status.MEMBER, Status.KICKED) if blocked else (Status.KICKED, Status.MEMBER)
        change = self._standing(chat, Member(bot, old), Member(bot, new))
        updates.push(self.platform, self.platform.state.bots[bot], "my_chat_member", change)
        self.platform.commit()

    def _standing(self, chat: Chat, old: Member, new: Member) -> Json:
        state = self.platform.state
        return {
            "chat": wire.chat(state, chat),
            "from": wire.user(state.users[chat.id]),
            "date": self.platform.now(),
            "old_chat_member": wire.member(state, chat, old),
            "new_chat_member": wire.member(state, chat, new),
        }

    def _username(self, user: int) -> str:
        return self.platform.state.users[user].username.lower()

    def _private(self, user: int, bot: int) -> Chat:
        if user not in self.platform.state.users or bot not in self.platform.state.bots:
            raise NotPossible(f"There is no bot {bot} or no person {user}")
        key = f"{bot}:{user}"
        return self.platform.state.chats.setdefault(key, Chat(key, user, ChatKind.PRIVATE, bot_id=bot))
