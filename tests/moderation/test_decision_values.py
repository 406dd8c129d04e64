from moderation import Decision, Finding, Outcome, Span

HELD = Decision(
    Outcome.HOLD,
    (
        Finding("length", Outcome.APPROVE, "20 characters, within 1,500."),
        Finding("links", Outcome.HOLD, "It links to example.org.", (Span(3, 14),)),
    ),
    {"toxicity": 0.25},
    "builtin",
    "en",
)


def test_a_decision_survives_the_way_through_plain_dicts():
    assert Decision.from_json(HELD.to_json()) == HELD


def test_the_reasons_are_the_findings_against_publishing():
    assert [finding.phase for finding in HELD.reasons] == ["links"]


def test_refusing_is_stricter_than_holding_and_holding_than_approving():
    assert sorted(Outcome, key=lambda outcome: outcome.severity) == [Outcome.APPROVE, Outcome.HOLD, Outcome.REJECT]
