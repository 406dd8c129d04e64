"""What a client of comments:analyze asks for, checked field by field."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from moderation.attributes import ATTRIBUTES
from moderation.service.errors import Refused, typed

_FIELDS = frozenset(
    {
        "comment", "context", "requestedAttributes", "spanAnnotations", "languages", "doNotStore",
        "dropUnsupportedAttributes", "clientToken", "sessionId", "communityId",
    }
)  # fmt: skip
_SCORE_TYPES = ("PROBABILITY", "SCORE_TYPE_UNSPECIFIED")


@dataclass(frozen=True, slots=True)
class Question:
    """`attributes` maps each wanted attribute to its score threshold; `languages` are empty when to be detected.

    `drops` leaves out what the scorer cannot judge instead of refusing the question.
    """

    text: str
    attributes: Mapping[str, float]
    languages: tuple[str, ...]
    by_sentence: bool = False
    drops: bool = False
    client_token: str | None = None

    @classmethod
    def parse(cls, body: bytes, max_bytes: int) -> Self:
        """Raises Refused with the answer that the Perspective API gives."""
        values = _object(body)
        return cls(
            text=_text(_mapping(values, "comment"), max_bytes),
            attributes=_attributes(values),
            languages=_languages(values),
            by_sentence=_flag(values, "spanAnnotations"),
            drops=_flag(values, "dropUnsupportedAttributes"),
            client_token=_token(_context_checked(values)),
        )


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object with its names in lowerCamelCase; proto3 clients may send either form."""
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise Refused("Invalid JSON payload received. The request body must be a JSON object.")
    named = {_camel(key): value for key, value in values.items()}
    unknown = sorted(named.keys() - _FIELDS)
    if unknown:
        raise Refused(f'Invalid JSON payload received. Unknown name "{unknown[0][:80]}": Cannot find field.')
    return named


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other[:1].upper() + other[1:] for other in others)


def _mapping(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = values.get(name)
    if value is not None and not isinstance(value, dict):
        raise Refused(f"Invalid value at '{name}': it must be an object.")
    return value or {}


def _text(comment: Mapping[str, Any], max_bytes: int) -> str:
    text, kind = comment.get("text", ""), comment.get("type", "PLAIN_TEXT")
    if kind == "HTML":
        raise typed("INVALID_REQUEST", "Currently, only 'PLAIN_TEXT' comments are supported")
    if kind not in ("PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED"):
        raise typed("INVALID_REQUEST", "Unknown text type")
    if not isinstance(text, str):
        raise Refused("Invalid value at 'comment.text' (TYPE_STRING)")
    if not text.strip():
        raise typed("COMMENT_EMPTY", "Comment must be non-empty.")
    if len(text.encode("utf-8", "surrogatepass")) > max_bytes:
        raise typed("COMMENT_TOO_LONG", "Comment text too long.")
    return text


def _attributes(values: Mapping[str, Any]) -> dict[str, float]:
    wanted = _mapping(values, "requestedAttributes")
    if not wanted:
        raise typed("NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes")
    dropped = _flag(values, "dropUnsupportedAttributes")
    known = [name for name in wanted if _is_known(name, dropped=dropped)]
    return {name: _threshold(name, _mapping(wanted, name)) for name in known}


def _is_known(name: str, *, dropped: bool) -> bool:
    """Raises Refused for an unknown one, unless the client asked to have those dropped."""
    if name not in ATTRIBUTES and not dropped:
        raise unknown_attribute(name)
    return name in ATTRIBUTES


def unknown_attribute(name: str) -> Refused:
    return typed("INVALID_REQUEST", f"Unknown requested attribute: {name[:80]}")


def _threshold(name: str, options: Mapping[str, Any]) -> float:
    score_type = options.get("scoreType", options.get("score_type", "PROBABILITY"))
    if score_type not in _SCORE_TYPES:
        message = f"Requested score type {str(score_type)[:80]} is not supported by attribute {name}"
        raise typed("INVALID_REQUEST", message)
    threshold = options.get("scoreThreshold", options.get("score_threshold", 0.0))
    if isinstance(threshold, bool) or not isinstance(threshold, int | float):
        raise Refused(f"Invalid value at 'requested_attributes.{name}.score_threshold' (TYPE_FLOAT)")
    return float(threshold)


def _languages(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The main subtags, so that `en-US` is `en`."""
    languages = values.get("languages") or []
    if not isinstance(languages, list) or not all(isinstance(each, str) and each for each in languages):
        raise Refused("Invalid value at 'languages' (TYPE_STRING)")
    return tuple(dict.fromkeys(each.split("-")[0].lower()[:20] for each in languages))


def _context_checked(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Context is taken and not used, as by the Perspective API's own models."""
    context = {_camel(key) for key in _mapping(values, "context")}
    if {"entries", "articleAndParentComment"} <= context:
        message = "Context can have either entries or article_and_parent_comment, but both fields were populated."
        raise typed("INVALID_REQUEST", message)
    return values


def _flag(values: Mapping[str, Any], name: str) -> bool:
    value = values.get(name, False)
    if not isinstance(value, bool):
        raise Refused(f"Invalid value at '{name}' (TYPE_BOOL)")
    return value


def _token(values: Mapping[str, Any]) -> str | None:
    token = values.get("clientToken")
    if token is not None and not isinstance(token, str):
        raise Refused("Invalid value at 'client_token' (TYPE_STRING)")
    return token
