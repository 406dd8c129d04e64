"""Text to hashed features, vectorised over a whole batch: words, word pairs, and character n-grams inside words.

Every n-gram is a polynomial hash modulo 2**64 computed with numpy alone, so that training and serving share one path.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_TOKEN = re.compile(r"[\w'*$@]+|[^\w\s]")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_MENTION = re.compile(r"(?<!\w)@\w+")
_REPEAT = re.compile(r"(\w)\1{2,}")
_SPACE = ord(" ")
_CHAR_SIZES = (3, 4, 5)
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_BASE_INVERSE = pow(_BASE, -1, 2**64)
_WORD, _PAIR, _CHARS = np.uint64(0xA5A5A5A5), np.uint64(0x5A5A5A5A5A), np.uint64(0xC3C3C3C3C3C3)  # keeps kinds apart

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Features:
    """A batch in rows: row i owns `bucket[start[i]:start[i + 1]]` and the matching counts."""

    start: NDArray[np.int64]
    bucket: NDArray[np.int32]
    count: NDArray[np.float32]

    @property
    def row(self) -> NDArray[np.int64]:
        """The row of every entry."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))


def tokens(text: str) -> str:
    """The text as the features see it: lower case, compatibility forms folded, tokens parted by one space."""
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = _MENTION.sub(" @user ", _LINK.sub(" http ", folded))
    return " ".join(_TOKEN.findall(_REPEAT.sub(r"\1\1", folded)))


def extract(texts: Sequence[str], bits: int) -> Features:
    """Hashes each text into 2**bits buckets; every row has at least one entry."""
    padded = [f" {tokens(text)} " for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    row_of = np.repeat(np.arange(len(padded)), [len(text) for text in padded])
    found = [_characters(codes, row_of, size) for size in _CHAR_SIZES] + _words(codes, row_of)
    rows = np.concatenate([rows for rows, _ in found] + [np.arange(len(padded))])
    hashes = np.concatenate([hashes for _, hashes in found] + [np.zeros(len(padded), np.uint64)])
    return _count(rows, _mix(hashes) & np.uint64((1 << bits) - 1), len(padded), bits)


def _characters(codes: NDArray[np.uint32], row_of: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], Hashes]:
    """n-grams that lie inside one word, its bounding spaces included."""
    count = max(len(codes) - size + 1, 0)
    inside = np.ones(count, dtype=bool)
    hashes = np.full(count, _CHARS, dtype=np.uint64)
    for offset in range(size):
        part = codes[offset : offset + count]
        if 0 < offset < size - 1:
            inside &= part != _SPACE
        hashes = hashes * np.uint64(_BASE) + part
    return row_of[:count][inside], hashes[inside]


def _words(codes: NDArray[np.uint32], row_of: NDArray[np.int64]) -> list[tuple[NDArray[np.int64], Hashes]]:
    """Single words, and pairs of neighbours in the same text."""
    space = np.concatenate([[True], codes == _SPACE])
    begin = np.flatnonzero(space[:-1] & ~space[1:])
    end = np.flatnonzero(~space[:-1] & space[1:])
    rows = row_of[begin]
    same = rows[:-1] == rows[1:]
    substring = _Substrings(codes)
    words = substring(begin, end) ^ _WORD
    pairs = substring(begin[:-1][same], end[1:][same]) ^ _PAIR
    return [(rows, words), (rows[:-1][same], pairs)]


class _Substrings:
    """Hashes any stretch of a text in constant time, from running sums."""

    def __init__(self, codes: NDArray[np.uint32]) -> None:
        powers = _powers(_BASE, len(codes))
        self._sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(codes * powers, dtype=np.uint64)])
        self._back = _powers(_BASE_INVERSE, len(codes) + 1)

    def __call__(self, begin: NDArray[np.int64], end: NDArray[np.int64]) -> Hashes:
        hashes: Hashes = (self._sums[end] - self._sums[begin]) * self._back[begin]
        return hashes


def _powers(base: int, count: int) -> Hashes:
    factors = np.full(count, base, dtype=np.uint64)
    factors[:1] = 1
    return np.cumprod(factors, dtype=np.uint64)


def _mix(hashes: Hashes) -> Hashes:
    """Spreads a hash over all its bits (the finaliser of MurmurHash3)."""
    hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    mixed: Hashes = hashes ^ (hashes >> np.uint64(33))
    return mixed


def _count(rows: NDArray[np.int64], buckets: Hashes, size: int, bits: int) -> Features:
    keys = (rows.astype(np.uint64) << np.uint64(bits)) | buckets
    unique, count = np.unique(keys, return_counts=True)
    start = np.searchsorted(unique, np.arange(size + 1, dtype=np.uint64) << np.uint64(bits))
    bucket = (unique & np.uint64((1 << bits) - 1)).astype(np.int32)
    return Features(start.astype(np.int64), bucket, count.astype(np.float32))
