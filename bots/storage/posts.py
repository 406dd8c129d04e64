"""What is wanted and what is known of every post."""

from collections.abc import AsyncIterator, Sequence
from typing import TypedDict

from redis.asyncio import Redis

from bots.newsroom.delivery.posts import Post, PostRecord, PostState, Sent
from bots.newsroom.messages import Destination, Message, Platform
from bots.storage.codec import Codec, from_ms, to_ms
from bots.storage.keys import ND, Family, key, tag_of
from bots.storage.lua import Script
from bots.storage.paging import members
from bots.storage.post_scripts import TAGS, PostScripts, place_of, sent_of

POST = Codec(Post)
MESSAGE = Codec(Message)
DESTINATION = Codec(Destination)


class RedisPosts:
    def __init__(self, client: Redis, scripts: PostScripts) -> None:
        self._client = client
        self._scripts = scripts
        self._note = Script(client, "floors", "floor_note")

    async def put(self, post: Post) -> None:
        """A ref keeps its destination for good; versions begin at 1."""
        tag = tag_of(post.destination)
        self._scripts.remember(post.ref, tag)
        await self._scripts.run(
            "put",
            tag,
            post.ref,
            post.version,
            int(post.message is not None),
            POST.dump(post),
            post.destination.platform,
            int(post.lane),
            DESTINATION.dump(post.destination),
            place_of(post.destination),
            post.thread_of,
            post.reply_to,
            to_ms(post.expires_at) if post.expires_at else "",
            post.group,
        )

    async def adopt(self, ref: str, destination: Destination, sent: Sent) -> None:
        tag = tag_of(destination)
        self._scripts.remember(ref, tag)
        text, place = DESTINATION.dump(destination), place_of(destination)
        await self._scripts.run("adopt", tag, ref, destination.platform, text, place, sent.chat, sent.message_id)

    async def note_message_id(self, platform: Platform, chat: str, message_id: str) -> None:
        """A message of a room was seen: every later one of ours has a higher id. Older ones change nothing."""
        await self._note([key(ND, Family.FLOORS)], f"{platform}:{chat}", message_id)

    async def record(self, ref: str) -> PostRecord | None:
        return next(iter(await self.records([ref])), None)

    async def records(self, refs: Sequence[str]) -> Sequence[PostRecord]:
        """In the order of `refs`, without those that do not exist."""
        tags = await self._scripts.tags_of(refs)
        found = [ref for ref in refs if ref in tags]
        if not found:
            return []
        async with self._client.pipeline(transaction=False) as pipeline:
            for ref in found:
                pipeline.hgetall(key(tags[ref], Family.POST, ref))
            hashes = await pipeline.execute()
        return [_record(ref, fields) for ref, fields in zip(found, hashes, strict=True) if fields]

    async def in_group(self, group: str, platform: Platform) -> AsyncIterator[str]:
        for tag in TAGS:
            async for ref in members(self._client, key(tag, Family.GROUP, platform, group)):
                self._scripts.remember(ref, tag)
                yield ref

    async def ref_of(self, platform: Platform, sent: Sent) -> str | None:
        """A chat's id does not say whose partition it is in: all are asked at once."""
        async with self._client.pipeline(transaction=False) as pipeline:
            for tag in TAGS:
                pipeline.get(key(tag, Family.SHOWN, platform, sent.chat, sent.message_id))
            return next((ref for ref in await pipeline.execute() if ref), None)

    async def parts(self, ref: str) -> Sequence[str]:
        tag = await self._scripts.tag_of(ref)
        text = await self._client.hget(key(tag, Family.POST, ref), "members") if tag else None
        return _REFS.load(str(text)) if text else ()


class _Fields(TypedDict, total=False):
    """Of a post's hash, what a record is made from; `scripts/posts.lua` describes them all."""

    destination: str
    version: str
    shown: str
    state: str
    chat: str
    message_id: str
    attempts: str
    error: str
    planned_at: str
    sent_at: str
    joined_in: str
    adopted: str


_REFS: Codec[tuple[str, ...]] = Codec(tuple[str, ...])


def _record(ref: str, fields: _Fields) -> PostRecord:
    sent_at = fields.get("sent_at")
    return PostRecord(
        ref=ref,
        destination=DESTINATION.load(fields["destination"]),
        version=int(fields["version"]),
        shown_version=int(fields.get("shown", 0)),
        state=PostState(fields["state"]),
        sent=sent_of(fields.get("chat", ""), fields.get("message_id", "")),
        attempts=int(fields.get("attempts", 0)),
        error=fields.get("error", ""),
        planned_at=from_ms(fields["planned_at"]),
        sent_at=from_ms(sent_at) if sent_at else None,
        joined_in=fields.get("joined_in", ""),
        adopted=fields.get("adopted") == "1",
    )
