import asyncio
import json
import signal
import sys
from pathlib import Path

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bots.sandbox.state_file import StateFile
from bots.sandbox.telegram import TelegramServer
from bots.sandbox.telegram.world import State

SERVE = """
import asyncio, sys
from pathlib import Path
from bots.sandbox.telegram import TelegramServer

async def main():
    async with await TelegramServer.start(state_file=Path(sys.argv[1])) as server:
        bot = server.add_bot("111111:sandbox", "newsdesk_bot", "Newsdesk")
        server.add_channel(-1001000000001, "Daily", "dailynews", admins=[bot])
        server.add_user(1001, "Ann", username="ann_reads")
        print(server.port, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_world_comes_back_as_it_was(tmp_path, rebuild):
    path = tmp_path / "sandbox" / "telegram.json"
    async with await TelegramServer.start(state_file=path) as server:
        town = rebuild.build(server)
        async with rebuild.connect(server) as bot:
            keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="v")]])
            sent = await bot.send_message(town.channel, "<b>news</b>", "HTML", reply_markup=keyboard)
            server.start_bot(town.ann, town.bot_id)
            server.press(town.ann, town.channel, sent.message_id, "Yes")
            before = [update.update_id for update in await bot.get_updates()]
        seen = server.view("ann_reads")

    async with await TelegramServer.start(state_file=path) as again:
        rebuild.build(again)
        assert again.view("ann_reads")["chats"] == seen["chats"]
        async with rebuild.connect(again) as bot:
            assert [update.update_id for update in await bot.get_updates()] == before
            again.say(town.ann, town.bot_id, "after")
            assert (await bot.get_updates())[-1].update_id == before[-1] + 1
            assert (await bot.send_message(town.channel, "next")).message_id == sent.message_id + 1


async def test_nothing_acknowledged_is_lost_to_a_kill(tmp_path, rebuild):
    path = tmp_path / "telegram.json"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVE, str(path), stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    assert process.stdout is not None
    address = f"http://127.0.0.1:{int(await process.stdout.readline())}/bot"
    try:
        acknowledged = await send_until_killed(rebuild.connect, address, process)
    finally:
        await process.wait()

    async with await TelegramServer.start(state_file=path) as server:
        kept = [message["text"][0]["text"] for message in server.view("ann_reads")["chats"][0]["messages"]]
    assert len(acknowledged) >= 20
    assert kept[: len(acknowledged)] == acknowledged


async def send_until_killed(connect, address, process):
    where = type("Where", (), {"base_url": address, "file_url": address})()
    async with connect(where) as bot:
        acknowledged = [(await bot.send_message(-1001000000001, str(number))).text for number in range(20)]
        process.send_signal(signal.SIGKILL)
    return acknowledged


def test_a_state_file_is_plain_json_and_leaves_nothing_half_written(tmp_path):
    file = StateFile(tmp_path / "state.json", State)

    assert file.load() is None
    file.save(State(counter=7))

    assert json.loads((tmp_path / "state.json").read_text())["counter"] == 7
    assert file.load() == State(counter=7)
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


def test_a_file_that_is_not_a_state_is_refused(tmp_path):
    (tmp_path / "state.json").write_text('{"counter": "many"}')

    with pytest.raises(ValueError, match="counter"):
        StateFile(tmp_path / "state.json", State).load()
