"""Shows posts on Discord: the dispatcher's sender. Every error leaves here as one of the delivery family."""

import asyncio
import logging

import aiohttp
import discord

from bots.discord.answers import remove_answer, write_answer
from bots.discord.buttons import view
from bots.discord.errors import THREAD_ARCHIVED, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, translated
from bots.discord.finding import find, nonce
from bots.discord.render import embeds
from bots.discord.roles import TopicRoles
from bots.discord.threads import open_thread, reopen_thread
from bots.newsroom.delivery.errors import DestinationGone, MessageRefused, RetryLater, Uncertain
from bots.newsroom.delivery.posts import Delivery, Sent
from bots.newsroom.messages import Destination, Message, Platform, Room
from bots.newsroom.readers import Readers
from config import DiscordSettings

AFTERWARDS_S = 4.0
"""For what belongs to an alert but must not delay or fail it: the thread, and publishing to followers."""
FORGOTTEN_S = 180.0
"""After a message was deleted, its nonce is refused for some minutes."""

log = logging.getLogger(__name__)


class DiscordSender:
    """One place a room: the alerts channel, its threads, the moderators' channel, direct messages, private answers."""

    def __init__(self, rest: discord.Client, roles: TopicRoles, readers: Readers, settings: DiscordSettings) -> None:
        self._rest = rest
        self._roles = roles
        self._readers = readers
        self._settings = settings

    async def send(self, delivery: Delivery) -> Sent:
        try:
            return await self._send(delivery, _wanted(delivery), delivery.post.destination)
        except DestinationGone:
            if delivery.post.destination.room is Room.PRIVATE:
                await self._readers.gone(Platform.DISCORD, delivery.post.destination.address)
            raise

    async def _send(self, delivery: Delivery, message: Message, destination: Destination) -> Sent:
        with translated(alone=destination.room is Room.STORY):
            match destination.room:
                case Room.ANSWER:
                    return Sent("", await write_answer(self._rest, destination.address, message))
                case Room.STORY:
                    return await self._in_thread(delivery, message)
                case Room.CHANNEL:
                    return await self._alert(delivery, message)
                case Room.MODERATORS | Room.PRIVATE:
                    return await self._post(await self._place(destination), delivery, message)

    async def edit(self, delivery: Delivery) -> None:
        message, sent = _wanted(delivery), _shown_at(delivery)
        with translated(alone=delivery.post.destination.room is Room.STORY):
            if delivery.post.destination.room is Room.ANSWER:
                await write_answer(self._rest, delivery.post.destination.address, message)
                return
            shown = self._rest.get_partial_messageable(int(sent.chat)).get_partial_message(int(sent.message_id))
            try:
                await shown.edit(embeds=embeds(message), view=view(message))
            except discord.HTTPException as error:
                if error.code != THREAD_ARCHIVED:
                    raise
                await reopen_thread(self._rest, int(sent.chat))
                await shown.edit(embeds=embeds(message), view=view(message))

    async def delete(self, delivery: Delivery) -> None:
        sent = _shown_at(delivery)
        with translated(alone=delivery.post.destination.room is Room.STORY):
            if delivery.post.destination.room is Room.ANSWER:
                await remove_answer(self._rest, delivery.post.destination.address)
                return
            await self._rest.get_partial_messageable(int(sent.chat)).get_partial_message(int(sent.message_id)).delete()

    async def find(self, delivery: Delivery) -> Sent | None:
        """Reads the room since the attempt. None: not there; should it still be on its way, the nonce keeps it single.

        Writing an answer again shows the same once more, so there is nothing to look for. A look that broke off taught
        nothing: RetryLater.
        """
        destination = delivery.post.destination
        if destination.room is Room.ANSWER or delivery.attempted is None:
            return None
        try:
            with translated():
                return await self._look(delivery, delivery.attempted)
        except Uncertain as error:
            raise RetryLater(str(error), after=2.0) from error

    async def _look(self, delivery: Delivery, message: Message) -> Sent | None:
        destination = delivery.post.destination
        channel = _thread_of(delivery) if destination.room is Room.STORY else await self._place(destination)
        try:
            found = await find(self._rest, channel, message, delivery.floor)
        except discord.NotFound:
            return None
        return Sent(str(channel), str(found.id)) if found else None

    async def _place(self, destination: Destination) -> int:
        """The channel's id. Raises MessageRefused where the settings name none."""
        if destination.room is Room.PRIVATE:
            return (await self._rest.create_dm(discord.Object(int(destination.address)))).id
        alerts = destination.room is Room.CHANNEL
        channel = self._settings.alerts_channel if alerts else self._settings.moderators_channel
        if channel is None:
            name = "DISCORD_ALERTS_CHANNEL" if alerts else "DISCORD_MODERATORS_CHANNEL"
            raise MessageRefused(f"{name} is not set: /where, typed in the channel, tells its id.")
        return channel

    async def _alert(self, delivery: Delivery, message: Message) -> Sent:
        role = await self._roles.mention(message.topic) if message.topic else None
        sent = await self._post(await self._place(delivery.post.destination), delivery, message, role)
        try:
            async with asyncio.timeout(AFTERWARDS_S):
                await open_thread(self._rest, sent, message.thread_title)
                await self._publish(sent)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.warning("The alert is out; opening its thread or publishing it to followers failed: %r", error)
        return sent

    async def _publish(self, sent: Sent) -> None:
        """Passes an announcement on to the servers that follow the channel; Discord allows ten an hour."""
        channel = await self._rest.fetch_channel(int(sent.chat))
        if isinstance(channel, discord.TextChannel) and channel.is_news():
            await channel.get_partial_message(int(sent.message_id)).publish()

    async def _in_thread(self, delivery: Delivery, message: Message) -> Sent:
        """The thread may be missing (opening it failed, or somebody deleted it): then it is opened first."""
        thread = _thread_of(delivery)
        try:
            return await self._post(thread, delivery, message)
        except discord.HTTPException as error:
            if error.code == THREAD_ARCHIVED:
                await reopen_thread(self._rest, thread)
            elif error.code == UNKNOWN_CHANNEL and delivery.thread:
                await open_thread(self._rest, delivery.thread)
            else:
                raise
        return await self._post(thread, delivery, message)

    async def _post(self, channel: int, delivery: Delivery, message: Message, role: discord.Role | None = None) -> Sent:
        """Mentions nobody but the topic's role. Raises the library's errors, RetryLater while a nonce is refused."""
        try:
            shown = await self._rest.get_partial_messageable(channel).send(
                content=role.mention if role else None,
                embeds=embeds(message),
                view=view(message),
                nonce=nonce(delivery.post.ref),
                silent=message.silent,
                reference=_reference(delivery.reply_to),  # type: ignore[arg-type]  # None is its default
                allowed_mentions=discord.AllowedMentions(
                    everyone=False, users=False, roles=[role] if role else False, replied_user=False
                ),
            )
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            raise RetryLater("Discord still remembers the deleted message.", after=FORGOTTEN_S, alone=True) from error
        return Sent(str(channel), str(shown.id))


def _wanted(delivery: Delivery) -> Message:
    if delivery.post.message is None:
        raise MessageRefused(f"{delivery.post.ref} has nothing to show.")
    return delivery.post.message


def _shown_at(delivery: Delivery) -> Sent:
    if delivery.sent is None:
        raise MessageRefused(f"{delivery.post.ref} is shown nowhere.")
    return delivery.sent


def _thread_of(delivery: Delivery) -> int:
    """A thread that began at a message has that message's id."""
    if delivery.thread is None:
        raise RetryLater("The story's post is not there yet.", after=0.5, alone=True)
    return int(delivery.thread.message_id)


def _reference(sent: Sent | None) -> discord.MessageReference | None:
    if sent is None:
        return None
    return discord.MessageReference(
        message_id=int(sent.message_id), channel_id=int(sent.chat), fail_if_not_exists=False
    )
