"""Counts and times in Prometheus' text format (prometheus.io, exposition formats); no text and no key is in them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """`method` is a word of ours, never a client's."""

    def __init__(self) -> None:
        self._answers: Counter[tuple[str, int]] = Counter()
        self._seconds: dict[str, _Histogram] = {}

    def answered(self, method: str, code: int, seconds: float) -> None:
        self._answers[method, code] += 1
        self._seconds.setdefault(method, _Histogram()).observe(seconds)

    def exposition(self, in_hand: int) -> str:
        """`in_hand` is how many questions are being scored or wait."""
        return "\n".join((*self._lines(in_hand), ""))

    def _lines(self, in_hand: int) -> Iterator[str]:
        yield "# HELP newsdesk_moderation_requests_total Answers by method and HTTP status."
        yield "# TYPE newsdesk_moderation_requests_total counter"
        for (method, code), count in sorted(self._answers.items()):
            yield f'newsdesk_moderation_requests_total{{method="{method}",code="{code}"}} {count}'
        yield "# HELP newsdesk_moderation_seconds Time from a request's arrival to its answer."
        yield "# TYPE newsdesk_moderation_seconds histogram"
        for method, histogram in sorted(self._seconds.items()):
            yield from histogram.lines("newsdesk_moderation_seconds", f'method="{method}"')
        yield "# HELP newsdesk_moderation_in_hand Questions that are being scored or wait for it."
        yield "# TYPE newsdesk_moderation_in_hand gauge"
        yield f"newsdesk_moderation_in_hand {in_hand}"


class _Histogram:
    def __init__(self) -> None:
        self._counts = [0] * (len(_BOUNDS) + 1)
        self._sum = 0.0

    def observe(self, value: float) -> None:
        self._counts[bisect_left(_BOUNDS, value)] += 1
        self._sum += value

    def lines(self, name: str, labels: str) -> Iterator[str]:
        bounds = (*(f"{bound:g}" for bound in _BOUNDS), "+Inf")
        for bound, count in zip(bounds, accumulate(self._counts), strict=True):
            yield f'{name}_bucket{{{labels},le="{bound}"}} {count}'
        yield f"{name}_sum{{{labels}}} {self._sum:.6f}"
        yield f"{name}_count{{{labels}}} {sum(self._counts)}"
