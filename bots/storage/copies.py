from redis.asyncio import Redis

from bots.newsroom.delivery.posts import Sent
from bots.newsroom.messages import Destination, Platform, Room
from bots.storage.codec import Codec
from bots.storage.keys import ND, Family, key
from bots.storage.lua import Script
from bots.storage.post_scripts import place_of
from bots.storage.retention import keep_ms

SENT = Codec(Sent)


class RedisCopies:
    """Where Telegram itself copied a channel post into the discussion group: what comments on it reply to."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._keep = Script(client, "floors", "copy_keep")

    async def keep(self, channel_message_id: str, sent: Sent) -> None:
        keys = [_key(channel_message_id), key(ND, Family.FLOORS), key(ND, Family.CHATS)]
        place = place_of(Destination(Platform.TELEGRAM, Room.STORY))
        args = (SENT.dump(sent), keep_ms(Family.COPY), Platform.TELEGRAM, sent.chat, sent.message_id, place)
        await self._keep(keys, *args)

    async def of(self, channel_message_id: str) -> Sent | None:
        text = await self._client.get(_key(channel_message_id))
        return SENT.load(str(text)) if text else None


def _key(channel_message_id: str) -> str:
    return key(ND, Family.COPY, channel_message_id)
