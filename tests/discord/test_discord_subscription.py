"""Readers follow topics by a role, and get direct messages only when they ask for them."""

from bots.sandbox.discord import Fault
from tests.discord.place import ANNA, BEN, LOBBY, WORLD_ROLE, Place, labels, said


def roles_of(place: Place, user: int) -> set[str]:
    guild = place.server.guild()
    return {guild.roles[role].name for role in guild.members[str(user)].roles}


async def test_a_reader_follows_a_topic_and_is_mentioned_with_its_alerts(place: Place) -> None:
    await place.server.slash(ANNA, LOBBY, "topics")
    await place.until(lambda: "You follow none yet." in said(place.lobby()[-1]))
    assert labels(place.lobby()[-1]) == [["General", "World", "Politics"]]
    await place.server.click(ANNA, place.lobby()[-1]["id"], "World")
    await place.until(lambda: "You follow: world." in said(place.lobby()[-1]))
    assert roles_of(place, ANNA) == {"world"}
    await place.alert(topic="world")
    assert place.alerts(ANNA)[0]["mentions_me"]
    assert not place.alerts(BEN)[0]["mentions_me"]


async def test_a_press_delivered_twice_is_one_press(place: Place) -> None:
    await place.server.slash(ANNA, LOBBY, "topics")
    await place.until(lambda: labels(place.lobby()[-1]))
    place.server.fault(Fault("*", "duplicate_updates", times=1))
    await place.server.click(ANNA, place.lobby()[-1]["id"], "World")
    await place.until(lambda: "You follow: world." in said(place.lobby()[-1]))
    await place.server.click(ANNA, place.lobby()[-1]["id"], "General")
    await place.until(lambda: "You follow: general, world." in said(place.lobby()[-1]))


async def test_a_second_press_stops_following(place: Place) -> None:
    await place.server.give_role(ANNA, WORLD_ROLE)
    await place.server.slash(ANNA, LOBBY, "topics")
    await place.until(lambda: labels(place.lobby()[-1]) == [["General", "✓ World", "Politics"]])
    await place.server.click(ANNA, place.lobby()[-1]["id"], "✓ World")
    await place.until(lambda: "You follow none yet." in said(place.lobby()[-1]))
    assert roles_of(place, ANNA) == set()


async def test_a_topics_name_gives_nobody_the_rights_of_a_role_that_has_some(place: Place) -> None:
    place.server.add_role(320, "politics", permissions=1 << 2)
    await place.server.slash(ANNA, LOBBY, "topics")
    await place.until(lambda: labels(place.lobby()[-1]))
    await place.server.click(ANNA, place.lobby()[-1]["id"], "Politics")
    await place.until(lambda: "The bot may not give you this role." in said(place.lobby()[-1]))
    assert roles_of(place, ANNA) == set()


async def test_direct_messages_go_only_to_who_asked_and_until_they_end_it(place: Place) -> None:
    await place.server.slash(ANNA, LOBBY, "alerts-in-dm", {"state": "on"})
    await place.until(lambda: "You get every alert as a direct message." in said(place.lobby()[-1]))
    await place.alert()
    await place.until(lambda: place.server.view(ANNA)["dms"])
    assert "Parliament votes" in said(place.server.view(ANNA)["dms"][0]["messages"][0])
    assert place.server.view(BEN)["dms"] == []
    await place.server.slash(ANNA, LOBBY, "alerts-in-dm", {"state": "off"})
    await place.until(lambda: "You get no more alerts as direct messages." in said(place.lobby()[-1]))
    assert await place.newsroom.stores.readers.topics(place.platform, str(ANNA)) == frozenset()


async def test_a_vote_and_a_comment_work_in_a_direct_message(place: Place) -> None:
    await place.server.slash(ANNA, LOBBY, "alerts-in-dm", {"state": "on"})
    await place.until(lambda: "You get every alert" in said(place.lobby()[-1]))
    await place.alert(poll=True)
    await place.until(lambda: place.server.view(ANNA)["dms"])
    alert = place.server.view(ANNA)["dms"][0]["messages"][0]
    await place.server.click(ANNA, alert["id"], "No")
    await place.until(lambda: "Your vote counts: No." in said(place.server.view(ANNA)["dms"][0]["messages"][-1]))
    opened = await place.server.click(ANNA, alert["id"], "Comment")
    assert opened.modal is not None
    await place.server.submit_modal(ANNA, opened.modal["id"], {"Your comment": "From afar."})
    assert (await place.kept()).text == "From afar."


async def test_where_tells_the_ids_that_the_settings_ask_for(place: Place) -> None:
    await place.server.slash(ANNA, LOBBY, "where")
    await place.until(lambda: "The number of this channel: 202" in said(place.lobby()[-1]))


async def test_help_names_every_command(place: Place) -> None:
    await place.server.slash(ANNA, LOBBY, "help")
    await place.until(lambda: "What you can do here" in said(place.lobby()[-1]))
    typed = [it["name"] for it in place.server.commands_for(ANNA, LOBBY) if it["type"] == 1]
    assert all(f"/{name}" in said(place.lobby()[-1]) for name in typed if name != "where")
