"""The REST side: takes a request apart, plays faults and limits, runs the method, words the answer as Discord does."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from bots.sandbox.discord import errors
from bots.sandbox.discord.composing import Upload
from bots.sandbox.discord.errors import ApiError
from bots.sandbox.discord.limits import Limits
from bots.sandbox.discord.rest.call import Call
from bots.sandbox.discord.rest.interactions import by_path, by_token
from bots.sandbox.discord.rest.routes import Route, find
from bots.sandbox.discord.state import ANNOUNCEMENT, Bot, Json
from bots.sandbox.discord.world import World
from bots.sandbox.faults import Fault, FaultKind, Faults, cut

KEPT_CALLS = 10_000
NOT_FOUND: Json = {"message": "404: Not Found", "code": 0}
VIA = {"Via": "1.1 sandbox"}  # without it discord.py takes a 429 for a ban by the proxy


@dataclass
class Recorded:
    """One request a bot made. `status` is 0 until it is answered, and stays 0 when the connection was cut."""

    name: str
    verb: str
    path: str
    query: dict[str, str]
    body: Any
    files: list[str] = field(default_factory=list)
    status: int = 0


class Judge(Protocol):
    """An outside judge of what goes over the wire (see checks.py)."""

    def request(self, route: Route, body: Any) -> None: ...

    def response(self, route: Route, status: int, body: Any) -> None: ...


class Api:
    def __init__(self, world: World, faults: Faults, changed: Callable[[], None], limits: Limits | None) -> None:
        self._world = world
        self._faults = faults
        self._changed = changed
        self._limits = limits
        self.judge: Judge | None = None
        self.calls: deque[Recorded] = deque(maxlen=KEPT_CALLS)
        self.unimplemented: list[str] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v10")
        found = find(request.method, path)
        if found is None:
            self.unimplemented.append(f"{request.method} {path}")
            return answer(404, NOT_FOUND)
        try:
            content = await _read(request)
        except ValueError:
            return answer(400, {"message": "The request body contains invalid JSON.", "code": 50109})
        return await self._serve(request, path, found, content)

    async def _serve(
        self, request: web.Request, path: str, found: tuple[Route, dict[str, str]], content: tuple[Any, list[Upload]]
    ) -> web.Response:
        (route, arguments), (body, files) = found, content
        recorded = Recorded(route.name, request.method, path, dict(request.query), body, [it.filename for it in files])
        self.calls.append(recorded)
        fault = self._faults.take(route.name)
        if fault is not None:
            refused = await self._faults.before_effect(fault, request, _refuse)
            if refused is not None:
                return refused
        response = self._perform(route, arguments, request, content)
        if fault is not None and fault.kind == FaultKind.CUT_AFTER:
            return cut(request)
        recorded.status = response.status
        return response

    def _perform(
        self, route: Route, path: dict[str, str], request: web.Request, content: tuple[Any, list[Upload]]
    ) -> web.Response:
        headers: dict[str, str] = {}
        try:
            bot = self._bot(route, path, request)
            headers, refusal = self._limit(route, path)
            if refusal is not None:
                return answer(429, refusal, headers | VIA | {"Retry-After": str(refusal["retry_after"])})
            if self.judge is not None:
                self.judge.request(route, content[0])
            result = route.method(Call(self._world, bot, path, request.query, *content))
        except ApiError as error:
            return answer(error.status, error.body, headers)
        if request.method != "GET":
            self._changed()
        status = route.status if result is not None else 204
        if self.judge is not None:
            self.judge.response(route, status, result)
        return answer(status, result, headers)

    def _bot(self, route: Route, path: dict[str, str], request: web.Request) -> Bot:
        """Who asks: by the Authorization header, or by the interaction whose token the path carries."""
        if route.needs_token:
            token = request.headers.get("Authorization", "").removeprefix("Bot ")
        elif "interaction_id" in path:
            token = by_path(self._world, path["interaction_id"], path["interaction_token"]).bot_token
        else:
            token = by_token(self._world, path["webhook_token"]).bot_token
        if token not in self._world.state.bots:
            raise errors.unauthorized()
        return self._world.state.bots[token]

    def _limit(self, route: Route, path: dict[str, str]) -> tuple[dict[str, str], Json | None]:
        if self._limits is None or not route.needs_token:
            return {}, None
        channel = self._world.state.channels.get(path.get("channel_id", ""))
        major = path.get("channel_id") or path.get("guild_id", "")
        announcement = channel is not None and channel.type == ANNOUNCEMENT
        verdict = self._limits.judge(route.name, major, self._world.now(), announcement=announcement)
        return verdict.headers, verdict.refusal


def answer(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    """JSON with exactly `application/json`: discord.py takes any other content type for text."""
    if status == 204:  # noqa: PLR2004 (No Content)
        return web.Response(status=status, headers=headers)
    content = json.dumps(body).encode()
    return web.Response(status=status, body=content, headers={"Content-Type": "application/json", **(headers or {})})


def _refuse(fault: Fault) -> web.Response:
    if fault.kind == FaultKind.FLOOD:
        body = {"message": "You are being rate limited.", "retry_after": fault.retry_after, "global": False}
        return answer(429, body, VIA | {"Retry-After": str(fault.retry_after), "X-RateLimit-Scope": "user"})
    return answer(fault.status, {"message": f"{fault.status}: sandbox fault", "code": 0}, VIA)


async def _read(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON body and the uploads. ValueError when the body is not JSON."""
    if request.content_type.startswith("multipart/"):
        return await _read_multipart(request)
    text = await request.text()
    return (json.loads(text) if text else {}), []


async def _read_multipart(request: web.Request) -> tuple[Any, list[Upload]]:
    body: Any = {}
    files: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=True))
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            index = int((part.name or "files[0]").removeprefix("files[").removesuffix("]"))
            files.append(Upload(index, part.filename or "file", content))
    return body, files
