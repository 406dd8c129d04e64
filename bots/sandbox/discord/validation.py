"""Discord's limits on what a bot may write. Wrong fields are named by path, as in a real 50035."""

from collections.abc import Callable
from typing import Any

from bots.sandbox.discord.errors import FormErrors
from bots.sandbox.discord.state import COMPONENTS_V2, Json
from bots.sandbox.discord.wire_messages import walk

MAX_CONTENT, MAX_EMBEDS, MAX_EMBED_TOTAL, MAX_ROWS, MAX_V2_COMPONENTS, MAX_NONCE = 2000, 10, 6000, 5, 40, 25
MAX_V2_TEXT = 4000
EMBED_LIMITS = {"title": 256, "description": 4096}
ROW, BUTTON, SELECT, TEXT_INPUT, LABEL = 1, 2, 3, 4, 18
SELECTS = frozenset({3, 5, 6, 7, 8})
LINK_STYLE = 5
REQUIRED, IN_ROW = "BASE_TYPE_REQUIRED", 5


def check_message(body: Json) -> None:
    """Raises the 50035 of a message body: content, embeds, components, nonce."""
    wrong = FormErrors()
    if len(body.get("content") or "") > MAX_CONTENT:
        wrong.too_long("content", MAX_CONTENT)
    if len(str(body.get("nonce") or "")) > MAX_NONCE:
        wrong.too_long("nonce", MAX_NONCE)
    _check_embeds(body.get("embeds") or [], wrong)
    check_components(body.get("components") or [], wrong, v2=bool((body.get("flags") or 0) & COMPONENTS_V2))
    if (body.get("flags") or 0) & COMPONENTS_V2:
        _check_v2_alone(body, wrong)
    wrong.raise_if_any()


def _check_v2_alone(body: Json, wrong: FormErrors) -> None:
    for key in ("content", "embeds", "poll"):
        if body.get(key):
            message = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            wrong.add(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)
    texts = [component.get("content") or "" for component in walk(body.get("components") or [])]
    if sum(map(len, texts)) > MAX_V2_TEXT:
        wrong.too_long("components", MAX_V2_TEXT)


def _check_embeds(embeds: list[Json], wrong: FormErrors) -> None:
    if len(embeds) > MAX_EMBEDS:
        wrong.add("embeds", "BASE_TYPE_MAX_LENGTH", f"Must be {MAX_EMBEDS} or fewer in length.")
    for at, embed in enumerate(embeds):
        _check_embed(f"embeds.{at}", embed, wrong)
    if sum(_embed_size(embed) for embed in embeds) > MAX_EMBED_TOTAL:
        message = f"Embed size exceeds maximum size of {MAX_EMBED_TOTAL}"
        wrong.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", message)


def _check_embed(path: str, embed: Json, wrong: FormErrors) -> None:
    for key, limit in EMBED_LIMITS.items():
        _check_text(f"{path}.{key}", embed.get(key), limit, wrong)
    _check_text(f"{path}.footer.text", (embed.get("footer") or {}).get("text"), 2048, wrong)
    _check_text(f"{path}.author.name", (embed.get("author") or {}).get("name"), 256, wrong)
    fields = embed.get("fields") or []
    if len(fields) > 25:  # noqa: PLR2004 (the one place where it stands)
        wrong.too_long(f"{path}.fields", 25)
    for at, field in enumerate(fields):
        _check_text(f"{path}.fields.{at}.name", field.get("name") or "", 256, wrong, required=True)
        _check_text(f"{path}.fields.{at}.value", field.get("value") or "", 1024, wrong, required=True)
    for path_, url in _embed_urls(path, embed):
        if url and not url.startswith(("http://", "https://", "attachment://")):
            message = f"Scheme \"{url.partition(':')[0]}\" is not supported. Scheme must be one of ('http', 'https')."
            wrong.add(path_, "URL_TYPE_INVALID_SCHEME", message)


def _embed_urls(path: str, embed: Json) -> list[tuple[str, str | None]]:
    images = [(f"{path}.{key}.url", (embed.get(key) or {}).get("url")) for key in ("image", "thumbnail")]
    return [(f"{path}.url", embed.get("url")), *images]


def _embed_size(embed: Json) -> int:
    named = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    named.append((embed.get("author") or {}).get("name"))
    for field in embed.get("fields") or []:
        named += [field.get("name"), field.get("value")]
    return sum(len(text or "") for text in named)


def _check_text(path: str, text: str | None, limit: int, wrong: FormErrors, *, required: bool = False) -> None:
    if required and not text:
        wrong.add(path, REQUIRED, "This field is required")
    if text is not None and len(text) > limit:
        wrong.too_long(path, limit)


def check_components(components: list[Json], wrong: FormErrors, *, v2: bool) -> None:
    """Buttons, selects and their rows; with `v2` the total of all components counts instead of the rows."""
    limit = MAX_V2_COMPONENTS if v2 else MAX_ROWS
    if (len(walk(components)) if v2 else len(components)) > limit:
        wrong.too_long("components", limit)
    for at, component in enumerate(components):
        _check_component(f"components.{at}", component, wrong, v2=v2)
    _check_unique(components, wrong)


def _check_component(path: str, component: Json, wrong: FormErrors, *, v2: bool) -> None:
    if not v2 and path.count(".") == 1 and component.get("type") != ROW:
        wrong.add(f"{path}.type", "BASE_TYPE_CHOICES", "Value must be one of (1,).")
    children = component.get("components", [])
    if component.get("type") == ROW and not 1 <= len(children) <= IN_ROW:
        wrong.add(f"{path}.components", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {IN_ROW} in length.")
    check = CHECKS.get(component.get("type", 0))
    if check:
        check(path, component, wrong)
    for at, child in enumerate(children):
        _check_component(f"{path}.components.{at}", child, wrong, v2=v2)


def _check_button(path: str, button: Json, wrong: FormErrors) -> None:
    _check_text(f"{path}.label", button.get("label"), 80, wrong)
    if not button.get("label") and not button.get("emoji"):
        wrong.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or an emoji is required")
    if button.get("style") == LINK_STYLE:
        _check_text(f"{path}.url", button.get("url") or "", 512, wrong, required=True)
    else:
        _check_text(f"{path}.custom_id", button.get("custom_id") or "", 100, wrong, required=True)


def _check_select(path: str, select: Json, wrong: FormErrors) -> None:
    _check_text(f"{path}.custom_id", select.get("custom_id") or "", 100, wrong, required=True)
    _check_text(f"{path}.placeholder", select.get("placeholder"), 150, wrong)
    options = select.get("options") or []
    if select.get("type") == SELECT and not 1 <= len(options) <= 25:  # noqa: PLR2004
        wrong.add(f"{path}.options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    for at, option in enumerate(options):
        _check_text(f"{path}.options.{at}.label", option.get("label") or "", 100, wrong, required=True)
        _check_text(f"{path}.options.{at}.value", option.get("value") or "", 100, wrong, required=True)


def _check_input(path: str, text_input: Json, wrong: FormErrors) -> None:
    _check_text(f"{path}.custom_id", text_input.get("custom_id") or "", 100, wrong, required=True)
    _check_text(f"{path}.label", text_input.get("label"), 45, wrong)
    _check_text(f"{path}.placeholder", text_input.get("placeholder"), 100, wrong)
    _check_text(f"{path}.value", text_input.get("value"), 4000, wrong)


def _check_label(path: str, label: Json, wrong: FormErrors) -> None:
    _check_text(f"{path}.label", label.get("label") or "", 45, wrong, required=True)
    _check_text(f"{path}.description", label.get("description"), 100, wrong)
    _check_component(f"{path}.component", label.get("component") or {}, wrong, v2=True)


Check = Callable[[str, Json, FormErrors], None]
CHECKS: dict[Any, Check] = {
    BUTTON: _check_button,
    **dict.fromkeys(SELECTS, _check_select),
    TEXT_INPUT: _check_input,
    LABEL: _check_label,
}


def _check_unique(components: list[Json], wrong: FormErrors) -> None:
    ids = [component["custom_id"] for component in walk(components) if component.get("custom_id")]
    if len(ids) != len(set(ids)):
        wrong.add("components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")


def check_modal(modal: Json) -> None:
    """Raises the 50035 of a form: title, and 1 to 5 labelled inputs."""
    wrong = FormErrors()
    _check_text("data.title", modal.get("title") or "", 45, wrong, required=True)
    _check_text("data.custom_id", modal.get("custom_id") or "", 100, wrong, required=True)
    components = modal.get("components") or []
    if not 1 <= len(components) <= MAX_ROWS:
        wrong.add("data.components", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {MAX_ROWS} in length.")
    for at, component in enumerate(components):
        _check_component(f"data.components.{at}", component, wrong, v2=True)
    wrong.raise_if_any()
