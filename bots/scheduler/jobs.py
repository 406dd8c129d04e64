"""What happens on time. APScheduler only ticks: what is due, and that it happens once, is the store's."""

import logging
from datetime import UTC

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bots.bootstrap.newsroom import Newsroom

TICK_S = 1
HOUSEKEEPING_S = 60

log = logging.getLogger(__name__)


def schedule(newsroom: Newsroom) -> AsyncIOScheduler:
    """A scheduler with all jobs, not started. Its job store is memory: nothing is ever unpickled or lost with it."""
    settings = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=settings)
    for job, seconds in ((release, TICK_S), (close, TICK_S), (tidy, HOUSEKEEPING_S)):
        scheduler.add_job(job, "interval", (newsroom,), seconds=seconds, id=job.__name__)
    scheduler.add_listener(_tell, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
    return scheduler


async def release(newsroom: Newsroom) -> None:
    """Alerts whose time has come go out; several schedulers may race, the store lets one win."""
    for alert_id in await newsroom.alerts.release_due():
        log.info("Alert %s is due and on its way.", alert_id)


async def close(newsroom: Newsroom) -> None:
    for poll_id in await newsroom.polls.close_due():
        log.info("Poll %s is closed.", poll_id)


async def tidy(newsroom: Newsroom) -> None:
    """Streams are trimmed behind the slowest reader, and what has outlived its retention goes."""
    await newsroom.stores.housekeeping.trim()


def _tell(event: JobEvent) -> None:
    error = getattr(event, "exception", None)
    log.warning(
        "The job %s did not run as it should (%s); its next tick catches up.", event.job_id, error or event.code
    )
