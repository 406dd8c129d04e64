"""Runs every phase over a submission. No score means that a person decides: settled here and nowhere else."""

import asyncio
import logging
import math
import traceback
from collections.abc import Sequence

from moderation.decision import Decision, Finding, Outcome, Submission
from moderation.ports import LanguageNotJudged, Scorer, ScorerUnavailable, Scores
from moderation.reading import NoScore, Phase, Reading

_log = logging.getLogger(__name__)


class Pipeline:
    """Judges submissions by the given phases, in their order.

    All findings are kept and the strictest outcome wins. Whatever fails (a rule, the scorer, the clock: `time_limit`
    seconds for a score) becomes a finding that holds the comment; nothing fails into publishing it.
    """

    def __init__(self, phases: Sequence[Phase], scorer: Scorer, *, time_limit: float = 5.0) -> None:
        self._phases = tuple(phases)
        self._scorer = scorer
        self._time_limit = time_limit

    async def judge(self, submission: Submission) -> Decision:
        """Never raises for anything in the submission; the decision says what went wrong."""
        reading = Reading(submission)
        reading.scored = scored = await self._ask(reading)
        findings = tuple(_apply(phase, reading) for phase in self._phases)
        if isinstance(scored, NoScore):
            return Decision(_strictest(findings, Outcome.HOLD), findings)
        outcome = _strictest(findings, Outcome.APPROVE)
        return Decision(outcome, findings, dict(scored.values), scored.scorer, scored.language)

    async def _ask(self, reading: Reading) -> Scores | NoScore:
        try:
            async with asyncio.timeout(self._time_limit):
                return await self._score(reading)
        except TimeoutError:
            return NoScore(f"{self._scorer.name} did not answer within {self._time_limit:g} s")
        except (ScorerUnavailable, LanguageNotJudged) as problem:
            return NoScore(str(problem))
        except Exception as problem:  # noqa: BLE001 - whatever a scorer does, the comment is held
            _report(f"Scorer {self._scorer.name}", reading, problem)
            return NoScore(f"{self._scorer.name} failed with {type(problem).__name__}")

    async def _score(self, reading: Reading) -> Scores:
        if not reading.text.strip():
            raise ScorerUnavailable("there is no text to score")
        return _complete(await self._scorer.score(reading.text, reading.language))


def _strictest(findings: Sequence[Finding], least: Outcome) -> Outcome:
    return max((least, *(finding.outcome for finding in findings)), key=lambda outcome: outcome.severity)


def _complete(scores: Scores) -> Scores:
    usable = [score for score in scores.values.values() if math.isfinite(score) and 0 <= score <= 1]
    if "toxicity" not in scores.values or len(usable) != len(scores.values):
        raise ScorerUnavailable(f"{scores.scorer} gave an answer that is no set of probabilities")
    return scores


def _apply(phase: Phase, reading: Reading) -> Finding:
    try:
        return phase.judge(reading)
    except NoScore as missing:
        return Finding(phase.name, Outcome.HOLD, f"No score, so a person decides: {missing}.")
    except Exception as problem:  # noqa: BLE001 - whatever a rule does, the comment is held
        _report(f"Phase {phase.name}", reading, problem)
        return Finding(phase.name, Outcome.HOLD, f"This rule failed ({type(problem).__name__}), so a person decides.")


def _report(who: str, reading: Reading, problem: Exception) -> None:
    """Where it failed, without the exception's message: that may quote the reader's text."""
    places = "".join(traceback.format_tb(problem.__traceback__))
    _log.error("%s failed on submission %s: %s at\n%s", who, reading.submission.id, type(problem).__name__, places)
