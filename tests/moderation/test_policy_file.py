from pathlib import Path

import pytest

from moderation import LABELS, Policy, PolicyError, house_rules

CONFIG = Path(__file__).parents[2] / "config"
POLICY = (CONFIG / "policy.toml").read_text(encoding="utf-8")


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "banned.txt").write_text("# a comment\nknave*\n\ntwo words # and why\n", encoding="utf-8")
    (tmp_path / "suspect.txt").write_text("", encoding="utf-8")
    return tmp_path


def load(folder: Path, text: str = POLICY) -> Policy:
    (folder / "policy.toml").write_text(text, encoding="utf-8")
    return Policy.load(folder / "policy.toml", folder)


def test_the_shipped_policy_and_lists_load():
    policy = Policy.load(CONFIG / "policy.toml", CONFIG / "wordlists")
    assert policy.max_length == 1500
    assert set(policy.hold_at) == set(LABELS)
    assert policy.banned_words
    assert policy.suspect_words


def test_a_word_list_holds_one_entry_a_line_and_comments(lists):
    assert load(lists).banned_words == ("knave*", "two words")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("max = 1500", "max = 0", "length.max is 0; set it to a whole number from 1 to 100000"),
        ("max = 1500", 'max = "long"', "length.max is 'long'"),
        ("max = 1500", "max = true", "length.max is True"),
        ("max = 1500", "maximum = 1500", "unknown setting length.maximum"),
        ("similarity = 90", "similarity = 101", "repeat.similarity is 101"),
        ("similarity = 90", "", "setting repeat.similarity is missing"),
        ("threat = 0.20", "threat = 2", "toxicity.hold_at.threat is 2"),
        ('"un.org"', '"https://un.org/"', "links.allowed"),
        ("[length]", "[length", "Cannot read the policy"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_takes(lists, old, new, told):
    assert old in POLICY
    with pytest.raises(PolicyError) as refused:
        load(lists, POLICY.replace(old, new))
    assert told in str(refused.value)


def test_an_entry_that_would_match_everything_is_refused(lists):
    (lists / "banned.txt").write_text("knave\n**\n", encoding="utf-8")
    with pytest.raises(PolicyError, match="would match every comment"):
        load(lists)


def test_a_missing_list_is_told_with_what_to_do(lists):
    (lists / "suspect.txt").unlink()
    with pytest.raises(PolicyError, match=r"suspect\.txt.*may be empty"):
        load(lists)


def test_every_rule_of_the_list_has_a_name_of_its_own(fixed):
    names = [phase.name for phase in house_rules(Policy(), fixed())]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("A fair point about the sanctions, thank you for it.", "approve"),
        ("You n1gg3r", "reject"),
        ("k1ll,  YOURSELF", "reject"),
        ("Vermin, all of them, every single one", "hold"),
        ("The Scunthorpe chess club meets on Tuesdays again.", "approve"),
        ("We all eat jalape\u00f1os in Sussex and Middlesex counties.", "approve"),
    ],
)
async def test_the_shipped_policy_decides_as_a_newsroom_expects(judge, text, outcome):
    policy = Policy.load(CONFIG / "policy.toml", CONFIG / "wordlists")
    assert (await judge(text, policy=policy)).outcome == outcome


def test_the_policy_page_speaks_of_every_rule_and_setting(fixed):
    page = (CONFIG.parent / "docs" / "policy.md").read_text(encoding="utf-8")
    for phase in house_rules(Policy(), fixed()):
        assert f"`{phase.name}`" in page
    for setting in (
        "length.max",
        "repeat.similarity",
        "links.allowed",
        *(f"toxicity.hold_at.{label}" for label in LABELS),
    ):
        assert f"`{setting}`" in page
