"""The way to the sandbox's control API, for whoever shows its people or tells them a story."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2

from config import Settings

_LONG_POLL_S = 35.0  # the sandbox answers a waiting page after 25 s at the latest
_CONNECT_S = 2.0


class SandboxAway(Exception):
    """The sandbox does not answer; it is being started again, or it ended."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the control API said. `body` is JSON, or empty."""

    status: int
    body: bytes


class SandboxClient:
    def __init__(self, client: httpx2.AsyncClient, url: str) -> None:
        self._client = client
        self._url = url

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """Raises SandboxAway."""
        return await self._ask(self._client.build_request("GET", f"{self._url}/{path}", params=query))

    async def post(self, path: str, body: bytes) -> Answer:
        """`body` is JSON. Raises SandboxAway."""
        headers = {"Content-Type": "application/json"}
        return await self._ask(self._client.build_request("POST", f"{self._url}/{path}", content=body, headers=headers))

    async def _ask(self, request: httpx2.Request) -> Answer:
        try:
            response = await self._client.send(request)
        except httpx2.HTTPError as error:
            raise SandboxAway(f"The sandbox does not answer ({type(error).__name__}); it is tried again.") from error
        return Answer(response.status_code, response.content)


@asynccontextmanager
async def open_sandbox_client(settings: Settings) -> AsyncIterator[SandboxClient | None]:
    """None outside the sandbox."""
    if settings.sandbox_url is None:
        yield None
        return
    async with httpx2.AsyncClient(timeout=httpx2.Timeout(_LONG_POLL_S, connect=_CONNECT_S), trust_env=False) as client:
        yield SandboxClient(client, settings.sandbox_url)
