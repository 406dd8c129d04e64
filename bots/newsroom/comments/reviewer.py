"""Takes what was submitted, asks for a judgement, records it. Any number may run: each comment goes to one of them."""

from typing import Protocol

from bots.newsroom.comments.comment import Comment, CommentState
from bots.newsroom.comments.service import CommentStore, Submitted
from moderation import Decision, Outcome, Submission

STATES = {
    Outcome.APPROVE: CommentState.PUBLISHED,
    Outcome.HOLD: CommentState.HELD,
    Outcome.REJECT: CommentState.REJECTED,
}


class Judge(Protocol):
    async def judge(self, submission: Submission) -> Decision: ...


class Reviewer:
    def __init__(self, store: CommentStore, judge: Judge, consumer: str) -> None:
        self._store = store
        self._judge = judge
        self._consumer = consumer

    async def run_once(self, limit: int = 8, block_ms: int = 500) -> int:
        """Reviews what is there; how many. A crash anywhere in it leaves the work to be taken again."""
        work = await self._store.to_review(self._consumer, limit, block_ms)
        for submitted in work:
            await self.review(submitted)
        return len(work)

    async def review(self, submitted: Submitted) -> None:
        comment = submitted.comment
        if comment.state is CommentState.SUBMITTED:
            decision = await self._judge.judge(_submission(comment, submitted.recent))
            await self._store.judged(comment.id, comment.edition, decision, STATES[decision.outcome])
        await self._store.reviewed(submitted.receipt)


def _submission(comment: Comment, recent: tuple[str, ...]) -> Submission:
    return Submission(
        id=comment.id,
        text=comment.text,
        author=comment.author.key,
        story_id=comment.story_id,
        submitted_at=comment.submitted_at,
        recent=recent,
        kind=comment.kind,
    )
