"""getUpdates, answerCallbackQuery, setMessageReaction, and the webhook's settings."""

import re

from bots.sandbox.telegram import updates
from bots.sandbox.telegram.errors import bad_request
from bots.sandbox.telegram.methods.call import Answer, Call, method
from bots.sandbox.telegram.methods.places import chat_of, message_of
from bots.sandbox.telegram.world import Json

MAX_ANSWER = 200
# How long a press waits for its answer is nowhere published; after about this time clients have given up.
ANSWERABLE_FOR = 30
LONGEST_POLL = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}$")


@method("getUpdates")
async def get_updates(call: Call) -> Answer:
    if "allowed_updates" in call.arguments:
        _allow(call)
    limit = min(max(call.integer("limit", updates.MAX_BATCH), 1), updates.MAX_BATCH)
    seconds = min(max(call.integer("timeout"), 0), LONGEST_POLL)
    return await updates.next_batch(call.platform, call.bot, call.integer("offset"), limit, seconds)


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> Answer:
    query = call.platform.state.queries.get(call.text("callback_query_id"))
    open_since = call.platform.now() - ANSWERABLE_FOR
    if query is None or query.bot_id != call.bot.user_id or query.answer is not None or query.date < open_since:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(call.text("text")) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.text("url")
    if url and not url.startswith((f"https://t.me/{call.me.username}?", f"t.me/{call.me.username}?")):
        raise bad_request("URL_INVALID")
    query.answer = {"text": call.text("text"), "show_alert": call.boolean("show_alert"), "url": url}
    call.platform.touch()
    return True


@method("setMessageReaction")
def set_message_reaction(call: Call) -> Answer:
    message = message_of(call, chat_of(call), "to react")
    reactions = call.array("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions[call.bot.user_id] = reactions
    call.platform.touch()
    return True


@method("setWebhook")
def set_webhook(call: Call) -> Answer:
    """Kept but never called: the real one calls only public HTTPS addresses. getUpdates is refused meanwhile."""
    url = call.text("url")
    if not url:
        return delete_webhook(call)
    if not re.match(r"https://[^\s/:]+(:(443|80|88|8443))?(/\S*)?$", url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if call.text("secret_token") and not _SECRET.match(call.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in call.arguments:
        _allow(call)
    call.bot.webhook = {"url": url, "max_connections": call.integer("max_connections", 40)}
    _drop_if_asked(call)
    return True


@method("deleteWebhook")
def delete_webhook(call: Call) -> Answer:
    call.bot.webhook = None
    _drop_if_asked(call)
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Answer:
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(call.bot.updates)}
    allowed = {"allowed_updates": call.bot.allowed_updates} if call.bot.allowed_updates else {}
    return info | allowed | (call.bot.webhook or {})


def _allow(call: Call) -> None:
    wanted = call.array("allowed_updates") or None
    if wanted != call.bot.allowed_updates:
        call.bot.allowed_updates = wanted
        call.platform.touch()


def _drop_if_asked(call: Call) -> None:
    if call.boolean("drop_pending_updates"):
        call.bot.updates.clear()
    call.platform.touch()
