"""Alerts in the private chat: greeting, topics, stopping."""

from telegram import CallbackQuery, User

from bots.newsroom.actions import Action
from bots.newsroom.messages import Platform
from bots.newsroom.readers import ALL_TOPICS
from bots.telegram import texts
from bots.telegram.desk import Desk


class SubscriptionHandlers:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._readers = desk.newsroom.stores.readers
        self._topics = desk.newsroom.settings.topics

    async def greet(self, person: User) -> None:
        followed = await self._readers.topics(Platform.TELEGRAM, str(person.id))
        await self._desk.say(person.id, texts.welcome(self._topics, followed))

    async def subscribe(self, person: User) -> None:
        """Everything, for those who get nothing yet; the topics to choose from in any case."""
        followed = await self._readers.topics(Platform.TELEGRAM, str(person.id))
        if not followed:
            followed = frozenset({ALL_TOPICS})
            await self._readers.subscribe(Platform.TELEGRAM, str(person.id), followed)
        await self._desk.say(person.id, texts.topics_message(self._topics, followed))

    async def show(self, person: User) -> None:
        followed = await self._readers.topics(Platform.TELEGRAM, str(person.id))
        await self._desk.say(person.id, texts.topics_message(self._topics, followed))

    async def stop(self, person: User) -> None:
        await self._readers.subscribe(Platform.TELEGRAM, str(person.id), frozenset())
        await self._desk.say(person.id, texts.STOPPED)

    async def toggle(self, query: CallbackQuery, action: Action, op: str) -> None:
        if action.subject not in {ALL_TOPICS, *self._topics}:
            await self._desk.toast(query, "This topic does not exist any more. /topics shows those that do.")
            return
        followed = await self._toggled(str(query.from_user.id), action.subject, op)
        await self._desk.toast(query)
        await self._desk.replace(query, texts.topics_message(self._topics, followed))

    async def _toggled(self, account: str, topic: str, op: str) -> frozenset[str]:
        """Everything and single topics exclude each other. Each step may be repeated: it happens once for each `op`."""
        followed = await self._readers.toggle(Platform.TELEGRAM, account, topic, op)
        if ALL_TOPICS not in followed or len(followed) == 1:
            return followed
        if topic != ALL_TOPICS:
            return await self._readers.toggle(Platform.TELEGRAM, account, ALL_TOPICS, f"{op}:everything")
        everything = frozenset({ALL_TOPICS})
        await self._readers.subscribe(Platform.TELEGRAM, account, everything)
        return everything
