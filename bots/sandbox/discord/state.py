"""Everything the local Discord remembers: plain values that go to a file and come back."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Id = str  # a snowflake, written as Discord writes it

TEXT, DM, ANNOUNCEMENT, ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 5, 10, 11, 12
THREAD_TYPES = frozenset({ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD})

CROSSPOSTED, SUPPRESS_EMBEDS, HAS_THREAD, EPHEMERAL, LOADING = 1 << 0, 1 << 2, 1 << 5, 1 << 6, 1 << 7
SUPPRESS_NOTIFICATIONS, COMPONENTS_V2 = 1 << 12, 1 << 15


@dataclass
class User:
    id: Id
    username: str
    display_name: str
    bot: bool = False
    closed_dms: bool = False


@dataclass
class Bot:
    """An application and its bot user. The two toggles are those of the developer portal."""

    token: str
    user_id: Id
    application_id: Id
    name: str
    message_content: bool = True
    members: bool = True
    commands: dict[Id, Json] = field(default_factory=dict)


@dataclass
class Role:
    id: Id
    name: str
    permissions: int
    position: int
    color: int = 0
    mentionable: bool = False
    bot_id: Id | None = None  # the bot whose own role it is; nobody else can be given it


@dataclass
class Member:
    user_id: Id
    joined_at: str
    roles: list[Id] = field(default_factory=list)
    nick: str | None = None


@dataclass
class Guild:
    id: Id
    name: str
    owner_id: Id
    roles: dict[Id, Role] = field(default_factory=dict)
    members: dict[Id, Member] = field(default_factory=dict)
    bans: list[Id] = field(default_factory=list)


@dataclass
class Overwrite:
    """What a role or one member may (allow) or may not (deny) in a channel, as permission bits."""

    for_role: bool
    allow: int = 0
    deny: int = 0


@dataclass
class Thread:
    owner_id: Id
    created_at: str
    archived_at: str
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive_minutes: int = 1440
    members: dict[Id, str] = field(default_factory=dict)
    total_sent: int = 0


@dataclass
class Channel:
    id: Id
    type: int
    name: str = ""
    guild_id: Id | None = None
    topic: str | None = None
    position: int = 0
    slow_mode: int = 0
    parent_id: Id | None = None
    last_message_id: Id | None = None
    overwrites: dict[Id, Overwrite] = field(default_factory=dict)
    recipients: list[Id] = field(default_factory=list)
    thread: Thread | None = None


@dataclass
class Attachment:
    id: Id
    filename: str
    size: int
    content_type: str
    content: str  # base64
    description: str | None = None


@dataclass
class Message:
    id: Id
    channel_id: Id
    author_id: Id
    content: str = ""
    type: int = 0
    flags: int = 0
    edited_at: str | None = None
    tts: bool = False
    pinned_at: str | None = None
    nonce: str | None = None
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    stickers: list[Json] = field(default_factory=list)
    mentions: list[Id] = field(default_factory=list)
    mention_roles: list[Id] = field(default_factory=list)
    mention_everyone: bool = False
    reactions: dict[str, list[Id]] = field(default_factory=dict)
    reference: Json | None = None
    snapshots: list[Json] = field(default_factory=list)
    poll: Json | None = None
    interaction: Json | None = None
    application_id: Id | None = None
    only_for: Id | None = None  # whom an ephemeral message is for; nobody else ever sees it


@dataclass
class Interaction:
    """One press, command or form of a person, and what the bot made of it so far."""

    id: Id
    token: str
    bot_token: str
    type: int
    user_id: Id
    channel_id: Id
    guild_id: Id | None
    data: Json
    created_at: str
    message_id: Id | None = None  # the message whose component was used
    answer_type: int | None = None
    answer_message_id: Id | None = None
    opened_by: Id | None = None  # the interaction whose answer was the form that this one submits


@dataclass
class Modal:
    """A form that stands open before a person."""

    id: Id
    user_id: Id
    bot_token: str
    channel_id: Id
    message_id: Id | None
    custom_id: str
    title: str
    components: list[Json]


@dataclass
class Session:
    """A bot's gateway session: what it was sent lately, so that it can resume."""

    id: str
    token: str
    intents: int
    sequence: int = 0
    sent: list[str] = field(default_factory=list)


@dataclass
class Nonce:
    """Which message was sent under a nonce, so that sending again gives no second one."""

    channel_id: Id
    message_id: Id
    at: str


@dataclass
class State:
    last_id: int = 0
    users: dict[Id, User] = field(default_factory=dict)
    bots: dict[str, Bot] = field(default_factory=dict)
    guilds: dict[Id, Guild] = field(default_factory=dict)
    channels: dict[Id, Channel] = field(default_factory=dict)
    messages: dict[Id, dict[Id, Message]] = field(default_factory=dict)
    interactions: dict[Id, Interaction] = field(default_factory=dict)
    modals: dict[Id, Modal] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    nonces: dict[str, Nonce] = field(default_factory=dict)
    read: dict[Id, dict[Id, Id]] = field(default_factory=dict)
    notices: dict[Id, list[Json]] = field(default_factory=dict)  # "at" and "text", the newest last
