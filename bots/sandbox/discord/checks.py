"""An outside judge: what goes over the wire, against the descriptions that Discord publishes.

The descriptions are not part of this project and the library that reads them is a development tool: both are looked
for only when a folder with them is given.
"""

import copy
import importlib
import json
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
MAX_DETAIL = 300


class SpecJudge:
    """Appends a sentence to `violations` for a bot's wrong request, to `self_errors` for our own wrong answer."""

    def __init__(self, specs: Path, violations: list[str], self_errors: list[str]) -> None:
        self._violations = violations
        self._self_errors = self_errors
        self._rest: Json = json.loads((specs / "discord-openapi.json").read_text())
        events: Json = json.loads((specs / "discord-gateway-events.schema.json").read_text())
        self._event_names = set(events["definitions"])
        jsonschema: Any = importlib.import_module("jsonschema")
        referencing: Any = importlib.import_module("referencing")
        drafts: Any = importlib.import_module("referencing.jsonschema")
        registry = referencing.Registry().with_resources(
            [
                (REST, drafts.DRAFT202012.create_resource(self._rest)),
                (GATEWAY, drafts.DRAFT7.create_resource(events)),
            ]
        )
        self._validator = cache(lambda ref: jsonschema.Draft202012Validator({"$ref": ref}, registry=registry))

    def request(self, route: Route, body: Any) -> None:
        operation = self._operation(route)
        if operation is None:
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
        if EVENTS.get(name) in self._event_names:
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


def _pointer(route: Route) -> str:
    path = route.path.replace("~", "~0").replace("/", "~1")
    return f"{REST}#/paths/{path}/{route.verb.lower()}"


def _worst(error: Any) -> str:
    """The most telling of an error's causes: in a choice of shapes, the one that came closest."""
    while error.context:
        error = max(error.context, key=lambda cause: (len(cause.absolute_path), -len(cause.message)))
    where = ".".join(str(part) for part in error.absolute_path)
    return f"{where}: {error.message}"[:MAX_DETAIL]


def _with_text_ids(body: Any) -> Any:
    """discord.py writes some ids as numbers, which Discord takes though its description says text."""
    if not isinstance(body, dict):
        return body
    shown = copy.deepcopy(body)
    for holder in (shown, shown.get("data") or {}):
        for attachment in holder.get("attachments") or []:
            attachment["id"] = str(attachment["id"])
        reference = holder.get("message_reference") or {}
        reference.update({key: str(value) for key, value in reference.items() if key.endswith("_id")})
    if "recipient_id" in shown:
        shown["recipient_id"] = str(shown["recipient_id"])
    return shown
