"""An outside judge: what goes over the wire, against the descriptions that Discord publishes.

The descriptions are not part of this project and the library that reads them is a development tool: both are looked
for only when a folder with them is given.
"""

import importlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from bots.sandbox.discord.rest.routes import Route
from bots.sandbox.discord.state import Json

REST, GATEWAY = "urn:discord:rest", "urn:discord:gateway"
EVENTS = {
    "READY": "GatewayReadyDispatchData",
    "GUILD_CREATE": "GatewayGuildCreateDispatchData",
    "GUILD_MEMBERS_CHUNK": "GatewayGuildMembersChunkDispatchData",
    "INTERACTION_CREATE": "GatewayInteractionCreateDispatchData",
    "MESSAGE_CREATE": "GatewayMessageCreateDispatchData",
    "MESSAGE_UPDATE": "GatewayMessageUpdateDispatchData",
    "MESSAGE_DELETE": "GatewayMessageDeleteDispatchData",
    "MESSAGE_POLL_VOTE_ADD": "GatewayMessagePollVoteDispatchData",
    "MESSAGE_POLL_VOTE_REMOVE": "GatewayMessagePollVoteDispatchData",
    "THREAD_CREATE": "GatewayThreadCreateDispatchData",
}
# discord.py sends these though the description does not know them; Discord takes them.
TOLERATED = frozenset({"nsfw", "tts", "flags"})
# Here discord.py sends permission bits as text, as Discord's own documentation shows them.
NOT_JUDGED = frozenset({"set_channel_permission_overwrite"})
NUMERIC_IDS = frozenset({"roles", "users", "messages", "attachments.id"})
MAX_DETAIL = 300


class SpecJudge:
    """Appends a sentence to `violations` for a bot's wrong request, to `self_errors` for our own wrong answer."""

    def __init__(self, specs: Path, violations: list[str], self_errors: list[str]) -> None:
        self._violations = violations
        self._self_errors = self_errors
        self._rest, self._validator = _descriptions(specs)

    def request(self, route: Route, body: Any) -> None:
        operation = self._operation(route)
        if operation is None or route.name in NOT_JUDGED:
            return
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            pointer = f"{_pointer(route)}/requestBody/content/application~1json/schema"
            self._judge(self._violations, route.name, pointer, _with_text_ids(body))
            self._judge_keys(route, content["application/json"]["schema"], body)

    def response(self, route: Route, status: int, body: Any) -> None:
        operation = self._operation(route)
        if operation is None:
            return
        described = operation["responses"].get(str(status))
        if described is None:
            self._self_errors.append(f"{route.name} answered {status}, which is not described")
        elif "content" in described:
            pointer = f"{_pointer(route)}/responses/{status}/content/application~1json/schema"
            self._judge(self._self_errors, route.name, pointer, body)

    def event(self, name: str, data: Json) -> None:
        if name in EVENTS:
            errors = self._validator(f"{GATEWAY}#/definitions/{EVENTS[name]}").iter_errors(data)
            self._self_errors.extend(f"{name}: {_worst(error)}" for error in errors)

    def _operation(self, route: Route) -> Json | None:
        operation: Json | None = self._rest["paths"].get(route.path, {}).get(route.verb.lower())
        return operation

    def _judge(self, verdicts: list[str], name: str, pointer: str, body: Any) -> None:
        verdicts.extend(f"{name}: {_worst(error)}" for error in self._validator(pointer).iter_errors(body))

    def _judge_keys(self, route: Route, schema: Json, body: Any) -> None:
        """The description closes no object, so a misspelt field would pass: name the fields it does not know."""
        known = self._properties(schema)
        if isinstance(body, dict) and known:
            strange = set(body) - known - TOLERATED
            self._violations.extend(f"{route.name}: unknown field {key}" for key in sorted(strange))

    def _properties(self, schema: Json) -> set[str]:
        if "$ref" in schema:
            return self._properties(self._rest["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
        parts = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, [])]
        return set(schema.get("properties", {})).union(*(self._properties(part) for part in parts))


@cache
def _descriptions(specs: Path) -> tuple[Json, Callable[[str], Any]]:
    """The REST description, and a maker of validators for a reference into one of the two; read once a process."""
    rest: Json = json.loads((specs / "discord-openapi.json").read_text())
    events: Json = json.loads((specs / "discord-gateway-events.schema.json").read_text())
    jsonschema: Any = importlib.import_module("jsonschema")
    referencing: Any = importlib.import_module("referencing")
    drafts: Any = importlib.import_module("referencing.jsonschema")
    resources = [(REST, drafts.DRAFT202012.create_resource(rest)), (GATEWAY, drafts.DRAFT7.create_resource(events))]
    registry = referencing.Registry().with_resources(resources)
    return rest, cache(lambda ref: jsonschema.Draft202012Validator({"$ref": ref}, registry=registry))


def _pointer(route: Route) -> str:
    path = route.path.replace("~", "~0").replace("/", "~1")
    return f"{REST}#/paths/{path}/{route.verb.lower()}"


def _worst(error: Any) -> str:
    """The most telling of an error's causes: in a choice of shapes, that of the shape which was meant."""
    while error.context:
        shapes: dict[Any, list[Any]] = {}
        for cause in error.context:
            shapes.setdefault(cause.relative_schema_path[0], []).append(cause)
        error = min(shapes.values(), key=lambda causes: (any(_tells_shapes_apart(it) for it in causes), len(causes)))[0]
    where = ".".join(str(part) for part in error.absolute_path)
    return f"{where}: {error.message}"[:MAX_DETAIL]


def _tells_shapes_apart(error: Any) -> bool:
    """A wrong constant, such as `type`, means that another shape was meant."""
    return error.validator in {"const", "enum"} and len(error.absolute_path) <= len(error.parent.absolute_path) + 1


def _with_text_ids(value: Any, key: str = "") -> Any:
    """discord.py writes some ids as numbers and permissions as text; Discord takes both, against its description."""
    if key == "permissions" and isinstance(value, str) and value.isdecimal():
        return int(value)
    if isinstance(value, dict):
        return {name: _with_text_ids(it, f"{key}.id" if name == "id" else name) for name, it in value.items()}
    if isinstance(value, list):
        return [_with_text_ids(it, key) for it in value]
    is_id = key in NUMERIC_IDS or key.endswith("_id")
    return str(value) if is_id and isinstance(value, int) else value
