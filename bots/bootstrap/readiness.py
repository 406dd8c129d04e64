"""Whether the one process that holds the model answers, for the status page."""

from dataclasses import dataclass

import httpx2

from config import Settings

_PATIENCE_S = 2.0
_OK = 200


@dataclass(frozen=True, slots=True)
class ScorerState:
    """`detail` names the scorer when it is ready, else it says what is wrong."""

    ready: bool
    detail: str


async def scorer_state(settings: Settings) -> ScorerState:
    """Asks the scorer to score; never raises."""
    try:
        async with httpx2.AsyncClient(timeout=_PATIENCE_S, trust_env=False) as client:
            answer = await client.get(f"{settings.moderation_url}/readyz")
            told = answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        return ScorerState(ready=False, detail=f"does not answer ({type(error).__name__}); comments are held meanwhile")
    if answer.status_code != _OK:
        return ScorerState(ready=False, detail=f"answers {answer.status_code}; comments are held meanwhile")
    return ScorerState(ready=True, detail=str(told.get("scorer", "")))
