"""Makes a message short enough: what can be shortened gives way evenly, and what must be read stays."""

from collections.abc import Callable
from dataclasses import replace

from bots.newsroom.messages import Bar, Message, Quote, Section
from bots.telegram.text import clean, cut, one_line

SHORTEST = 60
"""A line is not cut below this many characters while leaving out whole lines would help."""
_SECTIONS, _BARS, _LINKS = 6, 10, 8

Measure = Callable[[Message], int]


def fit(message: Message, limit: int, measure: Measure) -> Message:
    """The message cleaned, and as much of it as `measure` says fits into `limit`.

    Title, question, bars, links, bylines and footer have bounds of their own which leave room for the rest. Body, lines
    and quotes share one longest length, the greatest that fits; only where that is not enough, last lines go.
    """
    whole = _bounded(message)
    if measure(whole) <= limit:
        return whole
    if measure(_shortened(whole, SHORTEST)) <= limit:
        return _shortened(whole, _greatest(limit, lambda length: measure(_shortened(whole, length)) <= limit))
    few = _shortened(whole, SHORTEST)
    return _first_lines(few, _greatest(_longest_list(few), lambda lines: measure(_first_lines(few, lines)) <= limit))


def _greatest(high: int, fits: Callable[[int], bool]) -> int:
    """The greatest number up to `high` that fits, found by halving; 0 when none does."""
    low = 0
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _bounded(message: Message) -> Message:
    return replace(
        message,
        kicker=cut(one_line(message.kicker), 40),
        title=cut(one_line(message.title), 300),
        body=clean(message.body),
        sections=tuple(_section(section) for section in message.sections[:_SECTIONS]),
        quotes=tuple(_quote(quote) for quote in message.quotes),
        question=cut(one_line(message.question), 300),
        bars=tuple(_bar(bar) for bar in message.bars[:_BARS]),
        links=tuple(replace(link, label=cut(one_line(link.label), 80)) for link in message.links[:_LINKS]),
        footer=cut(clean(message.footer), 300),
    )


def _section(section: Section) -> Section:
    lines = tuple(line for line in map(clean, section.lines) if line)
    return replace(section, heading=cut(one_line(section.heading), 80), lines=lines)


def _quote(quote: Quote) -> Quote:
    return Quote(clean(quote.text), cut(one_line(quote.byline), 160))


def _bar(bar: Bar) -> Bar:
    return replace(bar, label=cut(one_line(bar.label), 60))


def _shortened(message: Message, length: int) -> Message:
    return replace(
        message,
        body=cut(message.body, length),
        sections=tuple(
            replace(section, lines=tuple(cut(line, length) for line in section.lines)) for section in message.sections
        ),
        quotes=tuple(replace(quote, text=cut(quote.text, length)) for quote in message.quotes),
    )


def _first_lines(message: Message, count: int) -> Message:
    return replace(
        message,
        sections=tuple(replace(section, lines=section.lines[:count]) for section in message.sections),
        quotes=message.quotes[:count],
    )


def _longest_list(message: Message) -> int:
    return max([len(message.quotes), *(len(section.lines) for section in message.sections)])
