"""The commands of the bot, and telling Discord of them only when they changed (it takes 200 a day)."""

import hashlib
import json
import logging
from typing import Literal

import discord
from discord import app_commands

from bots.discord import handlers_comments, handlers_moderation, handlers_subscription
from bots.discord.desk import Desk, Press

log = logging.getLogger(__name__)


Tree = app_commands.CommandTree[discord.Client]


def add_commands(tree: Tree, desk: Desk) -> None:
    """Each command is one line to its handler."""
    _add_choices(tree, desk)
    _add_explanations(tree, desk)

    @tree.context_menu(name="Take down")
    @app_commands.default_permissions(manage_messages=True)
    async def take_down(press: Press, message: discord.Message) -> None:
        await desk.work(handlers_moderation.take_down(desk, press, message))


def _add_choices(tree: Tree, desk: Desk) -> None:

    @tree.command(name="topics", description="Choose the topics you are mentioned for")
    async def topics(press: Press) -> None:
        await desk.work(handlers_subscription.topics(desk, press))

    @tree.command(name="alerts-in-dm", description="Get every alert as a direct message, or stop it")
    @app_commands.describe(state="on or off")
    async def alerts_in_dm(press: Press, state: Literal["on", "off"]) -> None:
        await desk.work(handlers_subscription.alerts_in_dm(desk, press, on=state == "on"))

    @tree.command(name="mycomments", description="See your comments, and take one back")
    async def mycomments(press: Press) -> None:
        await desk.work(handlers_comments.mine(desk, press))


def _add_explanations(tree: Tree, desk: Desk) -> None:
    @tree.command(name="where", description="The ids of this place, for the settings")
    async def where(press: Press) -> None:
        await desk.work(handlers_subscription.where(desk, press))

    @tree.command(name="help", description="How to vote, comment and follow topics")
    async def explain(press: Press) -> None:
        await desk.work(handlers_subscription.explain(desk, press))


async def register(tree: Tree, desk: Desk) -> None:
    """Offers the commands in the server of the alerts channel. An error is logged: the buttons work without them."""
    try:
        guild = await desk.roles.guild()
        tree.copy_global_to(guild=guild)
        definitions = [command.to_dict(tree) for command in tree.get_commands(guild=guild)]
        wanted = hashlib.sha256(json.dumps(definitions, sort_keys=True).encode()).hexdigest()
        name = f"discord:{desk.rest.application_id}:{guild.id}"
        registrations = desk.newsroom.stores.registrations
        if await registrations.registered(name) != wanted:
            await tree.sync(guild=guild)
            await registrations.register(name, wanted)
    except Exception:
        log.exception("The commands could not be registered; it is tried again at the next connection.")
