"""The scores of recent texts: a campaign posts the same words again and again."""

from collections import OrderedDict
from hashlib import blake2b

_BYTES = 16


class Recent:
    """The last `size` texts' scores, found by a digest, so that no text is kept. For one thread."""

    def __init__(self, size: int) -> None:
        self._scores: OrderedDict[bytes, list[float]] = OrderedDict()
        self._size = size

    def get(self, text: str) -> list[float] | None:
        key = _digest(text)
        found = self._scores.get(key)
        if found is not None:
            self._scores.move_to_end(key)
        return found

    def put(self, text: str, scores: list[float]) -> None:
        self._scores[_digest(text)] = scores
        if len(self._scores) > self._size:
            self._scores.popitem(last=False)


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8"), digest_size=_BYTES).digest()
