"""What people press: inline buttons, reactions, the options of a poll. NotPossible for what is not on the message."""

import asyncio
from dataclasses import dataclass

from bots.sandbox.telegram import updates, wire
from bots.sandbox.telegram.commands import suggested
from bots.sandbox.telegram.errors import NotPossible
from bots.sandbox.telegram.methods.receiving import ANSWERABLE_FOR
from bots.sandbox.telegram.reach import message_in, open_chat
from bots.sandbox.telegram.rights import in_charge
from bots.sandbox.telegram.visiting import Visiting
from bots.sandbox.telegram.world import Bot, Chat, Json, Message, Query


@dataclass(frozen=True)
class TapAnswer:
    """What the person sees after a press: a toast, an alert box to close, or a link that opened."""

    text: str = ""
    alert: bool = False
    url: str = ""


class Pressing(Visiting):
    async def tap(
        self, user: int, chat: int, message_id: int, button: str, *, patience: float = 10
    ) -> TapAnswer | None:
        """Press a button, named by its label or its data, and see the answer; None if none came within `patience` s.

        A t.me link is followed at once; another one is given back in `url`, as a browser would open it.
        """
        pressed = self.press(user, chat, message_id, button)
        if isinstance(pressed, TapAnswer):
            return pressed
        deadline = asyncio.get_running_loop().time() + patience
        while pressed.answer is None and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await self.platform.revision.wait_beyond(self.platform.revision.number, left)
        return self._answered(user, pressed.answer) if pressed.answer else None

    def press(self, user: int, chat: int, message_id: int, button: str) -> Query | TapAnswer:
        """Press a button without waiting for the bot."""
        place = open_chat(self.platform, user, chat)
        message = message_in(place, message_id)
        found = _button(message, button)
        if url := found.get("url"):
            return self._opened(user, url)
        bot = self.platform.state.bots.get(message.sender_id or 0)
        if bot is None or place.blocked or "callback_data" not in found:
            raise NotPossible("This button does nothing here")
        query = self._query(user, bot, place, message, found["callback_data"])
        self.platform.commit()
        return query

    def react(self, user: int, chat: int, message_id: int, emoji: str = "") -> None:
        """Set one reaction, or take it back with an empty one."""
        place = open_chat(self.platform, user, chat)
        message = message_in(place, message_id)
        old, new = message.reactions.get(user, []), [{"type": "emoji", "emoji": emoji}] if emoji else []
        message.reactions[user] = new
        self.platform.touch()
        self._tell_reaction(place, message, user, {"old_reaction": old, "new_reaction": new})
        self.platform.commit()

    def vote(self, user: int, chat: int, message_id: int, options: list[int]) -> None:
        """Answer one of Telegram's own polls, by the numbers of the options."""
        message = message_in(open_chat(self.platform, user, chat), message_id)
        poll: Json | None = message.content.get("poll")
        if poll is None or poll["is_closed"] or user in message.votes:
            raise NotPossible("There is no poll here that is open and waits for your answer")
        if not options or not set(options) <= set(range(len(poll["options"]))):
            raise NotPossible("The poll does not have these options")
        message.votes[user] = options
        for number in options:
            poll["options"][number]["voter_count"] += 1
        poll["total_voter_count"] += 1
        self.platform.touch()
        self._tell_vote(user, poll, options, message)
        self.platform.commit()

    def suggested_commands(self, user: int, chat: int) -> list[Json]:
        return suggested(self.platform, open_chat(self.platform, user, chat), self.platform.state.users[user])

    def _answered(self, user: int, answer: Json) -> TapAnswer:
        if answer["url"]:
            self._opened(user, answer["url"])
        return TapAnswer(answer["text"], answer["show_alert"], answer["url"])

    def _opened(self, user: int, url: str) -> TapAnswer:
        if url.startswith(("https://t.me/", "http://t.me/", "t.me/")):
            self.follow_link(user, url)
        return TapAnswer(url=url)

    def _query(self, user: int, bot: Bot, place: Chat, message: Message, data: str) -> Query:
        state = self.platform.state
        query = Query(
            self.platform.fresh_id("8800000000"), bot.user_id, user, place.key, message.id, data, self.platform.now()
        )
        state.queries[query.id] = query
        body = {
            "id": query.id,
            "from": wire.user(state.users[user]),
            "message": wire.message(state, place, message),
            "chat_instance": place.key,
            "data": data,
        }
        updates.push(self.platform, bot, "callback_query", body)
        self._forget_old_queries()
        return query

    def _forget_old_queries(self) -> None:
        oldest = self.platform.now() - 10 * ANSWERABLE_FOR
        queries = self.platform.state.queries
        self.platform.state.queries = {name: query for name, query in queries.items() if query.date >= oldest}
        self.platform.touch()

    def _tell_reaction(self, place: Chat, message: Message, user: int, change: Json) -> None:
        state = self.platform.state
        body = {
            "chat": wire.chat(state, place),
            "message_id": message.id,
            "user": wire.user(state.users[user]),
            "date": self.platform.now(),
        }
        for bot in state.bots.values():
            if in_charge(place, bot.user_id):
                updates.push(self.platform, bot, "message_reaction", body | change)

    def _tell_vote(self, user: int, poll: Json, options: list[int], message: Message) -> None:
        bot = self.platform.state.bots.get(message.sender_id or 0)
        if bot is None:
            return
        updates.push(self.platform, bot, "poll", dict(poll))
        if not poll["is_anonymous"]:
            answer = {
                "poll_id": poll["id"],
                "user": wire.user(self.platform.state.users[user]),
                "option_ids": options,
                "option_persistent_ids": [str(number) for number in options],
            }
            updates.push(self.platform, bot, "poll_answer", answer)


def _button(message: Message, wanted: str) -> Json:
    """The button with this label or data; a label may appear twice, then the first one is meant."""
    buttons = [button for row in message.keyboard for button in row]
    for name in ("text", "callback_data", "url"):
        for button in buttons:
            if button.get(name) == wanted:
                return button
    raise NotPossible(f"There is no button “{wanted}” on this message; there are {[b['text'] for b in buttons]}")
