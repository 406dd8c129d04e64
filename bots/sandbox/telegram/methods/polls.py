"""sendPoll and stopPoll: Telegram's own polls, in their simple form."""

from bots.sandbox.telegram import wire
from bots.sandbox.telegram.errors import bad_request
from bots.sandbox.telegram.markup.formatted import Formatted
from bots.sandbox.telegram.methods.call import Answer, Call, method
from bots.sandbox.telegram.methods.content import draft_of, markup_of
from bots.sandbox.telegram.methods.places import chat_of, message_of, writable_chat
from bots.sandbox.telegram.posting import post
from bots.sandbox.telegram.world import Json

MAX_QUESTION, MAX_OPTION = 300, 100
FEWEST_OPTIONS, MOST_OPTIONS = 1, 12


@method("sendPoll")
def send_poll(call: Call) -> Answer:
    place = writable_chat(call, "poll")
    draft = draft_of(call, place, Formatted(), "poll")
    draft.content = {"poll": _poll(call)}
    return wire.message(call.platform.state, place, post(call.platform, place, draft))


@method("stopPoll")
def stop_poll(call: Call) -> Answer:
    message = message_of(call, chat_of(call), "with poll to stop")
    if message.kind != "poll" or message.sender_id != call.bot.user_id:
        raise bad_request("poll can't be stopped")
    poll: Json = message.content["poll"]
    if poll["is_closed"]:
        raise bad_request("poll has already been closed")
    poll["is_closed"] = True
    message.keyboard, _ = markup_of(call)
    call.platform.touch()
    return poll


def _poll(call: Call) -> Json:
    if not 1 <= len(call.text("question")) <= MAX_QUESTION:
        raise bad_request("poll question must be non-empty and at most 300 characters long")
    anonymous = call.boolean("is_anonymous") if "is_anonymous" in call.arguments else True
    return {
        "id": call.platform.fresh_id("57000000000"),
        "question": call.text("question"),
        "options": _options(call),
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": anonymous,
        "type": call.text("type") or "regular",
        "allows_multiple_answers": call.boolean("allows_multiple_answers"),
        "allows_revoting": call.boolean("allows_revoting"),
        "members_only": call.boolean("members_only"),
    }


def _options(call: Call) -> list[Json]:
    texts = [str(option.get("text", "")).strip() for option in call.array("options") or []]
    if not FEWEST_OPTIONS <= len(texts) <= MOST_OPTIONS:
        raise bad_request("poll must have from 1 to 12 options")
    if any(not 1 <= len(text) <= MAX_OPTION for text in texts):
        raise bad_request("poll options must be non-empty and at most 100 characters long")
    return [{"persistent_id": str(number), "text": text, "voter_count": 0} for number, text in enumerate(texts)]
