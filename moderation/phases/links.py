"""Links lead readers away from the newsroom, so only known places are let through unseen."""

import re
from dataclasses import dataclass
from functools import cache

from linkify_it import LinkifyIt  # type: ignore[import-untyped] # ships no types
from tldextract import TLDExtract

from moderation.decision import Finding, Outcome
from moderation.normalise import fold
from moderation.reading import Reading
from moderation.view import Edit, View

_DEFANGED = (
    (re.compile(r"h(?:xx|\*\*)p(?=s?(?::|\[:\]))"), "http"),
    (re.compile(r"\[:\]"), ":"),
    (re.compile(r"\s?(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\))\s?"), "."),
)


@dataclass(frozen=True, slots=True)
class Links:
    """Holds a text with a link, also one written as `hxxp` or `site[.]com`, to a domain not in `allowed`.

    A domain allows its subdomains. A mail address counts as a link.
    """

    allowed: frozenset[str]
    name: str = "links"

    def judge(self, reading: Reading) -> Finding:
        view = _refanged(fold(reading.text))
        found = [(link.url, view.span(link.index, link.last_index)) for link in _linkify().match(view.text) or ()]
        foreign = [(url, span) for url, span in found if not self._is_allowed(url)]
        if foreign:
            places = ", ".join(dict.fromkeys(_place(url) for url, _ in foreign))
            spans = tuple(span for _, span in foreign)
            return Finding(self.name, Outcome.HOLD, f"It links to {places}, which is not on the allow list.", spans)
        return Finding(self.name, Outcome.APPROVE, "Its links are all allowed." if found else "No links.")

    def _is_allowed(self, url: str) -> bool:
        host = _extract()(url).fqdn
        return any(host == domain or host.endswith(f".{domain}") for domain in self.allowed) and "@" not in url


def _place(url: str) -> str:
    return _extract()(url).fqdn or url


def _refanged(view: View) -> View:
    for pattern, plain in _DEFANGED:
        edits: list[Edit] = [(match.start(), match.end(), plain) for match in pattern.finditer(view.text)]
        view = view.edited(edits)
    return view


@cache
def _linkify() -> LinkifyIt:
    return LinkifyIt(options={"fuzzy_link": True, "fuzzy_email": True, "fuzzy_ip": True})


@cache
def _extract() -> TLDExtract:
    """With the suffix list that comes in the package: never a download, never a cache on disk."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None)
