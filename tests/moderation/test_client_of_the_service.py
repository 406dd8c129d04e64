import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
import uvicorn

from moderation.client import Client, Scored, ServiceError
from moderation.ports import Allowance, Suggestion
from moderation.service import Parts, create_app


class OneKey:
    async def take(self, key, questions):
        return Allowance("a", 5, 4, 60, granted=True) if key == "nd.a.b" else None


class Kept:
    def __init__(self) -> None:
        self.rows: list[Suggestion] = []

    async def keep(self, suggestion: Suggestion) -> None:
        self.rows.append(suggestion)


@asynccontextmanager
async def served(app) -> AsyncIterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, log_level="critical"))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await running


async def test_a_text_is_analysed_and_a_judgement_told_with_a_key(fixed):
    kept = Kept()
    async with served(create_app(fixed(), Parts(keys=OneKey(), labels=kept))) as url, Client(url, "nd.a.b") as service:
        scores = await service.analyze("Thank you for this \ud83d article.", ["TOXICITY", "OBSCENE"], ["en"])
        await service.suggest("You idiot", {"INSULT": 1.0}, token="c1")
    assert scores == {"TOXICITY": 0.01, "OBSCENE": 0.01}
    assert kept.rows == [Suggestion("You idiot", {"insult": 1.0}, (), "c1", "")]


async def test_any_number_of_texts_is_scored_in_order(fixed):
    scorer = fixed({"toxicity": 0.5})
    async with served(create_app(scorer)) as url, Client(f"{url}/") as service:
        rows = await service.score(["Thank you."] * 150 + [" "], "en")
    assert rows[0] == Scored("en", {"toxicity": 0.5}, "fixed", None)
    assert (len(rows), rows[-1].error) == (151, "there is no text to score")


async def test_a_refusal_carries_the_services_own_words(fixed):
    async with served(create_app(fixed(), Parts(keys=OneKey()))) as url:
        async with Client(url) as nobody:
            with pytest.raises(ServiceError, match="unregistered callers") as refused:
                await nobody.score(["a"])
        async with Client(url, "nd.a.b") as service:
            with pytest.raises(ServiceError, match="Unknown requested attribute: SPAM"):
                await service.analyze("a", ["SPAM"])
    assert (refused.value.code, refused.value.status) == (403, "PERMISSION_DENIED")


async def test_nobody_there_is_an_error_of_the_same_kind():
    async with Client("http://127.0.0.1:9") as service:
        with pytest.raises(ServiceError, match="is it running there") as problem:
            await service.analyze("a")
    assert (problem.value.code, problem.value.status) == (0, "UNAVAILABLE")
    assert isinstance(problem.value.__cause__, httpx2.HTTPError)
