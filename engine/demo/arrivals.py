"""When cases begin over a year: working days only, few around Spring Festival, many before the year ends."""

from __future__ import annotations

from bisect import bisect
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from engine.calendar import WorkingCalendar
from engine.clock import LOCAL

SEASON = (0.9, 0.55, 1.1, 1.0, 0.95, 1.1, 0.85, 0.8, 1.05, 0.8, 1.25, 1.35)
"""How busy each month is, January first."""

WEEK = (1.15, 1.1, 1.0, 1.0, 0.8, 0.4, 0.4)
"""How busy each day of the week is; a Saturday or Sunday counts only when people make up for a holiday."""

_HOURS = ((9, 22), (10, 26), (11, 12), (13, 6), (14, 18), (15, 20), (16, 14), (17, 3))


def arrivals(rng: Random, calendar: WorkingCalendar, first: date, last: date, count: int) -> list[datetime]:
    """The moments at which `count` cases begin, in order, from the day `first` up to and without `last`."""
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    days = [day for day in days if calendar.is_working_day(day)]
    reach = list(accumulate(SEASON[day.month - 1] * WEEK[day.weekday()] for day in days))
    hours = [hour for hour, weight in _HOURS for _one in range(weight)]
    moments = []
    for _case in range(count):
        day = days[min(bisect(reach, rng.random() * reach[-1]), len(days) - 1)]
        at = time(rng.choice(hours), rng.randrange(60), rng.randrange(60))
        moments.append(datetime.combine(day, at, tzinfo=LOCAL))
    return sorted(moments)
