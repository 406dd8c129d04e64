"""Everything the local Telegram remembers, as plain data that goes to disk and back as JSON."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]

FIRST_UPDATE_ID = 731_000_001

# The accounts in whose name Telegram itself acts, with their real ids.
SERVICE_ID = 777000  # brings channel posts into the discussion group
CHANNEL_BOT_ID = 136817688  # stands in `from` when somebody writes as a channel
ANONYMOUS_ADMIN_ID = 1087968824  # stands in `from` when an administrator writes as the group


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = frozenset({Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER, Status.RESTRICTED})
IN_CHARGE = frozenset({Status.CREATOR, Status.ADMINISTRATOR})

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)

ADMIN_RIGHTS = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
)


@dataclass
class User:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    is_bot: bool = False
    language_code: str = "en"
    deactivated: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass
class PendingUpdate:
    id: int
    date: int
    kind: str
    body: Json


@dataclass
class Bot:
    user_id: int
    token: str
    privacy: bool = True  # in groups it sees only what is meant for it, unless it is an administrator
    next_update_id: int = FIRST_UPDATE_ID
    next_message_id: int = 1  # private chats and basic groups count per account
    updates: list[PendingUpdate] = field(default_factory=list)
    allowed_updates: list[str] | None = None
    webhook: Json | None = None
    commands: dict[str, list[Json]] = field(default_factory=dict)  # by scope and language
    profile: dict[str, str] = field(default_factory=dict)  # name, description, short_description by language


@dataclass
class Member:
    user_id: int
    status: Status = Status.MEMBER
    rights: dict[str, bool] = field(default_factory=dict)  # an administrator's rights, or what a restriction leaves
    until: int = 0


@dataclass
class Message:
    id: int
    date: int
    kind: str = "text"  # text, photo, poll, sticker, voice, service
    sender_id: int | None = None
    sender_chat_id: int | None = None
    author_id: int | None = None  # the person behind a message written as a channel or as the group; not on the wire
    text: str = ""  # the text or the caption
    entities: list[Json] = field(default_factory=list)
    content: Json = field(default_factory=dict)  # what else the kind brings, as on the wire: photo, poll, sticker ...
    reply_to: int | None = None
    quote: Json | None = None
    thread_id: int | None = None
    forward_origin: Json | None = None
    is_automatic_forward: bool = False
    edit_date: int | None = None
    keyboard: list[list[Json]] = field(default_factory=list)  # inline buttons
    reply_interface: Json | None = None  # ReplyKeyboardMarkup, ReplyKeyboardRemove or ForceReply
    link_preview_options: Json | None = None
    protected: bool = False
    silent: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)  # by user
    votes: dict[int, list[int]] = field(default_factory=dict)  # by user, when it is a poll


@dataclass
class Chat:
    """`key` is the id as text; for a private chat "BOT:USER", since each bot has its own with the same person."""

    key: str
    id: int
    kind: ChatKind
    title: str = ""
    username: str = ""
    bot_id: int | None = None  # private chats
    members: dict[int, Member] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)
    linked_chat_id: int | None = None
    photo_id: str = ""
    next_message_id: int = 1
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    started: bool = False  # private chats: the person has pressed Start
    blocked: bool = False  # private chats: the person has blocked the bot


@dataclass
class Query:
    """A press on a button that the bot is to answer."""

    id: str
    bot_id: int
    user_id: int
    chat_key: str
    message_id: int
    data: str
    date: int
    answer: Json | None = None


@dataclass
class StoredFile:
    id: str
    unique_id: str
    path: str
    content_type: str = "image/jpeg"
    content: str = ""  # base64; empty when the photo was given as an address
    url: str = ""


@dataclass
class State:
    users: dict[int, User] = field(default_factory=dict)
    bots: dict[int, Bot] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)  # the last message read, by "USER CHAT-KEY"
    counter: int = 1  # for queries, files and polls

    def next_number(self) -> int:
        self.counter += 1
        return self.counter
