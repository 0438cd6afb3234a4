"""How long things took, in working days with fractions.

A working day of these figures runs from 09:00 to 17:30 (Asia/Shanghai); nights, weekends and holidays take no time.
From Friday 13:15 to Monday 13:15 is one working day. Steps whose deadline is a statutory clock in hours are measured in
days by the clock instead, like their deadline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from statistics import median as middle

from engine.calendar import END_OF_DAY, NOON, WorkingCalendar
from engine.clock import LOCAL
from engine.holidays import working_days_up_to

SAMPLE = 500
"""How many finished tasks or cases, the newest first, an average or median is made of at most."""

START_OF_DAY = time(9, 0)

_DAY = timedelta(days=1)
_OPENING = START_OF_DAY.hour * 60 + START_OF_DAY.minute
_MINUTES = (END_OF_DAY.hour - START_OF_DAY.hour) * 60 + END_OF_DAY.minute - START_OF_DAY.minute


def working_days(calendar: WorkingCalendar, start: datetime, end: datetime) -> float:
    """Working days from `start` to `end` (aware); 0 when `end` is not later."""
    if end <= start:
        return 0.0
    return max(0.0, passed(calendar, end) - passed(calendar, start))


@lru_cache(maxsize=32_768)
def passed(calendar: WorkingCalendar, moment: datetime) -> float:
    """Working days that had passed by then, counted from some fixed day: only differences mean anything.

    Kept, since what was worked out for a moment holds for ever and the newest finished tasks are asked for often."""
    here = moment.astimezone(LOCAL)
    day = here.date()
    if not calendar.is_working_day(day):
        return float(working_days_up_to(day))
    minutes = here.hour * 60 + here.minute - _OPENING
    return working_days_up_to(day) - 1.0 + min(max(minutes / _MINUTES, 0.0), 1.0)


def taken(calendar: WorkingCalendar, start: datetime, end: datetime, unit: str) -> float:
    """The time something took, in the days its deadline counts in: "workday", or natural days for "hour"."""
    return max(0.0, (end - start) / _DAY) if unit == "hour" else working_days(calendar, start, end)


def allowed(calendar: WorkingCalendar, start: datetime, due: datetime, unit: str) -> float:
    """The time limit behind a deadline: 5 for what arrived on Monday and is due on the next one at 17:30."""
    if unit == "hour":
        return (due - start) / _DAY
    days = float(calendar.working_days_between(start, due))
    return days - 0.5 if due.astimezone(LOCAL).time() == NOON else days


def soon_limits(calendar: WorkingCalendar, now: datetime) -> tuple[datetime, datetime]:
    """Until when a deadline is "soon": (in working days: one left, in hours: 24 left); see `describe_due`."""
    here = now.astimezone(LOCAL)
    day = here.date() + _DAY
    while not calendar.is_working_day(day):
        day += _DAY
    hour = here.time() if calendar.is_working_day(here.date()) else time.max
    return datetime.combine(day, hour, tzinfo=LOCAL), now + _DAY


def average(values: Sequence[float]) -> float | None:
    """The mean, None of nothing."""
    return sum(values) / len(values) if values else None


def median(values: Sequence[float]) -> float | None:
    """The median, None of nothing."""
    return middle(values) if values else None


def nine_of_ten(values: Sequence[float]) -> float | None:
    """The value that nine of ten do not exceed, None of nothing."""
    return sorted(values)[-(-len(values) * 9 // 10) - 1] if values else None


def usual(values: Iterable[float]) -> float | None:
    """The most frequent value, None of nothing: a step's limit may depend on the case."""
    counted = Counter(round(value, 2) for value in values)
    return counted.most_common(1)[0][0] if counted else None


def rate(part: int, whole: int) -> float | None:
    """`part` of `whole` as 0 … 1, None when there is no whole."""
    return part / whole if whole else None
