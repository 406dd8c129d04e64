"""Which addresses an article may send its readers to, and what kind of page they are."""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from bots.feeds.prose import clean

MAX_URL = 2_000
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|yclid|at_(medium|campaign))$", re.IGNORECASE
)
_FORBIDDEN = re.compile(r"[\s\\<>\"{}|^`\x00-\x1f\x7f]")
_BARE_URL = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_TRAILING = ".,;:!?'’…"  # noqa: RUF001 - an apostrophe as typesetters write it
_OFFICIAL_SUFFIXES = (
    *("gov", "mil", "int", "un.org", "europa.eu", "gc.ca", "admin.ch", "bund.de", "bundesregierung.de", "gv.at"),
    *("gouv.fr", "government.nl", "rijksoverheid.nl", "gob.es", "gov.uk", "icrc.org", "nato.int"),
)
_GOVERNMENT_LABELS = frozenset({"gov", "gob", "gouv", "gub", "govt", "mil", "go"})
_MINISTRIES = frozenset(
    {"ministry", "ministerium", "ministere", "ministerio", "ministero", "ministerie", "ministerstwo", "ministerstvo"}
)
_COUNTRY_CODE_LENGTH = 2


def clean_url(href: str, base: str = "") -> str:
    """The absolute http(s) address without tracking parameters; empty where there is none to send a reader to.

    Refused: other schemes, relative links without a base, names and passwords, spaces and backslashes, and what is
    longer than 2,000 characters.
    """
    try:
        parts = urlsplit(urljoin(base, href.strip()) if href.strip() else "")
        if not _is_web_address(parts):
            return ""
    except ValueError:  # a broken port or IPv6 address
        return ""
    url = urlunsplit(parts._replace(query=_without_tracking(parts.query)))
    return "" if len(url) > MAX_URL or _FORBIDDEN.search(url) else url


def _is_web_address(parts: SplitResult) -> bool:
    has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    return parts.scheme in {"http", "https"} and has_host and "@" not in parts.netloc


def _without_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.match(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def bare_urls(text: str) -> list[tuple[int, str]]:
    """Addresses written out in a text, each with where it starts; punctuation that follows is not part of one."""
    return [(match.start(), _trimmed(match.group())) for match in _BARE_URL.finditer(text)]


def _trimmed(url: str) -> str:
    url = url.rstrip(_TRAILING)
    while url.endswith((")", "]")) and url.count(url[-1]) > url.count({")": "(", "]": "["}[url[-1]]):
        url = url[:-1].rstrip(_TRAILING)
    return url


def without_urls(text: str) -> str:
    return clean(_BARE_URL.sub(" ", text)).strip(" :–—-")  # noqa: RUF001 - dashes as typesetters write them


def is_official(url: str) -> bool:
    """Whether the host is a government's, an armed force's, an international body's or a ministry's."""
    labels = (urlsplit(url).hostname or "").rstrip(".").split(".")
    host = ".".join(labels)
    if any(host == suffix or host.endswith(f".{suffix}") for suffix in _OFFICIAL_SUFFIXES):
        return True
    national = len(labels) > _COUNTRY_CODE_LENGTH and len(labels[-1]) == _COUNTRY_CODE_LENGTH
    if national and labels[-2] in _GOVERNMENT_LABELS:
        return True
    return any(_MINISTRIES & set(label.split("-")) for label in labels)
