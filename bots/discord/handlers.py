"""What a person did on Discord, handed to the newsroom. Presses and forms come here by the action they carry."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord

from bots.discord import handlers_comments, handlers_moderation, handlers_subscription
from bots.discord.desk import Desk, Press, acknowledge
from bots.discord.texts import NO_BUTTON, NOT_COUNTED
from bots.newsroom.actions import Action, Verb, parse_action
from bots.newsroom.messages import Message, Platform, Tone
from bots.newsroom.polls.card import vote_answer
from bots.newsroom.polls.poll import Ballot, VoteOutcome, VoteResult

VOTE_FOR_S = 60.0

Handler = Callable[[Desk, Press, Action], Awaitable[None]]


async def handle(desk: Desk, press: Press) -> None:
    """A press on one of our buttons, or a form of ours that was sent in. Commands have handlers of their own."""
    data: Mapping[str, Any] = press.data or {}
    action = parse_action(str(data.get("custom_id", "")))
    if action is None or not desk.first_time(press.id):
        return
    if press.type is discord.InteractionType.modal_submit:
        await handlers_comments.received(desk, press, action, text_of(data))
    elif press.type is discord.InteractionType.component:
        await PRESSES.get(action.verb, _not_open)(desk, press, action)


async def vote(desk: Desk, press: Press, action: Action) -> None:
    if not await acknowledge(press):
        return
    polls = desk.newsroom.polls
    option = int(action.option) if action.option.isdecimal() else -1
    ballot = Ballot(action.subject, Platform.DISCORD, str(press.user.id), option, op=press.id)

    async def count() -> Message:
        result = await polls.vote(ballot)
        return _told(vote_answer(await polls.get(ballot.poll_id), result), result)

    try:
        answer = await desk.persist(count, VOTE_FOR_S)
    except Exception:  # noqa: BLE001 - whatever keeps the store from counting it, the voter must know
        answer = NOT_COUNTED
    await desk.answer(press, answer)


def _told(text: str, result: VoteResult) -> Message:
    counted = result.outcome in {VoteOutcome.COUNTED, VoteOutcome.CHANGED, VoteOutcome.SAME}
    return Message(body=text, tone=Tone.GOOD if counted else Tone.NEUTRAL)


async def _not_open(desk: Desk, press: Press, _: Action) -> None:
    """A button of an older version, or one that only another platform has."""
    if await acknowledge(press):
        await desk.answer(press, NO_BUTTON)


def text_of(data: Mapping[str, Any]) -> str:
    """What was written in the form's one field, however deep its layout puts it."""
    if "value" in data:
        return str(data["value"])
    inside = [*data.get("components", ()), *([data["component"]] if "component" in data else ())]
    return next((text for part in inside if (text := text_of(part))), "")


PRESSES: Mapping[Verb, Handler] = {
    Verb.VOTE: vote,
    Verb.COMMENT: handlers_comments.write,
    Verb.REPLY: handlers_comments.write,
    Verb.WITHDRAW: handlers_comments.withdraw,
    Verb.APPROVE: handlers_moderation.decide,
    Verb.REJECT: handlers_moderation.decide,
    Verb.REMOVE: handlers_moderation.decide,
    Verb.NEXT: handlers_moderation.next_cards,
    Verb.TOPIC: handlers_subscription.toggle,
}
