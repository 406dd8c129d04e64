"""Making text fit: counted as the strictest reading of Discord's limits, cut at the end of a sentence."""

import re
from collections.abc import Callable, Sequence

_SENTENCE_END = re.compile(r"[.!?…。](?=\s)|\n")
ELLIPSIS = "…"


def length(text: str) -> int:
    """UTF-16 code units: never fewer than the code points, whichever of both Discord counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """At most `limit` code points: up to a sentence's end in the second half, else up to a word's, and an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: max(0, limit - 2)]
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] > limit // 2:
        return f"{head[: ends[-1]].rstrip()} {ELLIPSIS}"
    words = head.rfind(" ")
    return f"{head[: words if words > limit // 2 else len(head)].rstrip()}{ELLIPSIS}" if limit > 1 else ""


def fit(text: str, limit: int, show: Callable[[str], str]) -> str:
    """What `show` makes of as much of the text as fits in `limit`; markup added by `show` counts, too."""
    keep, shown = len(text), show(text)
    while length(shown) > limit and keep > 0:
        keep -= max(1, (length(shown) - limit) // 3)
        shown = show(cut(text, max(0, keep)))
    return shown if length(shown) <= limit else ""


def fair_shares(wanted: Sequence[int], total: int) -> list[int]:
    """Divides `total`: the short ones get all they want, the long ones an equal part of what is left."""
    shares = [0] * len(wanted)
    left = max(0, total)
    for place, at in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        shares[at] = min(wanted[at], left // (len(wanted) - place))
        left -= shares[at]
    return shares
