from redis.asyncio import Redis

from bots.newsroom.stories import Story
from bots.storage.keys import ND, Family, key
from bots.storage.lua import fields_of


class RedisStories:
    """The stories; an alert makes its own."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def get(self, story_id: str) -> Story | None:
        fields = await fields_of(self._client, key(ND, Family.STORY, story_id))
        return Story(story_id, fields["headline"], fields["topic"]) if fields else None
