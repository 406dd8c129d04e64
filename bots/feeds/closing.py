"""The question that a story ends on, put to its readers."""

# ruff: noqa: RUF001 - words and question marks of many languages

import re

from bots.feeds.boilerplate import is_invitation
from bots.feeds.passages import Passage
from bots.feeds.prose import sentences, without_quotations
from bots.feeds.sections import split_label
from bots.feeds.vocabulary import Section

MAX_QUESTION = 300
_LAST_PASSAGES = 6
_STANDALONE_WITHIN = 3
_QUESTION_MARKS = ("?", "？", "؟")
_ADDRESSES_READERS = re.compile(
    r"\b(you|your|readers|(?-i:Sie|Ihnen|Ihre[rnms]?)|euch|du|dich|vous|votre|vos|usted|ustedes|tú|voi|vostr[oaie]"
    r"|você|vocês|u|uw|jij|jullie|ви|вас|вам|ваш|ваша|ваше|ти|вы|państwa|państwo|pan|pani)\b",
    re.IGNORECASE,
)
_OPEN_UNKNOWNS = frozenset({Section.DISPUTED, Section.NEXT, Section.FACTS})


def closing_question(passages: list[Passage], headline: str) -> tuple[str, Passage | None]:
    """The last question near the end that is put to readers, and the passage it stands in; ("", None) without one.

    Never a question that somebody is quoted with, that repeats the headline, or that only invites comments.
    """
    tail = [passage for passage in passages if not passage.is_item and not passage.block.quoted]
    invited = bool(tail) and is_invitation(tail[-1].text)
    tail = [passage for passage in tail if not passage.is_link and not _only_invites(passage.text)]
    for distance, passage in enumerate(reversed(tail[-_LAST_PASSAGES:])):
        question = _last_question(passage.text)
        if question and question != headline and _is_put_to_readers(passage, question, distance, invited=invited):
            return question, passage
    return "", None


def _only_invites(text: str) -> bool:
    return all(is_invitation(sentence) for sentence in sentences(text))


def _last_question(text: str) -> str:
    """The question that a paragraph ends on, without an invitation that follows it and a label before it."""
    found = sentences(split_label(text)[1])
    while found and is_invitation(found[-1]):
        found.pop()
    if not found or not without_quotations(found[-1]).endswith(_QUESTION_MARKS):
        return ""
    question = found[-1]
    return question if len(question) <= MAX_QUESTION else ""


def _is_put_to_readers(passage: Passage, question: str, distance: int, *, invited: bool) -> bool:
    if passage.section is Section.QUESTION or _ADDRESSES_READERS.search(without_quotations(question)):
        return True
    if passage.section in _OPEN_UNKNOWNS:
        return invited and distance == 0  # "Who fired it?" is what nobody knows, unless readers are asked to answer
    alone = len(sentences(passage.text)) == 1 or invited
    return distance == 0 or (alone and distance < _STANDALONE_WITHIN)
