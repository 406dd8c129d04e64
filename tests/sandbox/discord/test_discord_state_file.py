from pathlib import Path

import discord

from bots.sandbox.discord import DiscordServer
from tests.sandbox.discord.discord_client import ALERTS, ANNA, LOUNGE, TOKEN, connect, disconnect, furnish


async def test_what_was_acknowledged_is_there_after_a_sudden_end(tmp_path: Path) -> None:
    file = tmp_path / "discord.json"
    first = await DiscordServer.start(state_file=file)
    furnish(first)
    client, running = await connect(first)
    alert = await client.text_channel(ALERTS).send("Breaking", nonce="alert-1")
    await alert.create_thread(name="Comments")
    said = await first.say(ANNA, LOUNGE, "Good morning")
    seen = first.view(ANNA)

    second = await DiscordServer.start(state_file=file)  # from the file as it is now: the first one was never ended
    furnish(second)
    assert second.view(ANNA) == seen
    assert int(await second.say(ANNA, LOUNGE, "Still here")) > int(said)
    await disconnect(client, running)

    client, running = await connect(second)
    again = await client.text_channel(ALERTS).send("Breaking", nonce="alert-1")
    assert again.id == alert.id
    await disconnect(client, running)
    await first.stop()
    await second.stop()


async def test_a_bot_resumes_its_session_with_the_restarted_server(tmp_path: Path) -> None:
    file = tmp_path / "discord.json"
    first = await DiscordServer.start(state_file=file)
    furnish(first)
    client, running = await connect(first)
    port = first.port
    await first.stop()

    second = await DiscordServer.start(state_file=file, port=port)
    await second.say(ANNA, LOUNGE, "While you were away")
    await second.until(lambda: client.heard, timeout=30)

    assert client.heard[0].content == "While you were away"
    assert client.resumed == 1
    assert second.connected == {TOKEN}
    await disconnect(client, running)
    await second.stop()


async def test_a_person_still_finds_a_form_open_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "discord.json"
    async with await DiscordServer.start(state_file=file) as first:
        furnish(first)
        client, running = await connect(first)

        async def open_form(interaction: object) -> None:
            form = discord.ui.Modal(title="Comment", custom_id="comment:1")
            form.add_item(discord.ui.TextInput(label="Text", custom_id="text"))
            await interaction.response.send_modal(form)  # type: ignore[attr-defined]

        client.on_press = open_form
        view = discord.ui.View().add_item(discord.ui.Button(label="Comment", custom_id="c"))
        alert = await client.text_channel(ALERTS).send("Breaking", view=view)
        await first.click(ANNA, alert.id, "Comment")
        await disconnect(client, running)

    async with await DiscordServer.start(state_file=file) as second:
        assert second.view(ANNA)["modal"]["title"] == "Comment"
