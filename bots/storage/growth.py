"""What the store holds and how it grows: memory in all, and keys of each family, measured on a sample."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from redis.asyncio import Redis

from bots.storage.keys import Family, family_of
from bots.storage.retention import RETENTION

LOOKED_AT = 200_000
"""Keys walked at most: about four seconds. Beyond it, figures are of these keys only, and said to be."""
WEIGHED = 50
"""Keys of a family whose size is asked; the rest are taken to be as large on average."""


@dataclass(frozen=True, slots=True)
class FamilyUse:
    """`megabytes` is estimated from a sample. `keep` None: kept as long as the newsroom runs."""

    family: str
    keys: int
    megabytes: float
    keep: timedelta | None
    why: str


@dataclass(frozen=True, slots=True)
class Growth:
    """`limit_mb` 0: no limit is set. `complete` false: there are more keys than were looked at."""

    used_mb: float
    limit_mb: float
    families: Sequence[FamilyUse]
    complete: bool


async def growth(client: Redis) -> Growth:
    """Walks the keys without blocking the server. Raises redis' errors when it does not answer."""
    counts: Counter[str] = Counter()
    samples: defaultdict[str, list[str]] = defaultdict(list)
    complete = True
    async for name in client.scan_iter(count=1000):
        family = family_of(name)
        counts[family] += 1
        if len(samples[family]) < WEIGHED:
            samples[family].append(name)
        if counts.total() >= LOOKED_AT:
            complete = False
            break
    uses = [await _use(client, family, count, samples[family]) for family, count in counts.items()]
    memory = _memory(await client.info("memory"))
    by_size = sorted(uses, key=lambda use: use.megabytes, reverse=True)
    return Growth(memory["used_memory"], memory["maxmemory"], by_size, complete)


async def _use(client: Redis, family: str, count: int, sample: Sequence[str]) -> FamilyUse:
    sizes = [int(await client.memory_usage(name) or 0) for name in sample]
    kept = RETENTION.get(Family(family)) if family in set(Family) else None
    megabytes = sum(sizes) / max(1, len(sizes)) * count / 1e6
    return FamilyUse(family or "(not ours)", count, megabytes, kept.keep if kept else None, kept.why if kept else "")


def _memory(info: Mapping[str, Any]) -> dict[str, float]:
    """Megabytes over all servers: a Cluster answers with one table each."""
    tables = [info] if "used_memory" in info else list(info.values())
    return {name: sum(float(table[name]) for table in tables) / 1e6 for name in ("used_memory", "maxmemory")}
