"""What a person can press, pick, submit and command, and what they see come of it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bots.sandbox.discord.actions import Actions
from bots.sandbox.discord.errors import NotPossible
from bots.sandbox.discord.forms import (
    SELECTS_OF,
    STRING_SELECT,
    command_data,
    filled_in,
    option_values,
    resolved,
    typing_data,
)
from bots.sandbox.discord.interactions import (
    ANSWER_WITHIN,
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    begin,
)
from bots.sandbox.discord.permissions import USE_APPLICATION_COMMANDS, base_permissions, needed_to_send
from bots.sandbox.discord.setup import AnyId
from bots.sandbox.discord.state import Bot, Channel, Json, Message, Modal
from bots.sandbox.discord.view import render_message, render_modal
from bots.sandbox.discord.wire_messages import message_json, walk

BUTTON, LINK_STYLE = 2, 5
CHAT_COMMAND, MESSAGE_COMMAND = 1, 3
NO_ANSWER = "This interaction failed"
KEPT_NOTICES = 5


@dataclass(frozen=True)
class Outcome:
    """What a person sees after a press.

    `kind`: "message" (a new one for all), "ephemeral" (a new one for this person), "thinking" (the bot will say
    more), "update" (the message changed), "nothing" (acknowledged, no visible change), "modal" (a form opened),
    "choices" (suggestions while typing a command), "link" (`text` is the address), "failed" (no answer in time).
    `message` and `modal` are as in `view`.
    """

    kind: str
    text: str = ""
    message: Json | None = None
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)


class Presses(Actions):
    """People's presses. Each raises NotPossible for what is not there to be pressed."""

    async def click(self, user: AnyId, message_id: AnyId, button: str) -> Outcome:
        """Press a button by its label or custom_id."""
        message = self.visible(user, message_id)
        found = _component(message, button, {BUTTON})
        if found.get("style") == LINK_STYLE:
            return Outcome("link", found["url"])
        return await self._use(user, message, found, {})

    async def select(self, user: AnyId, message_id: AnyId, menu: str, values: list[str]) -> Outcome:
        """Pick in a select menu (by custom_id or placeholder); options by label or value, people and roles by id."""
        message = self.visible(user, message_id)
        found = _component(message, menu, {STRING_SELECT, *SELECTS_OF})
        chosen = option_values(found, [str(value) for value in values])
        _check_chosen(found, chosen)
        data: Json = {"values": chosen}
        if found["type"] in SELECTS_OF:
            picked = [(SELECTS_OF[found["type"]], value) for value in chosen]
            data["resolved"] = resolved(self.world, self.world.channel(message.channel_id), picked)
        return await self._use(user, message, found, data)

    async def _use(self, user: AnyId, message: Message, component: Json, more: Json) -> Outcome:
        bot = self.world.bot_of(message.author_id)
        if component.get("disabled") or bot is None:
            raise NotPossible("This control is switched off.")
        data = {"custom_id": component["custom_id"], "component_type": component["type"]} | more
        channel = self.world.channel(message.channel_id)
        return await self._interact(bot, (str(user), channel), (COMPONENT, data), message)

    async def submit_modal(self, user: AnyId, modal_id: AnyId, values: dict[str, Any]) -> Outcome:
        """Send the open form, values by label or custom_id. It stays open when the bot does not answer."""
        modal = self._open_modal(user, modal_id)
        data: Json = {"custom_id": modal.custom_id, "components": filled_in(modal, values)}
        bot, channel = self.world.state.bots[modal.bot_token], self.world.channel(modal.channel_id)
        message = self.world.messages(channel.id).get(modal.message_id or "")
        outcome = await self._interact(bot, (str(user), channel), (MODAL_SUBMIT, data), message, opened_by=modal.id)
        if outcome.kind != "failed":
            self.world.state.modals.pop(modal.id, None)
            self.changed()
        return outcome

    async def close_modal(self, user: AnyId, modal_id: AnyId) -> None:
        del self.world.state.modals[self._open_modal(user, modal_id).id]
        self.changed()

    def _open_modal(self, user: AnyId, modal_id: AnyId) -> Modal:
        modal = self.world.state.modals.get(str(modal_id))
        if modal is None or modal.user_id != str(user):
            raise NotPossible("This form is not open for this person.")
        return modal

    async def slash(self, user: AnyId, channel: AnyId, name: str, options: dict[str, Any] | None = None) -> Outcome:
        """Run a registered command; subcommands with a space: "alert send". Options by name, people and roles by id."""
        place = self.place(user, channel)
        first, *path = _parts(name)
        bot, command = self._command(user, place, first, CHAT_COMMAND)
        data = command_data(self.world, place, command, path, options or {})
        return await self._interact(bot, (str(user), place), (COMMAND, data), None)

    async def autocomplete(self, user: AnyId, channel: AnyId, name: str, option: str, typed: str) -> Outcome:
        """Ask the bot for suggestions while typing one option of a command."""
        place = self.place(user, channel)
        first, *path = _parts(name)
        bot, command = self._command(user, place, first, CHAT_COMMAND)
        data = typing_data(command, path, option, typed)
        return await self._interact(bot, (str(user), place), (AUTOCOMPLETE, data), None)

    async def message_command(self, user: AnyId, message_id: AnyId, name: str) -> Outcome:
        """Run a command of a message's context menu (Apps)."""
        message = self.visible(user, message_id)
        place = self.world.channel(message.channel_id)
        bot, command = self._command(user, place, name, MESSAGE_COMMAND, typed=False)
        data: Json = {"id": command["id"], "name": name, "type": MESSAGE_COMMAND, "target_id": message.id}
        data["resolved"] = {"messages": {message.id: message_json(self.world, message)}}
        return await self._interact(bot, (str(user), place), (COMMAND, data), None)

    def _command(self, user: AnyId, place: Channel, name: str, kind: int, *, typed: bool = True) -> tuple[Bot, Json]:
        needed = USE_APPLICATION_COMMANDS | (needed_to_send(place) if typed else 0)
        if not self.world.may(place, str(user), needed):
            raise NotPossible("This person has nowhere to type a command here.")
        for bot, command in commands_in(self, str(user), place):
            if command["name"] == name and command["type"] == kind:
                return bot, command
        raise NotPossible(f"There is no command {name} here.")

    async def _interact(
        self,
        bot: Bot,
        person: tuple[str, Channel],
        what: tuple[int, Json],
        on: Message | None,
        *,
        opened_by: str | None = None,
    ) -> Outcome:
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        interaction = begin(self.world, bot, person, what, on)
        interaction.opened_by = opened_by
        self.world.waiting[interaction.id] = waiting
        self.changed()
        try:
            return self._seen(person[0], await asyncio.wait_for(waiting, ANSWER_WITHIN.total_seconds()))
        except TimeoutError:
            self.world.waiting.pop(interaction.id, None)
            notice = {"at": self.world.timestamp(), "text": NO_ANSWER}
            self.world.state.notices[person[0]] = [*self.world.state.notices.get(person[0], []), notice][-KEPT_NOTICES:]
            self.changed()
            return Outcome("failed", NO_ANSWER)

    def _seen(self, user: str, result: Json) -> Outcome:
        message = self.world.find_message(result["message_id"]) if "message_id" in result else None
        modal = self.world.state.modals.get(result.get("modal_id", ""))
        return Outcome(
            kind=result["kind"],
            text=message.content if message else modal.title if modal else "",
            message=render_message(self.world, user, message) if message else None,
            modal=render_modal(modal) if modal else None,
            choices=result.get("choices", []),
        )


def commands_in(presses: Actions, user: str, place: Channel) -> list[tuple[Bot, Json]]:
    """The commands this person is offered in this place: global ones, and in a guild those registered for it."""
    world = presses.world
    offered = []
    for bot in world.state.bots.values():
        if not world.permissions(place, bot.user_id):
            continue
        for command in bot.commands.values():
            here = command.get("guild_id") in {None, place.guild_id}
            if here and _context_fits(command, place) and _permitted(presses, user, place, command):
                offered.append((bot, command))
    return offered


def _parts(name: str) -> list[str]:
    """A typed command's name and the names of its group and subcommand."""
    return name.removeprefix("/").split() or [""]


def _context_fits(command: Json, place: Channel) -> bool:
    contexts = command.get("contexts")
    if contexts is not None:
        return (0 if place.guild_id else 1) in contexts
    return place.guild_id is not None or command.get("dm_permission", True)


def _permitted(presses: Actions, user: str, place: Channel, command: Json) -> bool:
    required = int(command.get("default_member_permissions") or 0)
    if place.guild_id is None or not required:
        return True
    guild = presses.world.guild(place.guild_id)
    return base_permissions(guild, guild.members[user]) & required == required


def _component(message: Message, named: str, kinds: set[int]) -> Json:
    for component in walk(message.components):
        names = {component.get("label"), component.get("custom_id"), component.get("placeholder")}
        if component["type"] in kinds and named in names:
            return component
    raise NotPossible(f"There is nothing called {named} on this message.")


def _check_chosen(menu: Json, chosen: list[str]) -> None:
    options = {option["value"] for option in menu.get("options") or []}
    if options and not set(chosen) <= options:
        raise NotPossible(f"The menu has no such option: {sorted(set(chosen) - options)}.")
    if not menu.get("min_values", 1) <= len(chosen) <= menu.get("max_values", 1):
        raise NotPossible(f"The menu does not take {len(chosen)} options.")
