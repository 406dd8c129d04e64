"""The control API: a page sees through people's eyes and acts with their hands. Its address holds a secret key.

GET  people                          -> {"telegram": [{"id", "name", "role", "about"}], "discord": [...]}
GET  state?telegram=&discord=&revision=   -> {"revision", "telegram": view, "discord": view}; 204 when nothing changed
POST act {platform, person, action, arguments} -> {"ok": true, "result"} or 409 {"ok": false, "reason"}
GET  stories                         -> {"world": name, "stories": {which: alert id}}
POST stories {"which", "alert"}      -> remembers that this story was published
"""

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from bots.sandbox.deeds import Deeds, NotPossible
from bots.sandbox.discord import DiscordServer
from bots.sandbox.discord.errors import ApiError
from bots.sandbox.identity import Identity
from bots.sandbox.personas import PEOPLE
from bots.sandbox.stories import Stories
from bots.sandbox.telegram import NotPossible as NotPossibleOnTelegram
from bots.sandbox.telegram import TelegramServer

LOOPBACK = "127.0.0.1"
LONGEST_WAIT_S = 25.0
"""A page asks again after this; proxies and browsers give up on a silent answer much later."""
_GATHER_S = 0.03
"""Changes come in bursts (a post, its copy, its thread): one answer tells of all of them."""
_GRACE = 0.5

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _Act(BaseModel):
    model_config = ConfigDict(extra="forbid")
    platform: str
    person: str
    action: str
    arguments: dict[str, JsonValue] = Field(default_factory=dict)


class _Story(BaseModel):
    which: str = Field(min_length=1, max_length=20)
    alert: str = Field(min_length=1, max_length=20)


class Control:
    def __init__(self, telegram: TelegramServer, discord: DiscordServer, identity: Identity, stories: Stories) -> None:
        self._telegram = telegram
        self._discord = discord
        self._identity = identity
        self._stories = stories
        self._life = secrets.token_hex(3)
        self._deeds = Deeds(telegram, discord)
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/{key}/people", self._people),
                web.get("/{key}/state", self._state),
                web.post("/{key}/act", self._act),
                web.get("/{key}/stories", self._told),
                web.post("/{key}/stories", self._tell),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GRACE)
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/{self._identity.key}"

    async def start(self, port: int) -> None:
        """Raises OSError when the port is taken."""
        if self._runner.server is None:
            await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        await self._runner.cleanup()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Whoever does not know the key learns nothing, not even which paths exist."""
        given = request.path.split("/")[1]
        if not hmac.compare_digest(given.encode(), self._identity.key.encode()):
            raise web.HTTPNotFound
        try:
            return await handler(request)
        except ValidationError as error:
            problem = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, problem["loc"])) or "body"
            return web.json_response({"ok": False, "reason": f"{where}: {problem['msg']}"}, status=400)

    async def _people(self, _request: web.Request) -> web.Response:
        shown: dict[str, list[dict[str, str]]] = {"telegram": [], "discord": []}
        for platform, people in shown.items():
            for person in PEOPLE:
                if account := getattr(person, platform):
                    entry = {"id": str(account), "name": person.name, "role": person.role, "about": person.about}
                    people.append(entry)
        return web.json_response(shown)

    async def _state(self, request: web.Request) -> web.Response:
        seen = request.query.get("revision", "")
        if seen and seen == self._revision:
            await self._change()
            if seen == self._revision:
                return web.Response(status=204)
            await asyncio.sleep(_GATHER_S)
        telegram, discord = request.query.get("telegram"), request.query.get("discord")
        try:
            views = {
                "telegram": self._telegram.view(telegram) if telegram else None,
                "discord": self._discord.view(discord) if discord else None,
            }
        except (NotPossibleOnTelegram, ApiError) as error:
            return web.json_response({"ok": False, "reason": f"{error}."}, status=400)
        return web.json_response({"revision": self._revision, **views})

    @property
    def _revision(self) -> str:
        """A server that started again counts from the beginning; the first part tells it from the one before."""
        return f"{self._life}.{self._telegram.revision}.{self._discord.revision}"

    async def _change(self) -> None:
        waits = [
            asyncio.create_task(server.wait_for_change(server.revision, LONGEST_WAIT_S))
            for server in (self._telegram, self._discord)
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _act(self, request: web.Request) -> web.Response:
        act = _Act.model_validate_json(await request.read())
        try:
            result = await self._deeds.do(act.platform, act.person, act.action, act.arguments)
        except NotPossible as refused:
            return web.json_response({"ok": False, "reason": str(refused)}, status=409)
        return web.json_response({"ok": True, "result": result})

    async def _told(self, _request: web.Request) -> web.Response:
        return web.json_response({"world": self._identity.world, "stories": self._stories.told})

    async def _tell(self, request: web.Request) -> web.Response:
        story = _Story.model_validate_json(await request.read())
        self._stories.tell(story.which, story.alert)
        return web.json_response({"ok": True})
