"""What a client of comments:analyze asks for, checked field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from moderation.attributes import ATTRIBUTES
from moderation.service import fields
from moderation.service.errors import Refused, typed

_FIELDS = frozenset(
    {
        "comment", "context", "requestedAttributes", "spanAnnotations", "languages", "doNotStore",
        "dropUnsupportedAttributes", "clientToken", "sessionId", "communityId",
    }
)  # fmt: skip
_FLOAT_MAX = 3.5e38
"""Beyond what a TYPE_FLOAT of Google's holds."""


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
        values = fields.parsed(body, _FIELDS)
        _check_the_rest(values)
        return cls(
            text=fields.comment(values, max_bytes),
            attributes=_attributes(values),
            languages=fields.languages(values),
            by_sentence=fields.flag(values, "spanAnnotations"),
            drops=fields.flag(values, "dropUnsupportedAttributes"),
            client_token=fields.words(values, "clientToken"),
        )


def _check_the_rest(values: Mapping[str, Any]) -> None:
    """What is taken without effect: nothing asked here is ever stored, and every community gets the same scores."""
    fields.check_context(values)
    fields.flag(values, "doNotStore")
    for name in ("sessionId", "communityId"):
        fields.words(values, name)


def _attributes(values: Mapping[str, Any]) -> dict[str, float]:
    wanted = fields.mapping(values, "requestedAttributes")
    if not wanted:
        raise typed("NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes")
    drops = fields.flag(values, "dropUnsupportedAttributes")
    served = [name for name in wanted if name in ATTRIBUTES] if drops else map(fields.known_attribute, wanted)
    return {name: _threshold(name, fields.mapping(wanted, name)) for name in served}


def _threshold(name: str, options: Mapping[str, Any]) -> float:
    fields.check_score_type(options.get("scoreType", options.get("score_type", "PROBABILITY")), name)
    threshold = options.get("scoreThreshold", options.get("score_threshold", 0.0))
    if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not abs(threshold) < _FLOAT_MAX:
        raise Refused(f"Invalid value at 'requested_attributes.{name}.score_threshold' (TYPE_FLOAT)")
    return float(threshold)
