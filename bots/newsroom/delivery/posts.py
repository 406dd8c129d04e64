"""A post is the state we want a message to be in; the outbox keeps what is wanted and shown until the two agree."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bots.newsroom.messages import Destination, Message


class Lane(IntEnum):
    """Who goes first when a platform lets only so many through. Lower is earlier."""

    BREAKING = 0
    NORMAL = 1
    REFRESH = 2
    """Newer counts on something that is already there: only with what the others leave."""


@dataclass(frozen=True, slots=True)
class Post:
    """What should be shown under one name.

    `version` grows with what the post is made from: an older version never replaces a newer one, the same version is
    written once. `message` None: nothing should be there (any more). `thread_of`: for Room.STORY, the ref of the
    channel post whose thread it belongs in. `reply_to`: the ref of the post it answers.
    """

    ref: str
    version: int
    destination: Destination
    message: Message | None
    lane: Lane = Lane.NORMAL
    thread_of: str = ""
    reply_to: str = ""
    expires_at: datetime | None = None
    group: str = ""
    """What it is a part of ("alert:s7"): all posts of a group can be listed, also those to thousands of readers."""
    joinable: bool = False
    """Several such posts for one thread may be shown as one message when the room's budget is short."""


class PostState(StrEnum):
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    GONE = "gone"
    REFUSED = "refused"
    EXPIRED = "expired"
    DELETED = "deleted"
    JOINED = "joined"
    """Shown as a part of another post: see `PostRecord.joined_in`."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the platform put the message. `chat` and `message_id` are the platform's own ids."""

    chat: str
    message_id: str


@dataclass(frozen=True, slots=True)
class PostRecord:
    """What is known of one post: the truth that `alert show` prints."""

    ref: str
    destination: Destination
    version: int
    shown_version: int
    state: PostState
    sent: Sent | None
    attempts: int
    error: str
    planned_at: datetime
    sent_at: datetime | None
    joined_in: str = ""
    adopted: bool = False
    """A reader's own message that we did not write: we can delete it, not edit it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One step for the dispatcher: make what is shown of `post` agree with it.

    `sent`: where it is shown already. `interrupted`: an earlier attempt to send it began and its end is not known.
    `thread`: what `post.thread_of` was sent as. `reply_to`: what `post.reply_to` was sent as; None where there is none.
    `floor`: the highest message id known in the destination's chat when the first attempt began ("" if unknown).
    """

    post: Post
    sent: Sent | None
    attempts: int
    interrupted: bool
    thread: Sent | None
    reply_to: Sent | None
    floor: str
    lease: str
    """Names this lease, so that a dispatcher that was away too long cannot send what another one has taken over."""
    attempted: Message | None = None
    """What an interrupted attempt tried to show: it is looked for, also when something else is wanted by now."""
