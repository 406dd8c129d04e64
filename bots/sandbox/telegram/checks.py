"""The bot's requests and our answers against a published description of the Bot API (telegram-api-10.0.json).

The description is read from a folder given by the caller and is no part of the product; without it nothing is checked.
"""

import json
from pathlib import Path
from typing import Any

from bots.sandbox.telegram.world import Json

FILE_NAME = "telegram-api-10.0.json"
_SCALARS: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "True": (bool,),
    "InputFile": (str,),
}


class Description:
    def __init__(self, folder: Path | None) -> None:
        path = folder / FILE_NAME if folder else None
        content: Json = json.loads(path.read_text()) if path and path.exists() else {}
        self._methods: Json = content.get("methods", {})
        self._types: Json = content.get("types", {})

    def knows(self, method: str) -> bool:
        return method in self._methods

    def request(self, method: str, arguments: Json, uploads: set[str]) -> list[str]:
        """What is wrong with the arguments as they came over the wire (strings, JSON inside)."""
        if method not in self._methods:
            return []
        fields = {field["name"]: field for field in self._methods[method].get("fields", [])}
        given = dict.fromkeys(uploads & fields.keys(), "attached") | {
            name: _decoded(value, fields[name]["types"]) if name in fields else value
            for name, value in arguments.items()
        }
        return self._object(given, fields, method)

    def answer(self, method: str, result: Any) -> list[str]:
        """What is wrong with our own result of this method."""
        if method not in self._methods:
            return []
        return self._any_of(result, self._methods[method]["returns"], f"{method}()")

    def _object(self, value: Json, fields: Json, where: str) -> list[str]:
        wrong = [f"{where}.{name} is unknown" for name in value.keys() - fields.keys()]
        wrong += [f"{where}.{name} is missing" for name in fields if fields[name]["required"] and name not in value]
        for name in value.keys() & fields.keys():
            wrong += self._any_of(value[name], fields[name]["types"], f"{where}.{name}")
        return wrong

    def _any_of(self, value: Any, kinds: list[str], where: str) -> list[str]:
        complaints = [self._value(value, kind, where) for kind in kinds]
        if not complaints or not all(complaints):
            return []
        return min(complaints, key=len)

    def _value(self, value: Any, kind: str, where: str) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where} is not an array"]
            return [
                wrong for item in value for wrong in self._value(item, kind.removeprefix("Array of "), f"{where}[]")
            ]
        if kind in _SCALARS:
            return [] if _is_scalar(value, kind) else [f"{where} is not {kind}: {str(value)[:40]}"]
        return self._typed(value, kind, where)

    def _typed(self, value: Any, kind: str, where: str) -> list[str]:
        described = self._types[kind]
        if "subtypes" in described:
            return self._any_of(value, described["subtypes"], where)
        if not isinstance(value, dict):
            return [f"{where} is not {kind}"]
        return self._object(value, {field["name"]: field for field in described.get("fields", [])}, where)


def _is_scalar(value: Any, kind: str) -> bool:
    return isinstance(value, _SCALARS[kind]) and (kind in {"Boolean", "True"} or not isinstance(value, bool))


def _decoded(value: Any, kinds: list[str]) -> Any:
    """An argument of a form is a string; what it stands for depends on what the method expects there."""
    if not isinstance(value, str) or "String" in kinds or "InputFile" in kinds:
        return value
    try:
        return json.loads(value.lower() if kinds == ["Boolean"] else value)
    except json.JSONDecodeError:
        return value
