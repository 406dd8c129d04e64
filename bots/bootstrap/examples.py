"""The stories that come with Newsdesk, published as `alert send` publishes any other."""

import json
from dataclasses import dataclass, replace

from bots.bootstrap.articles import read
from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.sandbox import SandboxAway, SandboxClient
from bots.newsroom.alerts.alert import AlertDraft, Importance
from bots.newsroom.alerts.article import Article
from bots.newsroom.polls.poll import PollDraft
from bots.newsroom.polls.question import default_options
from bots.newsroom.polls.service import OPEN_FOR
from config import PROJECT

_OK = 200


@dataclass(frozen=True, slots=True)
class Example:
    """`which` is the name under which the sandbox remembers it."""

    which: str
    file: str
    importance: Importance
    topic: str


FIRST = Example("first", "strike-and-sanctions.md", Importance.BREAKING, "world")
SECOND = Example("second", "river-flood.html", Importance.MAJOR, "general")


async def tell(newsroom: Newsroom, sandbox: SandboxClient, example: Example) -> str:
    """Publishes the example in this sandbox, once, however often it is called; gives the alert's id.

    Raises SandboxAway, ArticleError, and redis' errors: then call it again.
    """
    world, told = await told_in(sandbox)
    if example.which in told:
        return told[example.which]
    alert_id = await _publish(newsroom, example, op=f"sandbox-{world}-{example.which}")
    remembered = {"which": example.which, "alert": alert_id}
    await sandbox.post("stories", json.dumps(remembered).encode())
    return alert_id


async def told_in(sandbox: SandboxClient) -> tuple[str, dict[str, str]]:
    """The sandbox's name, and the alerts of the examples told there by `which`. Raises SandboxAway."""
    answer = await sandbox.get("stories")
    if answer.status != _OK:
        raise SandboxAway(f"The sandbox answered {answer.status}; run ./newsdesk up again.")
    kept = json.loads(answer.body)
    return kept["world"], kept["stories"]


async def _publish(newsroom: Newsroom, example: Example, op: str) -> str:
    article = await read(str(PROJECT / "examples" / example.file))
    poll_id = await _open_poll(newsroom, article, op)
    draft = AlertDraft(article, example.importance, example.topic)
    return (await newsroom.alerts.publish(replace(draft, poll_id=poll_id), op)).id


async def _open_poll(newsroom: Newsroom, article: Article, op: str) -> str:
    options = default_options(article.question, article.language)
    if not options:
        return ""
    return (await newsroom.polls.open(PollDraft(article.question, options, newsroom.clock() + OPEN_FOR), op)).id
