"""How long each kind of key is kept, and why. Scripts set it as the key's expiry; `housekeeping` does the rest."""

from dataclasses import dataclass
from datetime import timedelta

from bots.storage.keys import Family

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Retention:
    """`keep` counts from the last write; None: as long as the newsroom runs, and `why` says what keeps it small."""

    keep: timedelta | None
    why: str


_YEAR = Retention(400 * _DAY, "a year to look back and to answer complaints, and some weeks to act on them")
_WITH_POST = Retention(90 * _DAY, "as long as a post may still be edited, taken down or answered")
_WEEK = Retention(7 * _DAY, "longer than any caller or platform repeats itself")

RETENTION: dict[Family, Retention] = {
    Family.STORY: _YEAR,
    Family.ALERT: _YEAR,
    Family.ALERTS: Retention(None, "the newest thousand; housekeeping drops the rest"),
    Family.ALERT_OF_POLL: _YEAR,
    Family.DUE: Retention(None, "an entry leaves when its alert is released or cancelled"),
    Family.POLL: _YEAR,
    Family.VOTES: Retention(
        30 * _DAY, "who voted what is nobody's business once the result stands: kept after the close"
    ),
    Family.TALLY: _YEAR,
    Family.POLLS: Retention(None, "the newest thousand; housekeeping drops the rest"),
    Family.CLOSING: Retention(None, "an entry leaves when its poll closes"),
    Family.COMMENT: _YEAR,
    Family.AUTHOR: _YEAR,
    Family.RECORD: _YEAR,
    Family.SUBMISSIONS: Retention(30 * _DAY, "until reviewed; older entries are dropped even if nobody reviews"),
    Family.QUEUE: Retention(None, "an entry leaves when its comment is decided"),
    Family.QUEUE_STATE: Retention(None, "three numbers"),
    Family.CARDS: Retention(None, "a few open cards a room"),
    Family.POST: _WITH_POST,
    Family.OUTBOX: Retention(None, "an entry leaves when wanted and shown agree"),
    Family.GROUP: _WITH_POST,
    Family.SHOWN: _WITH_POST,
    Family.FLOORS: Retention(None, "one number a room"),
    Family.CHATS: Retention(None, "one chat a room"),
    Family.BUCKET: Retention(timedelta(minutes=2), "a bucket that is full again need not be remembered"),
    Family.HOLD: Retention(timedelta(days=1), "until the platform's wait is over, at most a day"),
    Family.TOPICS: Retention(None, "a subscription lasts until its reader ends it or leaves"),
    Family.FOLLOWERS: Retention(None, "as the subscriptions it lists"),
    Family.TOLD: _YEAR,
    Family.DRAFT: Retention(timedelta(minutes=30), "who has not written by then has changed their mind"),
    Family.UPDATES: Retention(7 * _DAY, "until handled; a platform keeps its own for a day"),
    Family.UPDATE_IDS: _WEEK,
    # Bot API, Update.update_id: after a week without updates the next identifier is chosen randomly
    Family.NEXT_UPDATE: Retention(6 * _DAY, "after a week of silence Telegram may begin with a lower number"),
    Family.COPY: _WITH_POST,
    Family.EVENTS: Retention(7 * _DAY, "until every platform has planned it; a platform that is off is not waited for"),
    Family.HEARTBEATS: Retention(None, "one time a process"),
    Family.REGISTRATIONS: Retention(None, "one line a bot and server"),
    Family.COUNTERS: Retention(None, "the last number given to each kind of thing"),
    Family.SERVICE_KEYS: Retention(None, "one line a key, until it is revoked"),
    Family.QUOTA: Retention(timedelta(minutes=2), "a quota is counted by the minute"),
    Family.LABELS: Retention(400 * _DAY, "moderators' judgements to learn from; each write drops what is older"),
    Family.HISTORY: Retention(_DAY, "what a repeated comment is compared with; a campaign is not a day old"),
    Family.OP: _WEEK,
}


def keep_ms(family: Family) -> int:
    """The expiry for a script, in milliseconds. Raises KeyError for a family that never expires."""
    keep = RETENTION[family].keep
    if keep is None:
        raise KeyError(f"Keys of the family {family} do not expire: {RETENTION[family].why}.")
    return keep // timedelta(milliseconds=1)
