"""What an alert, its poll and its thread need to know of a story, whatever page or file it came from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class LinkKind(StrEnum):
    STORY = "story"
    """The story itself: the canonical page, "read the full story"."""
    MORE = "more"
    """More coverage of the same event."""
    OFFICIAL = "official"
    """A statement of an authority: a government, a court, an international body."""
    RELATED = "related"
    """Other stories a reader of this one may want."""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    """Words to press; plain text, may be empty when the source gave none."""
    url: str
    """Absolute, http or https."""
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Article:
    """A story as its source tells it. What the source does not say stays empty; all text is plain and unescaped."""

    headline: str
    standfirst: str = ""
    key_facts: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    question: str = ""
    """The closing question to readers, with its question mark."""
    image_url: str = ""
    language: str = ""
    """BCP 47 as the source declares it or as detected ("en", "de-AT"); empty when unknown."""
    source: str = ""
    """The file name or the URL the article was read from."""

    def to_json(self) -> dict[str, Any]:
        """The article as plain values that `json.dumps` takes; `from_json` gives the same article back."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Self:
        """The article that `to_json` wrote; a field that is missing stays empty.

        Raises KeyError without a headline, TypeError for an unknown field, ValueError for an unknown kind of link.
        """
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
        links = tuple(Link(link["label"], link["url"], LinkKind(link["kind"])) for link in fields.get("links", ()))
        return cls(**{**values, "headline": fields["headline"], "links": links})
