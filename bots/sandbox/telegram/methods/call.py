"""A call of the Bot API: its arguments as typed values, and the table of the methods that are played."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from bots.sandbox.telegram.errors import bad_request
from bots.sandbox.telegram.platform import Platform
from bots.sandbox.telegram.world import Bot, Json, User

_TRUE = frozenset({"true", "1", "yes"})


@dataclass
class Upload:
    name: str
    content: bytes
    content_type: str


@dataclass
class Call:
    platform: Platform
    bot: Bot
    arguments: dict[str, Any]  # strings as they came, or JSON values from a JSON body
    uploads: dict[str, Upload] = field(default_factory=dict)

    @property
    def me(self) -> User:
        return self.platform.state.users[self.bot.user_id]

    def text(self, name: str) -> str:
        value = self.arguments.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        value = self.arguments.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"invalid {name} specified") from None

    def boolean(self, name: str) -> bool:
        return str(self.arguments.get(name, "")).lower() in _TRUE

    def mapping(self, name: str) -> Json | None:
        """A JSON object, or None when it was not given."""
        value = self._json(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"can't parse {name}: expected an Object")
        return value

    def array(self, name: str) -> list[Any] | None:
        """A JSON array, or None when it was not given."""
        value = self._json(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"can't parse {name}: expected an Array")
        return value

    def _json(self, name: str) -> object:
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return cast("object", json.loads(value)) if value else None
        except json.JSONDecodeError:
            raise bad_request(f"can't parse {name} JSON object") from None


Answer = Json | list[Any] | bool | int | str
Method = Callable[[Call], Answer | Awaitable[Answer]]
METHODS: dict[str, Method] = {}


Entered = TypeVar("Entered", bound=Method)


def method(name: str) -> Callable[[Entered], Entered]:
    """Enter a function in the table of methods under its Bot API name."""

    def enter(function: Entered) -> Entered:
        METHODS[name] = function
        return function

    return enter
