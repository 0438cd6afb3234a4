"""Which days people of the People's Republic of China work on.

Holidays come from `chinesecalendar`, which knows a year only once the State Council has published it. For every other
year Monday to Friday count, less the holidays that lie on a fixed date. No year is ever an error.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import accumulate

from chinese_calendar.constants import holidays, workdays

#: (month, day) of the holidays on a fixed date: 元旦, 劳动节 (two days since 2025), 国庆节 (three days).
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@lru_cache(maxsize=1)
def _published_years() -> frozenset[int]:
    return frozenset(range(min(holidays).year, max(holidays).year + 1))


@lru_cache(maxsize=128)
def _free_days(year: int) -> frozenset[date]:
    """All days of the year on which nobody works."""
    published = year in _published_years()

    def is_free(day: date) -> bool:
        if published:
            return day not in workdays and (day.weekday() > 4 or day in holidays)
        return day.weekday() > 4 or (day.month, day.day) in FIXED_HOLIDAYS

    days = (date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1))
    return frozenset(day for day in days if is_free(day))


def is_published(year: int) -> bool:
    """Whether the holidays of that year are known."""
    return year in _published_years()


def is_working_day(day: date) -> bool:
    """Whether people work on that day, make-up Saturdays and Sundays included."""
    return day not in _free_days(day.year)


@lru_cache(maxsize=8192)
def working_days_up_to(day: date) -> int:
    """How many working days there were from the first of 2000 (or before it, negative) to this day; only differences
    of two such numbers mean anything."""
    return _working_days_before(day.year) + _year_so_far(day.year)[day.timetuple().tm_yday - 1]


@lru_cache(maxsize=512)
def _working_days_before(year: int) -> int:
    if year >= 2000:
        return sum(_year_so_far(n)[-1] for n in range(2000, year))
    return -sum(_year_so_far(n)[-1] for n in range(year, 2000))


@lru_cache(maxsize=512)
def _year_so_far(year: int) -> tuple[int, ...]:
    """For each day of the year the number of its working days up to it."""
    free, first = _free_days(year), date(year, 1, 1).toordinal()
    days = range(first, date(year, 12, 31).toordinal() + 1)
    return tuple(accumulate(date.fromordinal(n) not in free for n in days))
