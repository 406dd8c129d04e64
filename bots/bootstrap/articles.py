"""Reads an article for a command or a button, over the bootstrap's own HTTP client."""

import httpx2

from bots.feeds import Fetcher, read_article
from bots.newsroom.alerts.article import Article


async def read(source: str, headline: str = "") -> Article:
    """The article in a file or at a public address. Raises bots.feeds.ArticleError, which says what to do next."""
    async with httpx2.AsyncClient(follow_redirects=False) as client:
        return await read_article(source, Fetcher(client), headline=headline)
