"""Comments are kept once, reviewed at least once, decided once."""

import asyncio
from dataclasses import replace

import pytest

from bots.newsroom.comments.comment import AuthorRecord, Comment, CommentDraft, CommentState
from bots.newsroom.messages import Destination, Room
from bots.newsroom.readers import Reader
from bots.storage.stores import Stores
from moderation import Decision, Finding, Outcome, Span
from tests.storage.values import DISCORD, TELEGRAM, SetClock, subjects

ANN = Reader(TELEGRAM, "5", "Ann")
BEN = Reader(DISCORD, "6", "Ben")
DECISION = Decision(
    Outcome.HOLD, (Finding("toxicity", Outcome.HOLD, "0.7", (Span(0, 3),)),), {"toxicity": 0.7}, "builtin", "en"
)
HELD, PUBLISHED = CommentState.HELD, CommentState.PUBLISHED


async def submit(stores: Stores, clock: SetClock, text: str, op: str = "", author: Reader = ANN) -> Comment:
    return await stores.comments.submit(CommentDraft("s1", author, text), now=clock(), op=op or text)


async def judge(stores: Stores, comment: Comment, to: CommentState = HELD) -> Comment:
    judged = await stores.comments.judged(comment.id, comment.edition, DECISION, to)
    assert judged is not None
    return judged


async def approve(stores: Stores, comment: Comment, by: str = "Mo") -> Comment:
    moved = await stores.comments.move(comment.id, PUBLISHED, allowed=frozenset({HELD}), by=by)
    assert moved is not None
    return moved


async def test_a_comment_comes_back_as_it_was(stores: Stores, clock: SetClock) -> None:
    answer = Destination(DISCORD, Room.ANSWER, "token")
    draft = CommentDraft("s1", BEN, "Ünïcode “quoted”\n</b>", "text", "c7", answer, direct=True)

    comment = await stores.comments.submit(draft, now=clock(), op="1")

    assert comment == Comment(
        id="c1",
        story_id="s1",
        author=BEN,
        text=draft.text,
        kind="text",
        reply_to="c7",
        answer=answer,
        direct=True,
        state=CommentState.SUBMITTED,
        version=1,
        submitted_at=clock(),
    )
    assert await stores.comments.get("c1") == comment
    assert await stores.comments.get("c404") is None


async def test_fifty_repeats_of_one_submission_are_one_comment_and_one_review(stores: Stores, clock: SetClock) -> None:
    comments = await asyncio.gather(*(submit(stores, clock, "hello", "same") for _ in range(50)))

    assert {comment.id for comment in comments} == {"c1"}
    assert len(await stores.comments.to_review("r", 99, 0)) == 1
    assert await subjects(stores) == ["comment:c1"]


async def test_ids_are_short(stores: Stores, clock: SetClock) -> None:
    ids = [(await submit(stores, clock, str(number))).id for number in range(1, 38)]

    assert (ids[8], ids[9], ids[34], ids[35], ids[36]) == ("c9", "ca", "cz", "c10", "c11")


async def test_a_review_sees_the_authors_last_five_texts_of_a_day_in_their_order(
    stores: Stores, clock: SetClock
) -> None:
    await submit(stores, clock, "yesterday")
    clock.pass_(24 * 3600 + 1)
    await submit(stores, clock, "of another", author=BEN)
    for number in range(7):
        await submit(stores, clock, f"text {number}")

    recent = {work.comment.text: work.recent for work in await stores.comments.to_review("r", 99, 0)}

    assert recent["yesterday"] == recent["of another"] == recent["text 0"] == ()
    assert recent["text 2"] == ("text 0", "text 1")
    assert recent["text 6"] == ("text 1", "text 2", "text 3", "text 4", "text 5")


async def test_a_decision_is_kept_with_everything_it_found(stores: Stores, clock: SetClock) -> None:
    comment = await submit(stores, clock, "hello")

    judged = await judge(stores, comment)

    assert judged == replace(comment, state=HELD, version=2, decision=DECISION)


async def test_a_comment_is_judged_once(stores: Stores, clock: SetClock) -> None:
    comment = await submit(stores, clock, "hello")
    first = await judge(stores, comment, PUBLISHED)

    again = await judge(stores, comment, CommentState.REJECTED)

    assert again == first
    assert await stores.comments.judged("c404", 1, DECISION, HELD) is None
    assert await stores.comments.record(ANN) == AuthorRecord(published=1)


async def test_the_first_of_fifty_moderators_decides(stores: Stores, clock: SetClock) -> None:
    comment = await judge(stores, await submit(stores, clock, "hello"))
    await subjects(stores)

    results = await asyncio.gather(*(approve(stores, comment, f"Mo {number}") for number in range(50)))

    assert len({result.decided_by for result in results}) == 1
    assert {result.version for result in results} == {3}
    assert await subjects(stores) == ["comment:c1", "queue:"]


@pytest.mark.parametrize("state", [HELD, PUBLISHED])
async def test_a_move_from_another_state_changes_nothing(stores: Stores, clock: SetClock, state: CommentState) -> None:
    comment = await judge(stores, await submit(stores, clock, "hello"), state)

    moved = await stores.comments.move(comment.id, CommentState.REMOVED, allowed=frozenset(), by="Mo")

    assert moved == comment
    assert await stores.comments.move("c404", PUBLISHED, allowed=frozenset({HELD}), by="Mo") is None


async def test_the_record_counts_how_an_authors_comments_stand_now(stores: Stores, clock: SetClock) -> None:
    held, published, removed = [
        await judge(stores, await submit(stores, clock, text), state)
        for text, state in (("a", HELD), ("b", PUBLISHED), ("c", PUBLISHED))
    ]
    await judge(stores, await submit(stores, clock, "d"), CommentState.REJECTED)
    await stores.comments.move(removed.id, CommentState.REMOVED, allowed=frozenset({PUBLISHED}), by="Mo")
    await stores.comments.move(published.id, CommentState.WITHDRAWN, allowed=frozenset({PUBLISHED}), by="")

    assert await stores.comments.record(ANN) == AuthorRecord(published=0, rejected=1, removed=1, held=1)
    await approve(stores, held)
    assert await stores.comments.record(ANN) == AuthorRecord(published=1, rejected=1, removed=1, held=0)
    assert await stores.comments.record(BEN) == AuthorRecord()


async def test_an_authors_comments_are_listed_newest_first(stores: Stores, clock: SetClock) -> None:
    for number in range(12):
        await submit(stores, clock, f"text {number}")
    await submit(stores, clock, "other", author=BEN)

    assert [comment.text for comment in await stores.comments.of_author(ANN, 2)] == ["text 11", "text 10"]


async def test_an_edit_is_a_new_edition_that_is_reviewed_again(stores: Stores, clock: SetClock) -> None:
    comment = await judge(stores, await submit(stores, clock, "hello"), PUBLISHED)
    [work] = await stores.comments.to_review("r", 9, 0)
    await stores.comments.reviewed(work.receipt)

    edited = await stores.comments.edit(comment.id, "changed", op="e1")

    assert edited is not None
    assert (edited.text, edited.edition, edited.state, edited.decision) == ("changed", 2, CommentState.SUBMITTED, None)
    assert await stores.comments.edit(comment.id, "changed", op="e1") == edited
    assert [work.comment for work in await stores.comments.to_review("r", 9, 0)] == [edited]
    assert await stores.comments.record(ANN) == AuthorRecord()


async def test_a_judgement_of_an_older_edition_counts_for_nothing(stores: Stores, clock: SetClock) -> None:
    comment = await submit(stores, clock, "hello")
    edited = await stores.comments.edit(comment.id, "changed", op="e1")

    assert await stores.comments.judged(comment.id, 1, DECISION, PUBLISHED) == edited


async def test_an_edit_without_new_words_or_of_what_is_gone_changes_nothing(stores: Stores, clock: SetClock) -> None:
    comment = await judge(stores, await submit(stores, clock, "hello"), CommentState.REJECTED)

    assert await stores.comments.edit(comment.id, "changed", op="e1") == comment
    published = await judge(stores, await submit(stores, clock, "same"), PUBLISHED)
    assert await stores.comments.edit(published.id, "same", op="e2") == published
    assert await stores.comments.edit("c404", "x", op="e3") is None


async def test_two_reviewers_never_get_the_same_comment(stores: Stores, clock: SetClock) -> None:
    for number in range(20):
        await submit(stores, clock, f"text {number}")

    batches = await asyncio.gather(*(stores.comments.to_review(f"r{number}", 5, 0) for number in range(10)))

    ids = [work.comment.id for batch in batches for work in batch]
    assert len(ids) == len(set(ids)) == 20


async def test_a_waiting_reviewer_hears_of_a_comment_at_once(stores: Stores, clock: SetClock) -> None:
    waiting = asyncio.create_task(stores.comments.to_review("r", 5, 1000))
    await asyncio.sleep(0.05)

    await submit(stores, clock, "hello")

    assert [work.comment.text for work in await waiting] == ["hello"]
