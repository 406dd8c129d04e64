from bots.sandbox.discord.permissions import (
    ADMINISTRATOR,
    ALL,
    EVERYONE_DEFAULT,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    outranks,
    permissions_in,
)
from bots.sandbox.discord.state import Channel, Guild, Member, Overwrite, Role


def guild() -> Guild:
    roles = {
        "1": Role("1", "@everyone", EVERYONE_DEFAULT, 0),
        "2": Role("2", "Moderators", 0, 1),
        "3": Role("3", "Muted", 0, 2),
        "4": Role("4", "Admins", ADMINISTRATOR, 3),
    }
    return Guild("1", "Newsroom", "owner", roles)


def may_send(member: Member, **overwrites: Overwrite) -> bool:
    channel = Channel("7", 0, guild_id="1", overwrites={key[1:]: value for key, value in overwrites.items()})
    return bool(permissions_in(guild(), channel, member) & SEND_MESSAGES)


CLOSED = Overwrite(for_role=True, deny=SEND_MESSAGES)
OPEN = Overwrite(for_role=True, allow=SEND_MESSAGES)


def test_a_role_is_let_into_a_channel_that_is_closed_to_everyone() -> None:
    assert not may_send(Member("a", ""), _1=CLOSED)
    assert may_send(Member("a", "", ["2"]), _1=CLOSED, _2=OPEN)


def test_among_roles_allowing_wins_over_denying() -> None:
    assert may_send(Member("a", "", ["2", "3"]), _2=OPEN, _3=CLOSED)


def test_what_is_said_of_one_member_wins_over_all_roles() -> None:
    assert not may_send(Member("a", "", ["2"]), _2=OPEN, _a=Overwrite(for_role=False, deny=SEND_MESSAGES))


def test_who_cannot_see_a_channel_may_do_nothing_there() -> None:
    hidden = Channel("7", 0, guild_id="1", overwrites={"1": Overwrite(for_role=True, deny=VIEW_CHANNEL)})
    assert permissions_in(guild(), hidden, Member("a", "")) == 0


def test_owner_and_administrators_may_do_everything_everywhere() -> None:
    hidden = Channel("7", 0, guild_id="1", overwrites={"1": Overwrite(for_role=True, deny=ALL)})
    assert permissions_in(guild(), hidden, Member("owner", "")) == ALL
    assert permissions_in(guild(), hidden, Member("a", "", ["4"])) == ALL


def test_roles_are_given_by_those_who_stand_above_them() -> None:
    assert outranks(guild(), Member("a", "", ["3"]), "2")
    assert not outranks(guild(), Member("a", "", ["3"]), "3")
    assert outranks(guild(), Member("owner", ""), "4")
