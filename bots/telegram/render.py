"""A message as Telegram shows it: HTML, a photo where there is one, and an inline keyboard. Pure functions."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageLimit

from bots.newsroom.actions import Verb, parse_action
from bots.newsroom.messages import Anchor, Bar, Choice, Message, Quote, Section, Tone
from bots.telegram.fit import fit
from bots.telegram.text import cut, escape, one_line, shown_length

TEXT_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
CAPTION_LIMIT = int(MessageLimit.CAPTION_LENGTH)
"""4,096 and 1,024 characters after the markup is parsed (Bot API, sendMessage and sendPhoto)."""
BAR_WIDTH = 10
_LABEL = 60

_SIGNS = {Tone.NEUTRAL: "", Tone.BREAKING: "🔴", Tone.WAITING: "⏳", Tone.GOOD: "✅", Tone.BAD: "❌"}
_STYLES = {Tone.GOOD: KeyboardButtonStyle.SUCCESS, Tone.BAD: KeyboardButtonStyle.DANGER}
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """`photo` is empty or the address of a picture, whose `caption` is then the whole text.

    Without a photo `caption` is the text made short enough for one: what was posted with a photo keeps it for life.
    """

    text: str
    caption: str
    photo: str
    keyboard: InlineKeyboardMarkup | None
    silent: bool


def render(message: Message, username: str, *, private: bool) -> Rendered:
    """The message for a private chat, or for a group or channel, where Comment and Reply lead to the private chat.

    `username` is the bot's own name, without @.
    """
    whole = to_html(message)
    photo = message.image_url if shown_length(whole) <= CAPTION_LIMIT and _is_web(message.image_url) else ""
    caption = to_html(message, CAPTION_LIMIT)
    return Rendered(whole, caption, photo, keyboard(message, username, private=private), message.silent)


def to_html(message: Message, limit: int = TEXT_LIMIT) -> str:
    """The text with its markup, at most `limit` characters as shown, whatever the message's length."""
    return _markup(fit(message, limit, lambda shorter: shown_length(_markup(shorter))))


def keyboard(message: Message, username: str, *, private: bool) -> InlineKeyboardMarkup | None:
    rows = [[_button(choice, username, private=private) for choice in row] for row in message.choices]
    kept = [row for row in ([button for button in row if button] for row in rows) if row]
    return InlineKeyboardMarkup(kept) if kept else None


def deep_link(username: str, payload: str) -> str:
    """Opens the private chat with the bot and sends /start with `payload`."""
    return f"https://t.me/{username}?start={payload}"


def _markup(message: Message) -> str:
    blocks = (
        _head(message),
        escape(message.body),
        *(_quote(quote) for quote in message.quotes),
        *(_section(section) for section in message.sections if section.lines),
        _poll(message),
        "\n".join(_link(link) for link in message.links),
        f"<i>{escape(message.footer)}</i>" if message.footer else "",
    )
    return "\n\n".join(block for block in blocks if block)


def _head(message: Message) -> str:
    """The sign stands once, before the kicker where there is one."""
    sign = _SIGNS[message.tone]
    kicker = f"<b>{escape(message.kicker.upper())}</b>" if message.kicker else ""
    title = f"<b>{escape(message.title)}</b>" if message.title else ""
    first, second = (kicker, title) if kicker else (title, "")
    return "\n".join(line for line in (f"{sign} {first}".strip() if first else "", second) if line)


def _section(section: Section) -> str:
    mark = "• " if section.bullets else ""
    lines = [f"{mark}{escape(line)}" for line in section.lines]
    return "\n".join([f"<b>{escape(section.heading)}</b>", *lines] if section.heading else lines)


def _quote(quote: Quote) -> str:
    """Who, then their words set off, so that nothing they write can pass as ours."""
    lines = (
        f"<b>{escape(quote.byline)}</b>" if quote.byline else "",
        f"<blockquote>{escape(quote.text)}</blockquote>" if quote.text else "",
    )
    return "\n".join(line for line in lines if line)


def _poll(message: Message) -> str:
    question = [f"<b>{escape(message.question)}</b>"] if message.question else []
    return "\n".join([*question, *(_bar(bar) for bar in message.bars)])


def _bar(bar: Bar) -> str:
    """Bar and number in a fixed width, so that they stand in columns on every phone."""
    filled = round(min(max(bar.share, 0.0), 1.0) * BAR_WIDTH)
    drawn = "█" * filled + "░" * (BAR_WIDTH - filled)
    return f"<code>{drawn} {bar.share:>4.0%}</code>  {escape(bar.label)}"


def _link(link: Anchor) -> str:
    label = escape(link.label) or html.escape(one_line(link.url))
    return f'↗ <a href="{html.escape(link.url)}">{label}</a>' if _is_web(link.url) else f"↗ {label}"


def _button(choice: Choice, username: str, *, private: bool) -> InlineKeyboardButton | None:
    """None for a button that leads nowhere: Telegram would refuse the whole message for it."""
    label, style = cut(one_line(choice.label), _LABEL), _STYLES.get(choice.tone)
    if choice.url:
        return InlineKeyboardButton(label, url=choice.url, style=style) if _is_web(choice.url) else None
    payload = "" if private else _payload(choice.action)
    if payload:
        return InlineKeyboardButton(label, url=deep_link(username, payload), style=style)
    return InlineKeyboardButton(label, callback_data=choice.action, style=style)


def _payload(action: str) -> str:
    """What /start will carry for an action that needs the private chat; empty for one that can be pressed anywhere."""
    parsed = parse_action(action)
    if parsed is None or parsed.verb not in {Verb.COMMENT, Verb.REPLY}:
        return ""
    payload = f"{parsed.verb}-{parsed.subject}"
    return payload if _PAYLOAD.fullmatch(payload) else ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not any(sign.isspace() for sign in url)
