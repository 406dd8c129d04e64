"""Discord's markdown as a small safe tree: what the app would show, never HTML.

A node is {"type", "text"} and, where it applies, "url" and "children" (the nodes inside; `text` is then what they say
together). Types: text, bold, italic, underline, strike, spoiler, code, pre, quote, heading, small, bullet, link,
mention, role, channel, time, emoji.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from bots.sandbox.discord.state import Json
from bots.sandbox.discord.world import World

Nodes = list[Json]

INLINE = re.compile(
    r"""
    (?P<escape>\\[^0-9A-Za-z\s])
    | (?P<pre>```(?:\w*\n)?(?P<pre_text>.+?)```)
    | (?P<code>(?P<ticks>`{1,2})(?P<code_text>.+?)(?P=ticks))
    | \[(?P<label>(?:\\.|[^\]\\\n])+)\]\(<?(?P<target>https?://(?:\([^\s<>()]*\)|[^\s<>()])+)>?\)
    | <(?P<quiet_url>https?://[^\s<>]+)>
    | (?P<url>https?://[^\s<>]+[^\s<>.,:;"')\]*_~|])
    | <@!?(?P<user>\d+)> | <@&(?P<role>\d+)> | <\#(?P<channel>\d+)>
    | <t:(?P<time>-?\d{1,12})(?::(?P<style>[tTdDfFR]))?>
    | <a?:(?P<emoji>\w+):\d+>
    | (?P<everyone>@everyone|@here)
    | \*\*(?P<bold>(?:\\.|[^\\])+?)\*\*(?!\*)
    | __(?P<underline>(?:\\.|[^\\])+?)__(?!_)
    | ~~(?P<strike>(?:\\.|[^\\])+?)~~
    | \|\|(?P<spoiler>(?:\\.|[^\\])+?)\|\|
    | \*(?P<star>(?![\s*])(?:\\.|\*\*|[^\\*])+?)(?<!\s)\*(?!\*)
    | (?<![A-Za-z0-9])_(?P<under>(?:\\.|__|[^\\_])+?)_(?![A-Za-z0-9_])
    """,
    re.VERBOSE | re.DOTALL,
)
LINE = re.compile(r"(?:(?P<heading>\#{1,3})\ |(?P<small>-\#)\ |(?P<quote>>)\ |(?P<bullet>\s*[-*])\ )(?P<rest>.+)")
NESTING = {"bold": "bold", "underline": "underline", "strike": "strike", "spoiler": "spoiler"}
NESTING |= {"star": "italic", "under": "italic"}
MAX_DEPTH = 8


def render(world: World, text: str) -> Nodes:
    """Block by block: headings, quotes, small print and bullets are lines; the rest is running text."""
    nodes: Nodes = []
    plain: list[str] = []
    for part in re.split(r"(```.+?```)", text, flags=re.DOTALL):
        if part.startswith("```"):
            plain.append(part)
            continue
        for line in part.splitlines(keepends=True):
            block = LINE.fullmatch(line.rstrip("\n"))
            if block is None:
                plain.append(line)
                continue
            nodes += _flush(world, plain)
            nodes.append(_block(world, block))
    return nodes + _flush(world, plain)


def _flush(world: World, plain: list[str]) -> Nodes:
    text = "".join(plain)
    plain.clear()
    return inline(world, text)


def _block(world: World, block: re.Match[str]) -> Json:
    kind = next(name for name in ("heading", "small", "quote", "bullet") if block[name])
    node = _nest(kind, inline(world, block["rest"]))
    return node | {"level": len(block["heading"])} if kind == "heading" else node


def inline(world: World, text: str, depth: int = 0) -> Nodes:
    nodes: Nodes = []
    at = 0
    for match in INLINE.finditer(text):
        _add_text(nodes, text[at : match.start()])
        node = _node(world, match, depth)
        if node["type"] == "text":
            _add_text(nodes, node["text"])
        else:
            nodes.append(node)
        at = match.end()
    _add_text(nodes, text[at:])
    return nodes


def _add_text(nodes: Nodes, text: str) -> None:
    if text and nodes and nodes[-1]["type"] == "text":
        nodes[-1]["text"] += text
    elif text:
        nodes.append({"type": "text", "text": text})


def _node(world: World, match: re.Match[str], depth: int) -> Json:
    for name, kind in NESTING.items():
        if match[name] is not None:
            deeper = inline(world, match[name], depth + 1) if depth < MAX_DEPTH else [_text(match[name])]
            return _nest(kind, deeper)
    for name, make in LEAVES.items():
        if match[name] is not None:
            return make(world, match)
    return _text(match[0].removeprefix("\\"))


def _nest(kind: str, children: Nodes) -> Json:
    return {"type": kind, "text": "".join(child["text"] for child in children), "children": children}


def _text(text: str) -> Json:
    return {"type": "text", "text": text}


def _named_link(world: World, match: re.Match[str]) -> Json:
    return _nest("link", inline(world, match["label"], MAX_DEPTH)) | {"url": match["target"]}


def _user(world: World, match: re.Match[str]) -> Json:
    user = world.state.users.get(match["user"])
    return {"type": "mention", "text": f"@{user.display_name if user else 'unknown-user'}"}


def _role(world: World, match: re.Match[str]) -> Json:
    roles = {key: role for guild in world.state.guilds.values() for key, role in guild.roles.items()}
    role = roles.get(match["role"])
    color = f"#{role.color:06x}" if role and role.color else ""
    return {"type": "role", "text": f"@{role.name if role else 'deleted-role'}", "color": color}


def _channel(world: World, match: re.Match[str]) -> Json:
    channel = world.state.channels.get(match["channel"])
    return {"type": "channel", "text": f"#{channel.name if channel else 'unknown'}", "id": match["channel"]}


def _time(world: World, match: re.Match[str]) -> Json:
    try:
        moment = datetime.fromtimestamp(int(match["time"]), UTC)
    except (OverflowError, ValueError):
        return _text(match[0])
    style = match["style"] or "f"
    text = relative(moment, world.now()) if style == "R" else moment.strftime(FORMATS[style])
    return {"type": "time", "text": text, "at": moment.isoformat(), "style": style}


FORMATS = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%d/%m/%Y",
    "D": "%d %B %Y",
    "f": "%d %B %Y %H:%M",
    "F": "%A, %d %B %Y %H:%M",
}
STEPS = ((31_536_000, "year"), (2_592_000, "month"), (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def relative(moment: datetime, now: datetime) -> str:
    """As Discord words <t:...:R>: "in 5 minutes", "2 days ago"."""
    seconds = int((moment - now).total_seconds())
    size, unit = next(((size, unit) for size, unit in STEPS if abs(seconds) >= size), (1, "second"))
    count = abs(seconds) // size
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {words}" if seconds > 0 else f"{words} ago"


LEAVES: dict[str, Callable[[World, re.Match[str]], Json]] = {
    "pre": lambda _world, match: {"type": "pre", "text": match["pre_text"]},
    "code": lambda _world, match: {"type": "code", "text": match["code_text"]},
    "target": _named_link,
    "quiet_url": lambda _world, match: {"type": "link", "text": match["quiet_url"], "url": match["quiet_url"]},
    "url": lambda _world, match: {"type": "link", "text": match["url"], "url": match["url"]},
    "user": _user,
    "role": _role,
    "channel": _channel,
    "time": _time,
    "emoji": lambda _world, match: {"type": "emoji", "text": f":{match['emoji']}:"},
    "everyone": lambda _world, match: {"type": "mention", "text": match["everyone"]},
}
