import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from moderation.service import create_app

Ask = Callable[..., Awaitable[httpx2.Response]]


def client_of(app: Starlette) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://service")


@pytest.fixture
def client() -> Callable[[Starlette], httpx2.AsyncClient]:
    return client_of


@pytest.fixture
def ask(fixed: Callable[[], Any]) -> Ask:
    """Posts a question to the service, whose scorer is given or gives every text the same scores."""

    async def post(text: Any = "This is a good article.", *, scorer: Any = None, **fields: Any) -> httpx2.Response:
        question = {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}} | fields
        async with client_of(create_app(scorer or fixed())) as client:
            return await client.post("/v1alpha1/comments:analyze", content=json.dumps(question))

    return post
