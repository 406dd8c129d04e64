"""Reads the fields that the requests of the Perspective API share; whatever is wrong is told in its words."""

import json
from collections.abc import Mapping
from typing import Any

from moderation.attributes import ATTRIBUTES
from moderation.service.errors import Refused, typed

_SCORE_TYPES = ("PROBABILITY", "SCORE_TYPE_UNSPECIFIED")


def parsed(body: bytes, known: frozenset[str]) -> dict[str, Any]:
    """The JSON object with its names in lowerCamelCase; proto3 clients may send either form."""
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise Refused("Invalid JSON payload received. The request body must be a JSON object.")
    named = {camel(key): value for key, value in values.items()}
    unknown = sorted(named.keys() - known)
    if unknown:
        raise Refused(f'Invalid JSON payload received. Unknown name "{unknown[0][:80]}": Cannot find field.')
    return named


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other[:1].upper() + other[1:] for other in others)


def mapping(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object under that name; empty when it is not there."""
    value = values.get(name)
    if value is not None and not isinstance(value, dict):
        raise Refused(f"Invalid value at '{name[:80]}': it must be an object.")
    return value or {}


def comment(values: Mapping[str, Any], max_bytes: int) -> str:
    """The comment's text: plain, not blank, and of at most `max_bytes` of UTF-8."""
    entry = mapping(values, "comment")
    text, kind = entry.get("text", ""), entry.get("type", "PLAIN_TEXT")
    if kind == "HTML":
        raise typed("INVALID_REQUEST", "Currently, only 'PLAIN_TEXT' comments are supported")
    if kind not in ("PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED"):
        raise typed("INVALID_REQUEST", "Unknown text type")
    if not isinstance(text, str):
        raise Refused("Invalid value at 'comment.text' (TYPE_STRING)")
    return within(text, max_bytes)


def within(text: str, max_bytes: int) -> str:
    """The text itself, when it says something and is no longer than that."""
    if not text.strip():
        raise typed("COMMENT_EMPTY", "Comment must be non-empty.")
    if len(text.encode("utf-8", "surrogatepass")) > max_bytes:
        raise typed("COMMENT_TOO_LONG", "Comment text too long.")
    return text


def known_attribute(name: str) -> str:
    """Its name, where we can judge it; no other is ever made up."""
    if name not in ATTRIBUTES:
        raise unknown_attribute(name)
    return name


def unknown_attribute(name: str) -> Refused:
    return typed("INVALID_REQUEST", f"Unknown requested attribute: {name[:80]}")


def check_score_type(value: object, attribute: str) -> None:
    if value not in _SCORE_TYPES:
        message = f"Requested score type {str(value)[:80]} is not supported by attribute {attribute}"
        raise typed("INVALID_REQUEST", message)


def languages(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The main subtags, so that `en-US` is `en`."""
    found = values.get("languages") or []
    if not isinstance(found, list) or not all(isinstance(each, str) and each for each in found):
        raise Refused("Invalid value at 'languages' (TYPE_STRING)")
    return tuple(dict.fromkeys(each.split("-")[0].lower()[:20] for each in found))


def check_context(values: Mapping[str, Any]) -> None:
    """Context is taken and not used, as by the Perspective API's own models."""
    context = {camel(key) for key, value in mapping(values, "context").items() if value is not None}
    if {"entries", "articleAndParentComment"} <= context:
        message = "Context can have either entries or article_and_parent_comment, but both fields were populated."
        raise typed("INVALID_REQUEST", message)


def flag(values: Mapping[str, Any], name: str) -> bool:
    value = values.get(name, False)
    if not isinstance(value, bool):
        raise Refused(f"Invalid value at '{name}' (TYPE_BOOL)")
    return value


def words(values: Mapping[str, Any], name: str) -> str | None:
    """A text that means something to the client alone, such as its token."""
    value = values.get(name)
    if value is not None and not isinstance(value, str):
        raise Refused(f"Invalid value at '{name}' (TYPE_STRING)")
    return value
