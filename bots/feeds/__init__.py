"""From a source's format (an article's file, a web page) to the newsroom's Article."""

from bots.feeds.errors import ArticleError
from bots.feeds.fetch import Fetcher
from bots.feeds.markdown import parse_markdown
from bots.feeds.page import parse_html
from bots.feeds.plain import parse_text
from bots.feeds.read import read_article

__all__ = ["ArticleError", "Fetcher", "parse_html", "parse_markdown", "parse_text", "read_article"]
