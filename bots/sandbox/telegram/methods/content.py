"""What a message is made of, out of a call's arguments: text with entities, buttons, what it replies to."""

import re
from collections.abc import Callable

from bots.sandbox.telegram.errors import ApiError, bad_request
from bots.sandbox.telegram.markup.detect import with_detected
from bots.sandbox.telegram.markup.formatted import Formatted, trimmed, units
from bots.sandbox.telegram.markup.html import parse_html
from bots.sandbox.telegram.markup.markdown import parse_markdown
from bots.sandbox.telegram.methods.call import Call
from bots.sandbox.telegram.posting import thread_of
from bots.sandbox.telegram.world import Chat, ChatKind, Json, Message

# After entities are parsed. Telegram does not say in which unit; UTF-16 is the strictest that fits its other offsets.
MAX_TEXT, MAX_CAPTION = 4096, 1024
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
_PARSERS = {"html": parse_html, "markdownv2": parse_markdown}
_BUTTON_ACTIONS = frozenset(
    [
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    ]
)
_WEB_ADDRESS = re.compile(r"(https?|tg|ton)://[^\s]+$|[\w-]+(\.[\w-]+)+(/\S*)?$", re.IGNORECASE)


def text_of(call: Call) -> Formatted:
    formatted = formatted_of(call, "text", "entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    if units(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return formatted


def caption_of(call: Call) -> Formatted:
    formatted = formatted_of(call, "caption", "caption_entities")
    if units(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def formatted_of(call: Call, name: str, entities: str) -> Formatted:
    """Parse by parse_mode or take the entities given; then find links, mentions and commands as Telegram does."""
    mode, source = call.text("parse_mode").lower(), call.text(name)
    if mode:
        return with_detected(trimmed(_parser(call, mode)(source)))
    return with_detected(trimmed(Formatted(source, list(call.array(entities) or []))))


def _parser(call: Call, mode: str) -> Callable[[str], Formatted]:
    if mode not in _PARSERS:
        call.platform.unimplemented.append(f"parse_mode={mode}")
        raise bad_request(f"unsupported parse_mode: {mode}")
    return _PARSERS[mode]


def markup_of(call: Call) -> tuple[list[list[Json]], Json | None]:
    """The inline keyboard, and the interface (reply keyboard, force reply) when it is one of those."""
    markup = call.mapping("reply_markup")
    if not markup:
        return [], None
    if "inline_keyboard" not in markup:
        return [], markup
    rows = [[_button(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return rows, None


def _button(button: Json) -> Json:
    if not str(button.get("text", "")).strip():
        raise _invalid_button('Field "text" must be of type String and not empty')
    if len(_BUTTON_ACTIONS & button.keys()) != 1:
        raise _invalid_button("Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not _WEB_ADDRESS.match(button["url"]):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return button


def _invalid_button(why: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {why}")


def draft_of(call: Call, place: Chat, formatted: Formatted, kind: str = "text") -> Message:
    """The message a send call asks for, still without id and date."""
    keyboard, interface = markup_of(call)
    if interface and place.kind == ChatKind.CHANNEL:
        raise bad_request("inline keyboard expected")
    reply_to = _reply_of(call, place)
    channel = place.id if place.kind == ChatKind.CHANNEL else None
    return Message(
        id=0,
        date=0,
        kind=kind,
        sender_id=call.bot.user_id,
        sender_chat_id=channel,
        text=formatted.text,
        entities=formatted.entities,
        reply_to=reply_to,
        quote=_quote_of(call, place, reply_to),
        thread_id=thread_of(place, reply_to) or _thread_of_call(call, place),
        keyboard=keyboard,
        reply_interface=interface,
        link_preview_options=call.mapping("link_preview_options"),
        protected=call.boolean("protect_content"),
        silent=call.boolean("disable_notification"),
    )


def _thread_of_call(call: Call, place: Chat) -> int | None:
    thread = call.integer("message_thread_id")
    if thread and thread not in place.messages:
        raise bad_request("message thread not found")
    return thread or None


def _reply_of(call: Call, place: Chat) -> int | None:
    asked = call.mapping("reply_parameters") or {}
    wanted = asked.get("message_id") or call.integer("reply_to_message_id")
    if not wanted:
        return None
    if int(wanted) in place.messages:
        return int(wanted)
    if asked.get("allow_sending_without_reply") or call.boolean("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _quote_of(call: Call, place: Chat, reply_to: int | None) -> Json | None:
    quote = (call.mapping("reply_parameters") or {}).get("quote")
    if not quote or reply_to is None:
        return None
    replied = place.messages[reply_to].text
    if quote not in replied:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"text": quote, "position": units(replied[: replied.index(quote)]), "is_manual": True}
