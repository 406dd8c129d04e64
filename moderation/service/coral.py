"""Coral's external moderation phase: a signed comment comes in, our full pipeline's decision goes back.

Formats: coralproject/talk, EXTERNAL_MODERATION_PHASES.md and pipeline/phases/external.ts, Coral 9.11.8. Coral goes on
without us when we answer anything but 2xx; so once a request is known to be Coral's, what goes wrong holds the comment.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moderation.decision import Decision, Finding, Outcome, Submission
from moderation.pipeline import Pipeline
from moderation.ports import History
from moderation.service.errors import Refused
from moderation.service.intake import Turns

SIGNATURE_HEADER = "x-coral-signature"
_log = logging.getLogger(__name__)
_CODES = {"banned words": "BANNED_WORD", "repeat": "SPAM"}
_FLAGS = {
    "toxicity": "COMMENT_DETECTED_TOXIC",
    "suspect words": "COMMENT_DETECTED_TOXIC",
    "repeat": "COMMENT_DETECTED_SPAM",
    "links": "COMMENT_DETECTED_SPAM",
}
_HELD: dict[str, Any] = {"status": "PREMOD"}
"""Waits for a person, under Pending."""


@dataclass(frozen=True, slots=True)
class Coral:
    """`secret` is the signing secret that Coral shows beside the phase; `now` gives the time that rules look at."""

    secret: str
    pipeline: Pipeline
    now: Callable[[], datetime]
    history: History | None = None

    def check(self, body: bytes, signatures: str) -> None:
        """Raises Refused unless one of the signatures is ours; Coral sends several while it changes its secret."""
        expected = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        given = [part.strip().removeprefix("sha256=") for part in signatures.split(",")]
        if not any(hmac.compare_digest(expected.encode(), each.encode("utf-8", "replace")) for each in given):
            message = "The signature is not that of this signing secret: set NEWSDESK_CORAL_SECRET to Coral's."
            raise Refused(message, code=401, status="UNAUTHENTICATED")

    async def answer(self, body: bytes, turns: Turns) -> dict[str, Any]:
        """What Coral should do; empty for no opinion. Raises Refused for what is no comment of Coral's."""
        comment = _Comment.parse(body)
        if not comment.text.strip():
            return _HELD  # a picture or a rating, which only a person can judge
        try:
            submission = await self._submission(comment)
            async with turns.turn():
                return answer_of(await self.pipeline.judge(submission))
        except Exception as problem:  # noqa: BLE001 - whatever happens, the comment is held
            _log.error("A comment of Coral's is held: %s", type(problem).__name__)
            return _HELD

    async def _submission(self, comment: "_Comment") -> Submission:
        recent = () if self.history is None else await self.history.exchange(comment.author, comment.text)
        earlier = () if comment.is_edit else recent  # an edited comment is like its own first version
        return Submission("coral", comment.text, comment.author, comment.story, self.now(), earlier)


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str
    author: str
    story: str
    is_edit: bool

    @classmethod
    def parse(cls, body: bytes) -> "_Comment":
        try:
            values = json.loads(body)
            text, author, story = values["comment"]["body"], values["author"]["id"], values["story"]["id"]
            tenant, action = values["tenantID"], values["action"]
        except (ValueError, RecursionError, KeyError, TypeError):
            text = author = story = tenant = action = None
        if not all(isinstance(each, str) for each in (text, author, story, tenant, action)):
            raise Refused("This is no comment as Coral's external moderation phase sends it.")
        return cls(str(text), f"coral:{tenant}:{author}", str(story), action == "EDIT")


def answer_of(decision: Decision) -> dict[str, Any]:
    """The decision in Coral's words. Approval is no opinion, so that Coral's own phases still count."""
    if decision.outcome is Outcome.APPROVE:
        return {}
    if decision.outcome is Outcome.REJECT:
        return _rejection(next(each for each in decision.findings if each.outcome is Outcome.REJECT))
    flags = dict.fromkeys(_FLAGS[each.phase] for each in decision.reasons if _is_flag(each, decision))
    if not flags:
        return _HELD
    return {
        "status": "SYSTEM_WITHHELD",
        "actions": [{"actionType": "FLAG", "reason": reason} for reason in flags],
    }


def _is_flag(finding: Finding, decision: Decision) -> bool:
    """A comment that nobody could score is not called toxic."""
    return finding.phase in _FLAGS and (finding.phase != "toxicity" or bool(decision.scores))


def _rejection(finding: Finding) -> dict[str, Any]:
    code = _CODES.get(finding.phase, "OTHER")
    reason = {"code": code, "detailedExplanation": finding.detail}
    if code == "OTHER":
        reason["customReason"] = finding.phase
    return {"status": "REJECTED", "moderationAction": {"status": "REJECTED", "rejectionReason": reason}}
