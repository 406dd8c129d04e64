"""Who may come in: this machine's own pages. Every answer says what its page may load, and that is only our own."""

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_READING = frozenset({"GET", "HEAD"})
_FORBIDDEN = 403
_MARK = ("x-newsdesk", "page")
"""A header that no foreign page can send without asking first, and nobody answers that question."""

_CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Doors:
    """ASGI middleware. Foreign names for this machine are refused: a page elsewhere could point its name here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        reason = _why_not(scope["method"], Headers(scope=scope))
        answer = JSONResponse({"ok": False, "reason": reason}, status_code=_FORBIDDEN) if reason else self._app

        async def send_with_headers(message: Message) -> None:
            _add_headers(message)
            await send(message)

        await answer(scope, receive, send_with_headers)


def _why_not(method: str, headers: Headers) -> str:
    """Why this request is not answered; empty when it is."""
    host = headers.get("host", "")
    if urlsplit(f"//{host}").hostname not in _LOOPBACK:
        return "This page answers only to this machine's own addresses, such as 127.0.0.1."
    followed = method in _READING and headers.get("sec-fetch-mode") == "navigate"  # a link to here, from anywhere
    foreign = not followed and headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
    if foreign or headers.get("origin", f"http://{host}") != f"http://{host}":
        return "This request comes from another page."
    if method not in _READING and headers.get(_MARK[0]) != _MARK[1]:
        return "A request that changes something carries the header X-Newsdesk: page."
    return ""


def _add_headers(message: MutableMapping[str, Any]) -> None:
    if message["type"] == "http.response.start":
        headers = MutableHeaders(scope=message)
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
