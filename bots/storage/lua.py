"""Loads the scripts: every write is one, under one hash tag, and may be repeated without harm."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, cast

from redis.asyncio import Redis

_FOLDER = files("bots.storage") / "scripts"


@cache
def source(*names: str) -> str:
    """The text of `scripts/NAME.lua`; of several, one after the other: the first ones hold what they share."""
    return "\n".join((_FOLDER / f"{name}.lua").read_text(encoding="utf-8") for name in names)


class Script:
    """One script on the server, run by its hash; sent again when the server has forgotten it."""

    def __init__(self, client: Redis, *names: str) -> None:
        self._script = client.register_script(source(*names))

    async def __call__(self, keys: Sequence[str], *args: object) -> Any:
        return await self._script(keys=keys, args=cast("tuple[str, ...]", args))


def pairs(flat: Sequence[str]) -> dict[str, str]:
    """What a script returned of HGETALL."""
    return dict(zip(flat[::2], flat[1::2], strict=True))


async def fields_of(client: Redis, name: str) -> dict[str, str]:
    """A hash, empty when there is none."""
    return cast("dict[str, str]", await client.hgetall(name))
