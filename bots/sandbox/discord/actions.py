"""What a person can do in the app: write, react, edit, delete, come and go."""

from datetime import timedelta

from bots.sandbox.discord import messages, people, polls
from bots.sandbox.discord.composing import REPLY, Upload, attach, resolve_mentions
from bots.sandbox.discord.errors import NotPossible
from bots.sandbox.discord.permissions import (
    ADD_REACTIONS,
    ATTACH_FILES,
    MANAGE_MESSAGES,
    VIEW_CHANNEL,
    needed_to_send,
)
from bots.sandbox.discord.setup import AnyId, Setup
from bots.sandbox.discord.snowflake import time_of
from bots.sandbox.discord.state import DM, Channel, Id, Member, Message
from bots.sandbox.discord.validation import MAX_CONTENT
from bots.sandbox.discord.world import Event


class Actions(Setup):
    """People's actions. Each raises NotPossible where the app would not let this person do it."""

    async def say(self, user: AnyId, channel: AnyId, text: str, *, reply_to: AnyId | None = None) -> Id:
        """Write into a channel, thread or direct channel. Gives the message's id."""
        return self._write(user, channel, text, reply_to=reply_to).id

    async def send_attachment(self, user: AnyId, channel: AnyId, filename: str, content: bytes, text: str = "") -> Id:
        place = self.place(user, channel)
        self._need(place, user, ATTACH_FILES, "attach files")
        message = self._new(user, place, text)
        attach(self.world, message, [Upload(0, filename, content)])
        return self._sent(message).id

    async def send_sticker(self, user: AnyId, channel: AnyId, name: str) -> Id:
        message = self._new(user, self.place(user, channel), "")
        message.stickers = [{"id": self.world.new_id(), "name": name, "format_type": 1}]
        return self._sent(message).id

    async def edit(self, user: AnyId, message_id: AnyId, text: str) -> None:
        message = self.visible(user, message_id)
        if message.author_id != str(user):
            raise NotPossible("People edit their own messages only.")
        self._refuse_unsendable(text)
        message.content = text
        resolve_mentions(self.world, message, None)
        messages.edited(self.world, message)
        self.changed()

    async def delete(self, user: AnyId, message_id: AnyId) -> None:
        message = self.visible(user, message_id)
        channel = self.world.channel(message.channel_id)
        own = message.author_id == str(user) or message.only_for == str(user)
        if not own and not self.world.may(channel, str(user), MANAGE_MESSAGES):
            raise NotPossible("Only its author or a moderator of this channel deletes this message.")
        messages.delete(self.world, message)
        self.changed()

    async def react(self, user: AnyId, message_id: AnyId, emoji: str) -> None:
        message = self.visible(user, message_id)
        self._need(self.world.channel(message.channel_id), user, ADD_REACTIONS, "react")
        messages.react(self.world, message, str(user), emoji)
        self.changed()

    async def vote(self, user: AnyId, message_id: AnyId, answers: list[int]) -> None:
        """Vote in one of Discord's own polls, by answer id; an empty list takes the vote back."""
        message = self.visible(user, message_id)
        if message.poll is None or not polls.is_open(message.poll, self.world.now()):
            raise NotPossible("There is no open poll on this message.")
        known = {answer["answer_id"] for answer in message.poll["answers"]}
        if not set(answers) <= known or (len(answers) > 1 and not message.poll["allow_multiselect"]):
            raise NotPossible("This poll does not take these answers.")
        before = message.poll["voters"].get(str(user), [])
        polls.vote(message.poll, str(user), answers)
        self._tell_of_votes(message, str(user), added=set(answers) - set(before), removed=set(before) - set(answers))
        self.changed()

    def _tell_of_votes(self, message: Message, user: Id, *, added: set[int], removed: set[int]) -> None:
        channel = self.world.channel(message.channel_id)
        told = [("MESSAGE_POLL_VOTE_ADD", it) for it in added] + [("MESSAGE_POLL_VOTE_REMOVE", it) for it in removed]
        for name, answer in told:
            data = {"user_id": user, "channel_id": channel.id, "message_id": message.id, "answer_id": answer}
            if channel.guild_id:
                data["guild_id"] = channel.guild_id
            self.world.publish(Event(name, data, channel.guild_id, channel.id))

    async def open_dm(self, user: AnyId, other: AnyId) -> Id:
        """The direct channel between a person and a bot (or another person), opened if need be."""
        pair = [str(user), str(other)]
        channel = self.world.dm_between(*pair)
        if channel is None:
            channel = Channel(self.world.new_id(), DM, recipients=pair)
            self.world.state.channels[channel.id] = channel
            self.changed()
        return channel.id

    async def close_dms(self, user: AnyId, *, closed: bool = True) -> None:
        """Switch direct messages from members of the guild off (or on again): bots then get 50007."""
        self.world.user(str(user)).closed_dms = closed
        self.changed()

    async def join(self, user: AnyId) -> None:
        guild = self.guild()
        if str(user) in guild.members or str(user) in guild.bans:
            raise NotPossible("This person is in the guild already, or banned from it.")
        people.join(self.world, guild, self.world.user(str(user)), [])
        self.changed()

    async def leave(self, user: AnyId) -> None:
        people.leave(self.world, self.guild(), self._member(user))
        self.changed()

    async def give_role(self, user: AnyId, role: AnyId) -> None:
        """As the guild's owner would."""
        people.give_role(self.world, self.guild(), self._member(user), str(role))
        self.changed()

    async def take_role(self, user: AnyId, role: AnyId) -> None:
        """As the guild's owner would."""
        people.take_role(self.world, self.guild(), self._member(user), str(role))
        self.changed()

    async def mark_read(self, user: AnyId, channel: AnyId) -> None:
        place = self.place(user, channel)
        newest = next(reversed(self.world.messages(place.id)), "0")  # of all, also those that only they can see
        self.world.state.read.setdefault(str(user), {})[place.id] = newest
        self.changed()

    def _member(self, user: AnyId) -> Member:
        member = self.guild().members.get(str(user))
        if member is None:
            raise NotPossible("This person is not in the guild.")
        return member

    def place(self, user: AnyId, channel: AnyId) -> Channel:
        """The channel or thread, if this person can see it."""
        found = self.world.state.channels.get(str(channel))
        if found is None or not self.world.may(found, str(user), VIEW_CHANNEL):
            raise NotPossible("This person does not see such a channel.")
        return found

    def visible(self, user: AnyId, message_id: AnyId) -> Message:
        """The message, if this person can see it."""
        message = self.world.find_message(str(message_id))
        if message is None or message.only_for not in {None, str(user)}:
            raise NotPossible("This person does not see such a message.")
        self.place(user, message.channel_id)
        return message

    def _write(self, user: AnyId, channel: AnyId, text: str, *, reply_to: AnyId | None) -> Message:
        place = self.place(user, channel)
        self._refuse_unsendable(text)
        message = self._new(user, place, text)
        if reply_to is not None:
            original = self.visible(user, reply_to)
            message.type = REPLY
            message.reference = {"type": 0, "channel_id": place.id, "message_id": original.id}
            if place.guild_id:
                message.reference["guild_id"] = place.guild_id
        return self._sent(message)

    def _new(self, user: AnyId, place: Channel, text: str) -> Message:
        self._need(place, user, needed_to_send(place), "write here")
        if place.thread and place.thread.locked:
            raise NotPossible("This thread is locked.")
        if place.slow_mode and self._wrote_lately(user, place):
            raise NotPossible(f"Slow mode: one message in {place.slow_mode} seconds.")
        return Message(self.world.new_id(), place.id, str(user), text)

    def _wrote_lately(self, user: AnyId, place: Channel) -> bool:
        earliest = self.world.now() - timedelta(seconds=place.slow_mode)
        own = [it for it in self.world.messages(place.id).values() if it.author_id == str(user)]
        return any(time_of(message.id) > earliest for message in own)

    def _sent(self, message: Message) -> Message:
        resolve_mentions(self.world, message, None)
        messages.post(self.world, message)
        self.changed()
        return message

    def _refuse_unsendable(self, text: str) -> None:
        if not text.strip() or len(text) > MAX_CONTENT:
            raise NotPossible(f"A message has between 1 and {MAX_CONTENT} characters.")

    def _need(self, place: Channel, user: AnyId, needed: int, deed: str) -> None:
        if not self.world.may(place, str(user), needed):
            raise NotPossible(f"This person may not {deed}.")
