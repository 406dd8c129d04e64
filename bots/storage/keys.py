"""The only place where names of keys are built: `{tag}:family:rest`. A script touches one tag only."""

from binascii import crc_hqx
from enum import StrEnum

from bots.newsroom.messages import Destination, Platform, Room

ND = "{nd}"
"""What is small and changes together."""
PARTITIONS = tuple(f"{{p{number}}}" for number in range(16))
"""What is many: one reader is always in the same partition."""


class Family(StrEnum):
    """A kind of key. Each has its line in `bots.storage.retention`."""

    STORY = "story"
    ALERT = "alert"
    ALERTS = "alerts"
    ALERT_OF_POLL = "alert-of-poll"
    DUE = "due"
    POLL = "poll"
    VOTES = "votes"
    TALLY = "tally"
    POLLS = "polls"
    CLOSING = "closing"
    COMMENT = "comment"
    AUTHOR = "author"
    RECORD = "record"
    SUBMISSIONS = "submissions"
    QUEUE = "queue"
    QUEUE_STATE = "queue-state"
    CARDS = "cards"
    POST = "post"
    OUTBOX = "outbox"
    GROUP = "group"
    SHOWN = "shown"
    FLOORS = "floors"
    CHATS = "chats"
    BUCKET = "bucket"
    HOLD = "hold"
    TOPICS = "topics"
    FOLLOWERS = "followers"
    TOLD = "told"
    DRAFT = "draft"
    UPDATES = "updates"
    UPDATE_IDS = "update-ids"
    NEXT_UPDATE = "next-update"
    COPY = "copy"
    EVENTS = "events"
    HEARTBEATS = "heartbeats"
    REGISTRATIONS = "registrations"
    COUNTERS = "counters"
    SERVICE_KEYS = "service-keys"
    QUOTA = "quota"
    LABELS = "labels"
    HISTORY = "history"
    OP = "op"


def key(tag: str, family: Family, *parts: str) -> str:
    return ":".join((tag, family, *parts))


def prefix(tag: str, family: Family, *parts: str) -> str:
    """What a script puts before a name that only it knows."""
    return f"{key(tag, family, *parts)}:"


def family_of(name: str) -> str:
    """The family of a key that was built here."""
    return name.partition("}:")[2].split(":", 1)[0]


def partition(platform: Platform, account: str) -> str:
    """The tag of one reader."""
    return partition_of(f"{platform}:{account}")


def partition_of(name: str) -> str:
    """The tag of one of many things: CRC-16/XMODEM as Redis Cluster uses it, modulo 16."""
    return PARTITIONS[crc_hqx(name.encode("utf-8", "surrogatepass"), 0) % len(PARTITIONS)]


def tag_of_poll(poll_id: str) -> str:
    return f"{{poll:{poll_id}}}"


def tag_of(destination: Destination) -> str:
    """Where the posts for a destination are kept: rooms together, readers in their partitions."""
    if destination.room in {Room.PRIVATE, Room.ANSWER}:
        return partition(destination.platform, destination.address)
    return ND
