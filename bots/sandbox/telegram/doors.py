"""The HTTP side of the Bot API: from a request to a call, through faults and limits, to an answer."""

import inspect
import json
from importlib import import_module
from typing import Any

from aiohttp import web

from bots.sandbox.faults import Fault, FaultKind, cut
from bots.sandbox.telegram.checks import Description
from bots.sandbox.telegram.errors import NOT_FOUND, UNAUTHORIZED, ApiError, bad_request, flood
from bots.sandbox.telegram.limits import Limits, counts
from bots.sandbox.telegram.methods.call import METHODS, Answer, Call, Upload
from bots.sandbox.telegram.platform import BotCall, Platform
from bots.sandbox.telegram.world import Bot, Json

for _area in ("sending", "editing", "deleting", "receiving", "chats", "profile", "polls", "files"):
    import_module(f"bots.sandbox.telegram.methods.{_area}")

OK = 200
# The public server answers to any spelling: getme, GETME.
_SPELLINGS = {name.lower(): name for name in METHODS}


class Doors:
    def __init__(self, platform: Platform, description: Description, limits: Limits | None) -> None:
        self._platform = platform
        self._description = description
        self._limits = limits

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """POST or GET /bot<token>/<method>."""
        bot = self._platform.bot_by_token(request.match_info["token"])
        if bot is None:
            return _refused(ApiError(UNAUTHORIZED, "Unauthorized"))
        method = _SPELLINGS.get(request.match_info["method"].lower(), request.match_info["method"])
        try:
            call = await _call(self._platform, bot, request)
        except ValueError:
            return _refused(bad_request("can't parse the request: its body is not valid JSON"))
        record = BotCall(method, _shown(call), bot.user_id, self._platform.now())
        self._platform.calls.append(record)
        return await self._through_faults(request, method, call, record)

    async def _through_faults(
        self, request: web.Request, method: str, call: Call, record: BotCall
    ) -> web.StreamResponse:
        fault = self._platform.faults.take(method)
        disturbed = await self._platform.faults.before_effect(fault, request, _worded) if fault else None
        if disturbed is not None:
            record.status = disturbed.status
            return disturbed
        response = await self._take_effect(method, call, record)
        lost = self._platform.faults.outage or (fault is not None and fault.kind == FaultKind.CUT_AFTER)
        return cut(request) if lost else response

    async def _take_effect(self, method: str, call: Call, record: BotCall) -> web.Response:
        try:
            result = await self._perform(method, call)
        except ApiError as error:
            record.status, record.answer = error.code, error.body()
            return _refused(error)
        finally:
            self._platform.commit()
        record.status, record.answer = OK, {"ok": True, "result": result}
        self._platform.self_errors += self._description.answer(method, result)
        return web.json_response(record.answer)

    async def _perform(self, method: str, call: Call) -> Answer:
        self._platform.violations += self._description.request(method, call.arguments, set(call.uploads))
        if method not in METHODS:
            self._platform.unimplemented.append(method)
            raise ApiError(NOT_FOUND, "Not Found: method not found")
        if self._limits and counts(method):
            self._limits.spend(call.bot.user_id, _target(self._platform, call), self._platform.exact_now())
        outcome = METHODS[method](call)
        return await outcome if inspect.isawaitable(outcome) else outcome


def _target(platform: Platform, call: Call) -> str:
    """The chat of a call as its id, also when it was named by its @username."""
    wanted = call.text("chat_id").lower()
    named = (chat.key for chat in platform.state.chats.values() if wanted == f"@{chat.username.lower()}")
    return next(named, wanted)


def _worded(fault: Fault) -> web.Response:
    """A fault's refusal as the Bot API words it."""
    if fault.kind == FaultKind.FLOOD:
        return _refused(flood(fault.retry_after))
    return _refused(ApiError(fault.status, _REASONS.get(fault.status, "Internal Server Error")))


_REASONS = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def _refused(error: ApiError) -> web.Response:
    return web.json_response(error.body(), status=error.code)


async def _call(platform: Platform, bot: Bot, request: web.Request) -> Call:
    arguments: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        arguments |= json.loads(await request.text() or "{}")
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            _enter(name, value, arguments, uploads)
    return Call(platform, bot, arguments, uploads)


def _enter(
    name: str, value: str | bytearray | bytes | web.FileField, arguments: Json, uploads: dict[str, Upload]
) -> None:
    if isinstance(value, web.FileField):
        uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
    else:
        arguments[name] = value if isinstance(value, str) else bytes(value).decode()


def _shown(call: Call) -> Json:
    """The arguments for the record, JSON decoded where they are JSON."""
    return {name: _readable(value) for name, value in call.arguments.items()} | {
        name: f"<{len(upload.content)} bytes>" for name, upload in call.uploads.items()
    }


def _readable(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value
