"""Embeds and components as a person sees them."""

from bots.sandbox.discord.markdown import render
from bots.sandbox.discord.state import Json
from bots.sandbox.discord.world import World

NAMES = {
    1: "row",
    2: "button",
    3: "select",
    5: "user_select",
    6: "role_select",
    7: "mentionable_select",
    8: "channel_select",
    9: "section",
    10: "text",
    11: "thumbnail",
    12: "gallery",
    13: "file",
    14: "separator",
    17: "container",
}
STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link"}


def render_embed(world: World, embed: Json) -> Json:
    """Title, description and field values may hold markdown; names, author and footer are plain."""
    author, footer = embed.get("author") or {}, embed.get("footer") or {}
    return {
        "color": f"#{embed['color']:06x}" if embed.get("color") else "",
        "author": author.get("name", ""),
        "title": render(world, embed.get("title", "")),
        "url": embed.get("url", ""),
        "description": render(world, embed.get("description", "")),
        "fields": [
            {
                "name": render(world, field["name"]),
                "value": render(world, field["value"]),
                "inline": bool(field.get("inline")),
            }
            for field in embed.get("fields") or []
        ],
        "image": (embed.get("image") or {}).get("url", ""),
        "thumbnail": (embed.get("thumbnail") or {}).get("url", ""),
        "footer": footer.get("text", ""),
        "at": embed.get("timestamp", ""),
    }


def render_component(world: World, component: Json) -> Json:
    """A tree of the same shape as Discord's, with the type by name and only what is drawn."""
    shown: Json = {"type": NAMES.get(component["type"], "unknown")}
    for key in ("label", "custom_id", "url", "placeholder", "disabled", "options", "min_values", "max_values"):
        if component.get(key) is not None:
            shown[key] = component[key]
    if component.get("emoji"):
        shown["emoji"] = component["emoji"].get("name") or ""
    if shown["type"] == "button":
        shown["style"] = STYLES.get(component["style"], "secondary")
    return shown | _content(world, component) | _children(world, component)


def _content(world: World, component: Json) -> Json:
    shown: Json = {}
    if "content" in component:
        shown["content"] = render(world, component["content"])
    if component.get("accent_color"):
        shown["color"] = f"#{component['accent_color']:06x}"
    if "media" in component:
        shown["image"] = component["media"]["url"]
    if "items" in component:
        shown["images"] = [item["media"]["url"] for item in component["items"]]
    return shown


def _children(world: World, component: Json) -> Json:
    shown: Json = {}
    if "components" in component:
        shown["components"] = [render_component(world, child) for child in component["components"]]
    if "accessory" in component:
        shown["accessory"] = render_component(world, component["accessory"])
    return shown
