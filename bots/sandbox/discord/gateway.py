"""The gateway: websockets to the bots, their sessions, and resuming after a lost connection."""

import asyncio
import json
import secrets
import zlib
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from bots.sandbox.discord.audience import disallowed, payload_for
from bots.sandbox.discord.state import Bot, Json, Session
from bots.sandbox.discord.wire import application_flags, guild_create_json, own_user_json
from bots.sandbox.discord.world import Event, World
from bots.sandbox.faults import FaultKind, Faults

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, REQUEST_MEMBERS = 0, 1, 2, 6, 7, 8
INVALID_SESSION, HELLO, HEARTBEAT_ACK = 9, 10, 11
NOT_AUTHENTICATED, AUTHENTICATION_FAILED, ALREADY_AUTHENTICATED, DISALLOWED_INTENTS = 4003, 4004, 4005, 4014
HEARTBEAT_INTERVAL_MS = 41_250
HEARTBEAT_TRAVELS_S = 0.05
KEPT_FOR_RESUME = 200


class Connection:
    """One websocket. What is put in is sent in order, as text or through one zlib stream."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        compressed = request.query.get("compress") == "zlib-stream"
        self.socket = socket
        self.transport = request.transport
        self.session: Session | None = None
        self._compressor = zlib.compressobj() if compressed else None
        self._outgoing: asyncio.Queue[str] = asyncio.Queue()

    def put(self, frame: str) -> None:
        self._outgoing.put_nowait(frame)

    async def write(self) -> None:
        """Send until cancelled or the other side is gone."""
        while not self.socket.closed:
            text = await self._outgoing.get()
            try:
                if self._compressor is None:
                    await self.socket.send_str(text)
                else:
                    squeezed = self._compressor.compress(text.encode()) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(squeezed)
            except ConnectionError:
                return


class Gateway:
    """All connections and sessions. Sessions are part of the state; connections are not."""

    def __init__(self, world: World, faults: Faults, changed: Callable[[], None]) -> None:
        self._world = world
        self._faults = faults
        self._changed = changed
        self._connections: set[Connection] = set()
        self._held: list[tuple[Session, str, Json]] = []
        self.check: Callable[[str, Json], None] = lambda _name, _data: None

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket, request)
        self._connections.add(connection)
        connection.put(_frame(HELLO, {"heartbeat_interval": HEARTBEAT_INTERVAL_MS, "_trace": ["sandbox"]}))
        writer = asyncio.create_task(connection.write())
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    await self._receive(connection, json.loads(message.data))
        finally:
            writer.cancel()
            self._connections.discard(connection)
        return socket

    async def _receive(self, connection: Connection, frame: Json) -> None:
        op: int = frame["op"]
        data: Any = frame.get("d")
        if op == HEARTBEAT:
            # As far away as a real one: discord.py notes when it sent a heartbeat only after the send has returned, and
            # takes an answer that is there by then for one to the heartbeat before.
            asyncio.get_running_loop().call_later(HEARTBEAT_TRAVELS_S, connection.put, _frame(HEARTBEAT_ACK, None))
        elif op == IDENTIFY:
            await self._identify(connection, data)
        elif op == RESUME:
            self._resume(connection, data)
        elif connection.session is None:
            await connection.socket.close(code=NOT_AUTHENTICATED, message=b"Not authenticated.")
        elif op == REQUEST_MEMBERS:
            self._send_members(connection.session, data)

    async def _identify(self, connection: Connection, data: Json) -> None:
        bot = self._world.state.bots.get(data.get("token", "").removeprefix("Bot "))
        if bot is None:
            await connection.socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
        elif connection.session is not None:
            await connection.socket.close(code=ALREADY_AUTHENTICATED, message=b"Already authenticated.")
        elif disallowed(bot, data["intents"]):
            await connection.socket.close(code=DISALLOWED_INTENTS, message=b"Disallowed intent(s).")
        else:
            self._greet(connection, bot, data["intents"])

    def _greet(self, connection: Connection, bot: Bot, intents: int) -> None:
        self._forget_sessions_of(bot)
        session = Session(secrets.token_hex(16), bot.token, intents)
        connection.session = self._world.state.sessions[session.id] = session
        guilds = [guild for guild in self._world.state.guilds.values() if bot.user_id in guild.members]
        ready = {
            "v": 10,
            "user": own_user_json(self._world.user(bot.user_id)),
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self._world.gateway_url,
            "application": {
                "id": bot.application_id,
                "flags": application_flags(bot),
                "flags_new": str(application_flags(bot)),
            },
        }
        self._dispatch(session, "READY", ready)
        for guild in guilds:
            self._dispatch(session, "GUILD_CREATE", guild_create_json(self._world, guild, bot.user_id))
        self._changed()

    def _forget_sessions_of(self, bot: Bot) -> None:
        live = {connection.session.id for connection in self._connections if connection.session}
        sessions = self._world.state.sessions
        self._world.state.sessions = {k: s for k, s in sessions.items() if s.token != bot.token or k in live}

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self._world.state.sessions.get(data["session_id"])
        seen = data.get("seq") or 0
        known = session is not None and session.token == data["token"]
        if session is None or not known or seen < session.sequence - len(session.sent):
            connection.put(_frame(INVALID_SESSION, False))
            return
        connection.session = session
        for frame in session.sent[len(session.sent) - (session.sequence - seen) :]:
            connection.put(frame)
        self._dispatch(session, "RESUMED", {"_trace": ["sandbox"]})

    def publish(self, event: Event) -> None:
        """Send the event to every session that may hear it; those without a connection get it when they resume."""
        for session in list(self._world.state.sessions.values()):
            data = payload_for(self._world, session, event)
            if data is not None:
                self._deliver(session, event.name, data)

    def _deliver(self, session: Session, name: str, data: Json) -> None:
        late = self._faults.take_update_fault(FaultKind.OUT_OF_ORDER_UPDATES)
        if late is not None:
            self._held.append((session, name, data))
            asyncio.get_running_loop().call_later(late.seconds, self._release)
            return
        self._dispatch(session, name, data)
        if self._faults.take_update_fault(FaultKind.DUPLICATE_UPDATES):
            self._dispatch(session, name, data)
        self._release()

    def _release(self) -> None:
        held, self._held = self._held, []
        for session, name, data in reversed(held):
            self._dispatch(session, name, data)

    def _dispatch(self, session: Session, name: str, data: Json) -> None:
        self.check(name, data)
        session.sequence += 1
        frame = _frame(DISPATCH, data, session.sequence, name)
        session.sent = [*session.sent, frame][-KEPT_FOR_RESUME:]
        for connection in self._connections:
            if connection.session is session:
                connection.put(frame)

    def _send_members(self, session: Session, data: Json) -> None:
        guild = self._world.guild(str(data["guild_id"]))
        bot = self._world.state.bots[session.token]
        members = guild_create_json(self._world, guild, bot.user_id)["members"]
        wanted, prefix = {str(it) for it in data.get("user_ids") or []}, str(data.get("query") or "").lower()
        members = [it for it in members if not wanted or it["user"]["id"] in wanted]
        members = [it for it in members if it["user"]["username"].startswith(prefix)][: data.get("limit") or None]
        chunk: Json = {"guild_id": guild.id, "members": members, "chunk_index": 0, "chunk_count": 1}
        self._dispatch(session, "GUILD_MEMBERS_CHUNK", chunk | {"nonce": data.get("nonce")})

    def drop(self, *, resumable: bool) -> None:
        """Cut every connection. Without `resumable` the sessions are gone too, and what comes meanwhile is lost."""
        if not resumable:
            self._world.state.sessions.clear()
        dropped, self._connections = self._connections, set()
        for connection in dropped:
            if connection.transport is not None:
                connection.transport.abort()

    def ask_to_reconnect(self) -> None:
        for connection in self._connections:
            connection.put(_frame(RECONNECT, None))

    async def close(self) -> None:
        for connection in list(self._connections):
            await connection.socket.close(code=1001)

    @property
    def connected(self) -> set[str]:
        """The tokens of the bots that are connected and identified."""
        return {connection.session.token for connection in self._connections if connection.session}


def _frame(op: int, data: object, sequence: int | None = None, name: str | None = None) -> str:
    return json.dumps({"op": op, "d": data, "s": sequence, "t": name})
