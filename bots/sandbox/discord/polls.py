"""Discord's own polls: opened by a message, voted on by people, closed by time or by their author."""

from datetime import datetime, timedelta

from bots.sandbox.discord import errors
from bots.sandbox.discord.snowflake import timestamp
from bots.sandbox.discord.state import Id, Json, Message

MAX_QUESTION, MAX_ANSWER, MAX_ANSWERS, MAX_HOURS, DEFAULT_HOURS = 300, 55, 10, 768, 24


def poll_from(request: Json, now: datetime) -> Json:
    """The poll of a new message. Raises 50035 for a question or answers outside Discord's limits."""
    wrong = errors.FormErrors()
    question, answers = request["question"].get("text", ""), request.get("answers", [])
    if not 1 <= len(question) <= MAX_QUESTION:
        wrong.too_long("poll.question.text", MAX_QUESTION)
    if not 1 <= len(answers) <= MAX_ANSWERS:
        wrong.too_long("poll.answers", MAX_ANSWERS)
    for at, answer in enumerate(answers):
        if len(answer["poll_media"].get("text", "")) > MAX_ANSWER:
            wrong.too_long(f"poll.answers.{at}.poll_media.text", MAX_ANSWER)
    wrong.raise_if_any()
    hours = min(request.get("duration") or DEFAULT_HOURS, MAX_HOURS)
    return {
        "question": request["question"],
        "answers": [{"answer_id": at, "poll_media": it["poll_media"]} for at, it in enumerate(answers, 1)],
        "expiry": timestamp(now + timedelta(hours=hours)),
        "allow_multiselect": bool(request.get("allow_multiselect")),
        "layout_type": request.get("layout_type") or 1,
        "results": {"is_finalized": False, "answer_counts": []},
        "voters": {},
    }


def is_open(poll: Json, now: datetime) -> bool:
    return not poll["results"]["is_finalized"] and now < datetime.fromisoformat(poll["expiry"])


def close(message: Message, now: datetime) -> None:
    """Final counts, and the closing time set to now. Raises 520001 when it is closed already."""
    if message.poll is None or not is_open(message.poll, now):
        raise errors.ApiError(400, 520001, "Poll expired")
    message.poll["expiry"] = timestamp(now)
    message.poll["results"]["is_finalized"] = True


def vote(poll: Json, user_id: Id, answer_ids: list[int]) -> None:
    """Replace this person's votes."""
    poll["voters"][user_id] = answer_ids
    votes = [answer for chosen in poll["voters"].values() for answer in chosen]
    poll["results"]["answer_counts"] = [
        {"id": it["answer_id"], "count": votes.count(it["answer_id"]), "me_voted": False} for it in poll["answers"]
    ]


def poll_json(poll: Json) -> Json:
    """Without who voted for what: that is asked for answer by answer."""
    return {key: value for key, value in poll.items() if key != "voters"}
