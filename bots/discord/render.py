"""A message as Discord shows it: embeds. Pure: the same message always gives the same embeds, whatever its length.

Limits (Discord's message resource): 6,000 characters in all embeds of a message together, 256 in a title, 4,096 in a
description, 256 and 1,024 in a field's name and value, 2,048 in a footer, ten embeds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import discord

from bots.discord.fit import ELLIPSIS, cut, fair_shares, fit, length
from bots.discord.text import link, one_line, plain, quoted, tidy
from bots.newsroom.messages import Bar, Message, Quote, Section, Tone

TOTAL, TITLE, DESCRIPTION, HEADING, FIELD, FOOTER, MOST_EMBEDS = 6000, 256, 4096, 256, 1024, 2048, 10
COLOURS = {
    Tone.NEUTRAL: 0x4F6D8F,
    Tone.BREAKING: 0xC62828,
    Tone.WAITING: 0xE0A030,
    Tone.GOOD: 0x3C8D5A,
    Tone.BAD: 0x8C3A3A,
}
BAR_BLOCKS = 10
SHORTEST_CUT = 40
"""A bullet point is not cut to less than this: it is left out instead."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is never shortened for the sake of the text: headline, question with its bars, links, footer."""

    title: str
    kicker: str
    poll: str
    links: str
    footer: str

    @property
    def size(self) -> int:
        return sum(length(part) for part in (self.title, self.kicker, self.poll, self.links, self.footer))


def embeds(message: Message) -> list[discord.Embed]:
    """One embed for the message and one for its poll; readers' words that stand alone get one each."""
    if message.quotes and not (message.title or message.body):
        return _voices(message)
    frame = _frame(message)
    main = discord.Embed(colour=COLOURS[message.tone], title=frame.title or None, url=story_url(message))
    if frame.kicker:
        main.set_author(name=frame.kicker)
    _fill(main, message, TOTAL - frame.size)
    if frame.links:
        main.add_field(name="More", value=frame.links, inline=False)
    if message.image_url.startswith(("http://", "https://")):
        main.set_image(url=message.image_url)
    shown = [main, discord.Embed(colour=COLOURS[message.tone], description=frame.poll)] if frame.poll else [main]
    if frame.footer:
        shown[-1].set_footer(text=frame.footer)
    return shown


def story_url(message: Message) -> str | None:
    """Where the headline leads: the first button that opens a page."""
    urls = [choice.url for row in message.choices for choice in row if choice.url]
    return next((url for url in urls if length(url) <= DESCRIPTION // 2), None)


def _frame(message: Message) -> _Frame:
    return _Frame(
        title=fit(one_line(message.title), TITLE, plain),
        kicker=cut(one_line(message.kicker).upper(), HEADING // 2),
        poll=_poll(message),
        links=_within(FIELD, [link(cut(anchor.label, 100), anchor.url) for anchor in message.links]),
        footer=cut(tidy(message.footer), FOOTER // 4),
    )


def _poll(message: Message) -> str:
    """The question in bold and a bar for each option; bars and figures have one width, so that a phone aligns them."""
    question = fit(message.question, 700, lambda text: f"**{plain(text)}**") if message.question else ""
    return "\n".join([part for part in (question, _bars(message.bars)) if part])


def _bars(bars: Sequence[Bar]) -> str:
    return "\n".join(["", *(_bar(bar) for bar in bars)]) if bars else ""


def _bar(bar: Bar) -> str:
    return f"`{_blocks(bar)} {round(bar.share * 100):>3} %` {plain(cut(one_line(bar.label), 60))} · {bar.count}"


def _blocks(bar: Bar) -> str:
    full = round(bar.share * BAR_BLOCKS)
    return "█" * full + "░" * (BAR_BLOCKS - full)


def _fill(embed: discord.Embed, message: Message, room: int) -> None:
    """Body, quotes and sections share the room fairly: short ones stay whole."""
    loose = "\n".join(line for section in message.sections if not one_line(section.heading) for line in section.lines)
    words: list[Callable[[int], str]] = [partial(fit, message.body, show=plain), partial(fit, loose, show=plain)]
    words += [partial(_quote, quote) for quote in message.quotes]
    headed = [section for section in message.sections if one_line(section.heading)]
    wanted = [length(show(DESCRIPTION)) + 2 for show in words] + [_wanted(section) for section in headed]
    shares = fair_shares(wanted, room)
    in_description = fair_shares(shares[: len(words)], DESCRIPTION)
    parts = [show(share - 2) for show, share in zip(words, in_description, strict=True)]
    embed.description = "\n\n".join(part for part in parts if part) or None
    for section, share in zip(headed, shares[len(words) :], strict=True):
        _add_section(embed, section, share)


def _wanted(section: Section) -> int:
    lines = sum(length(plain(line)) + 3 for line in section.lines)
    return min(FIELD, lines) + length(fit(one_line(section.heading), HEADING, plain))


def _add_section(embed: discord.Embed, section: Section, room: int) -> None:
    heading = fit(one_line(section.heading), HEADING, plain)
    mark = "• " if section.bullets else ""
    points = [f"{mark}{line}" for line in section.lines]
    value = _within(min(FIELD, room - length(heading)), [plain(point) for point in points], points)
    if value:
        embed.add_field(name=heading, value=value, inline=False)


def _quote(quote: Quote, limit: int) -> str:
    byline = f"\n— {plain(cut(one_line(quote.byline), 100))}" if quote.byline else ""
    return fit(quote.text, limit - length(byline), lambda text: quoted(plain(text))) + byline


def _within(limit: int, lines: Sequence[str], raw: Sequence[str] = ()) -> str:
    """As many whole lines as fit; where `raw` gives their unescaped text, the first that does not fit is cut."""
    kept: list[str] = []
    left = limit
    for at, line in enumerate(lines):
        if length(line) + 1 > left:
            if raw and left > SHORTEST_CUT:
                kept.append(fit(raw[at], left - 1, plain))
            elif kept and raw and left > len(ELLIPSIS):
                kept.append(ELLIPSIS)
            break
        kept.append(line)
        left -= length(line) + 1
    return "\n".join(kept)


def _voices(message: Message) -> list[discord.Embed]:
    """Comments: who, where, and what they wrote. Of several in one message long ones give way to short ones."""
    quotes = message.quotes[:MOST_EMBEDS]
    bylines = [cut(one_line(quote.byline), HEADING // 2) for quote in quotes]
    wanted = [length(plain(quote.text)) for quote in quotes]
    shares = fair_shares([min(want, DESCRIPTION) for want in wanted], TOTAL - sum(map(length, bylines)))
    shown = []
    for quote, byline, share in zip(quotes, bylines, shares, strict=True):
        embed = discord.Embed(colour=COLOURS[message.tone], description=fit(quote.text, share, plain))
        shown.append(embed.set_author(name=byline) if byline else embed)
    return shown
