"""What the newsroom says, in no platform's words: plain text and its structure; each platform's `render` shows it."""

from dataclasses import dataclass
from enum import StrEnum


class Platform(StrEnum):
    TELEGRAM = "telegram"
    DISCORD = "discord"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Room(StrEnum):
    CHANNEL = "channel"
    """The channel that carries the alerts."""
    STORY = "story"
    """The comment thread of one story."""
    MODERATORS = "moderators"
    """The moderators' room."""
    PRIVATE = "private"
    """One reader's private chat with the bot."""
    ANSWER = "answer"
    """The private answer to a press or a form, open for some minutes only (Discord: 15)."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message goes. `address`: the reader's account id (PRIVATE) or the answer's token (ANSWER), else empty."""

    platform: Platform
    room: Room
    address: str = ""


class Tone(StrEnum):
    """What a message feels like; a platform shows it as a colour or a sign."""

    NEUTRAL = "neutral"
    BREAKING = "breaking"
    WAITING = "waiting"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: it opens `url`, or it sends `action` (at most 60 bytes, see `bots.newsroom.actions`) back to us."""

    label: str
    action: str = ""
    url: str = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with bullet points, or with plain lines when `bullets` is false."""

    heading: str
    lines: tuple[str, ...]
    bullets: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    """A reader's own words and who wrote them where. Hostile input: rendered as text, never as markup."""

    text: str
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart: `share` is 0..1."""

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link with its text."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message, top to bottom: kicker, title, body, quotes, sections, question and bars, links, footer, buttons."""

    title: str = ""
    body: str = ""
    tone: Tone = Tone.NEUTRAL
    kicker: str = ""
    quotes: tuple[Quote, ...] = ()
    sections: tuple[Section, ...] = ()
    question: str = ""
    bars: tuple[Bar, ...] = ()
    links: tuple[Anchor, ...] = ()
    footer: str = ""
    image_url: str = ""
    choices: tuple[tuple[Choice, ...], ...] = ()
    silent: bool = False
    topic: str = ""
    """A topic whose followers are to be notified where a platform does that by a mention (Discord)."""
    thread_title: str = ""
    """The name of the comment thread that hangs below this message, where a platform names one (Discord)."""
