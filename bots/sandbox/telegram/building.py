"""Who and what exists: bots, people, channels, groups. Naming one that is there already only updates its names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bots.sandbox.telegram.platform import Platform
from bots.sandbox.telegram.posting import post
from bots.sandbox.telegram.rights import all_permissions, all_rights
from bots.sandbox.telegram.world import Bot, Chat, ChatKind, Member, Message, Status, User


@dataclass(frozen=True)
class Group:
    """What a group is set up with. `permissions` names what differs from "everybody may do everything"."""

    members: Iterable[int] = ()
    admins: Iterable[int] = ()
    owner: int | None = None
    permissions: Mapping[str, bool] = field(default_factory=dict)
    linked_channel: int | None = None
    username: str = ""
    basic: bool = False  # a basic group, which may later become a supergroup with another id


class Building:
    platform: Platform

    def add_bot(self, token: str, username: str, name: str, *, privacy: bool = True) -> int:
        """The bot's user id, which is the number before the colon of its token."""
        bot_id = int(token.partition(":")[0])
        self.platform.state.users[bot_id] = User(bot_id, name, username=username, is_bot=True)
        known = self.platform.state.bots.setdefault(bot_id, Bot(bot_id, token))
        known.token, known.privacy = token, privacy
        self._done()
        return bot_id

    def add_user(self, user_id: int, first_name: str, last_name: str = "", username: str = "") -> int:
        self.platform.state.users[user_id] = User(user_id, first_name, last_name, username)
        self._done()
        return user_id

    def deactivate(self, user_id: int) -> None:
        """The person deletes their account."""
        self.platform.state.users[user_id].deactivated = True
        self._done()

    def add_channel(
        self,
        channel_id: int,
        title: str,
        username: str = "",
        *,
        admins: Iterable[int] = (),
        members: Iterable[int] = (),
    ) -> int:
        chat = self._chat(channel_id, ChatKind.CHANNEL, title)
        chat.username = username
        self._seat(chat, Group(members, admins))
        self._done()
        return channel_id

    def add_group(self, group_id: int, title: str, group: Group) -> int:
        """A supergroup (or basic group); with `linked_channel` it is that channel's discussion."""
        chat = self._chat(group_id, ChatKind.GROUP if group.basic else ChatKind.SUPERGROUP, title)
        chat.username = group.username
        if not chat.permissions:
            chat.permissions = all_permissions(group.permissions)
        self._seat(chat, group)
        if group.linked_channel is not None:
            chat.linked_chat_id = group.linked_channel
            self.platform.state.chats[str(group.linked_channel)].linked_chat_id = group_id
        self._done()
        return group_id

    def set_rights(self, chat_id: int, user_id: int, **rights: bool) -> None:
        """Give or take single rights of an administrator, as the owner does in the app."""
        self.platform.state.chats[str(chat_id)].members[user_id].rights |= rights
        self._done()

    def set_permissions(self, chat_id: int, **permissions: bool) -> None:
        """Change what everybody may do in a group, as its administrators do in the app."""
        self.platform.state.chats[str(chat_id)].permissions |= permissions
        self._done()

    def migrate(self, group_id: int, new_id: int) -> None:
        """A basic group becomes a supergroup: new id, empty history, and the old one only points to it."""
        old = self.platform.state.chats[str(group_id)]
        fresh = self._chat(new_id, ChatKind.SUPERGROUP, old.title)
        fresh.members, fresh.permissions = dict(old.members), dict(old.permissions)
        old.migrated_to = new_id
        owner = next(iter(old.members))
        post(self.platform, old, Message(0, 0, "service", owner, content={"migrate_to_chat_id": new_id}))
        post(self.platform, fresh, Message(0, 0, "service", owner, content={"migrate_from_chat_id": group_id}))
        self._done()

    def _chat(self, chat_id: int, kind: ChatKind, title: str) -> Chat:
        chat = self.platform.state.chats.setdefault(str(chat_id), Chat(str(chat_id), chat_id, kind))
        chat.title = title
        return chat

    def _seat(self, chat: Chat, group: Group) -> None:
        """Those who are in the chat already keep the standing they have."""
        for user_id in group.members:
            chat.members.setdefault(user_id, Member(user_id))
        for user_id in group.admins:
            chat.members.setdefault(user_id, Member(user_id, Status.ADMINISTRATOR, all_rights()))
        if group.owner is not None:
            chat.members.setdefault(group.owner, Member(group.owner, Status.CREATOR))

    def _done(self) -> None:
        self.platform.touch()
        self.platform.commit()
