"""What each platform will show, drawn in the terminal from what its own renderer makes."""

import re
from html.parser import HTMLParser

import discord
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from bots.discord.render import embeds
from bots.newsroom.messages import Message, Platform
from bots.telegram.render import to_html

_MARKDOWN = re.compile(
    r"\*\*(?P<bold>(?:\\.|[^*])+)\*\*|`(?P<code>[^`]+)`|\[(?P<link>(?:\\.|[^\]])+)\]\([^)]+\)|(?P<plain>\\.|.)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_MARKED = {"bold": "bold", "code": "", "link": "underline", "plain": ""}
_STYLES = {"b": "bold", "i": "italic", "code": "bold", "a": "underline", "blockquote": "italic"}


def preview(message: Message, platform: Platform) -> RenderableType:
    """A panel with the message as it will stand in the platform's channel, buttons last."""
    if platform is Platform.TELEGRAM:
        return Panel(Group(_from_html(to_html(message)), *_buttons(message)), title="Telegram", width=72)
    shown = [_embed(embed) for embed in embeds(message)]
    return Panel(Group(*shown, *_buttons(message)), title="Discord", width=72)


class _Styled(HTMLParser):
    """Telegram's few tags as styles of a rich text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)

    def handle_endtag(self, _tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data, " ".join(_STYLES.get(tag, "") for tag in self._open).strip() or None)


def _from_html(markup: str) -> Text:
    parser = _Styled()
    parser.feed(markup)
    parser.close()
    return parser.text


def _embed(embed: discord.Embed) -> RenderableType:
    parts: list[RenderableType] = []
    if embed.author.name:
        parts.append(Text(embed.author.name, "bold red"))
    if embed.title:
        parts.append(Text(embed.title, "bold"))
    if embed.description:
        parts.append(_from_markdown(embed.description))
    parts += [Text.assemble((f"{field.name}\n", "bold"), _from_markdown(str(field.value))) for field in embed.fields]
    if embed.footer.text:
        parts.append(Text(embed.footer.text, "dim"))
    return Panel(Group(*parts), border_style=str(embed.colour) if embed.colour else "none")


def _from_markdown(markdown: str) -> Text:
    """The little of Discord's markdown that our renderer writes, as styles."""
    text = Text()
    for match in _MARKDOWN.finditer(markdown):
        kind = match.lastgroup or "plain"
        written = match[kind]
        text.append(_ESCAPE.sub(r"\1", written) if kind != "code" else written, _MARKED[kind])
    return text


def _buttons(message: Message) -> list[Text]:
    return [
        Text.assemble(*[part for choice in row for part in ((f" {choice.label} ", "reverse"), "  ")])
        for row in message.choices
    ]
