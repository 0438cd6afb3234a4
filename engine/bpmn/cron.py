"""Clock times that come again, as other tools write them: `0 0 9-17 * * MON-FRI` is each full hour from 9 to 17 on
weekdays, on the wall clock of Asia/Shanghai.

Six fields: second, minute, hour, day of the month, month, day of the week. `?` is `*`. The second is one number: what
comes more often than once a minute would only flood the table of jobs. Days of the week are names only: of a number,
the tools that write these do not agree whether 1 is Sunday or Monday. Of the signs beyond `* , - /` only `L` (the last
day of the month) is understood.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

_ZONE = ZoneInfo("Asia/Shanghai")
_NAMES = ("second", "minute", "hour", "day", "month", "day_of_week")
_WEEKDAYS = re.compile(r"\*|(?:MON|TUE|WED|THU|FRI|SAT|SUN)(?:[,-](?:MON|TUE|WED|THU|FRI|SAT|SUN))*", re.IGNORECASE)
_FIELD = re.compile(r"[A-Z0-9*,/-]+", re.IGNORECASE)
_YEARS = "2000-2056"  # dates and weekdays repeat after 28 years: what does not come by then never comes
LONGEST = 100
"""Characters of a text that is read at all."""


class Cron(NamedTuple):
    """Clock times by their text, which `read_cron` has understood."""

    text: str

    def after(self, start: datetime) -> datetime:
        """The first of them later than `start`, in UTC."""
        found = _next(_trigger(self.text), start)
        if found is None:  # past year 9999
            raise OverflowError
        return found


def read_cron(text: str) -> Cron | None:
    """Understand it; None if it is none, or names times that never come (30 February)."""
    text = text.strip()
    if len(text) > LONGEST or len(text.split()) != 6:
        return None
    try:
        tried = _trigger(text, _YEARS)
    except ValueError:
        return None
    return Cron(text) if _next(tried, datetime(2000, 1, 1, tzinfo=UTC)) is not None else None


@lru_cache(maxsize=256)
def _trigger(text: str, years: str = "*") -> CronTrigger:
    fields = ["*" if field == "?" else field for field in text.split()]
    if fields[3].upper() == "L":
        fields[3] = "last"
    if (
        not fields[0].isdecimal()
        or not _WEEKDAYS.fullmatch(fields[5])
        or not all(_FIELD.fullmatch(field) for field in fields)
    ):
        raise ValueError(text)
    return CronTrigger(**dict(zip(_NAMES, fields, strict=True)), year=years, timezone=_ZONE)


def _next(trigger: CronTrigger, start: datetime) -> datetime | None:
    found: datetime | None = trigger.get_next_fire_time(start, start)
    return found.astimezone(UTC) if found is not None else None
