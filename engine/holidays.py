"""Which days people of the People's Republic of China work on.

Holidays come from `chinesecalendar`, which knows a year only once the State Council has published it. For every other
year Monday to Friday count, less the holidays that lie on a fixed date. No year is ever an error.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from itertools import accumulate

from chinese_calendar.constants import holidays, workdays

#: (month, day) of the holidays on a fixed date: 元旦, 劳动节 (two days since 2025), 国庆节 (three days).
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


_CYCLE = 400  # after so many years the Gregorian calendar repeats, days of the week included
_GUESSED = 2400  # a cycle that is not published


def is_published(year: int) -> bool:
    """Whether the holidays of that year are known."""
    return year in _published_years()


def is_working_day(day: date) -> bool:
    """Whether people work on that day, make-up Saturdays and Sundays included."""
    if day.year in _published_years():
        return day in workdays or (day.weekday() < 5 and day not in holidays)
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


@lru_cache(maxsize=8192)
def working_days_up_to(day: date) -> int:
    """How many working days there were from the first of 2000 (or before it, negative) to this day; only differences
    of two such numbers mean anything."""
    return _working_days_before(day.year) + _year_so_far(day.year)[day.timetuple().tm_yday - 1]


def nth_working_day(day: date, n: int) -> date:
    """The n-th working day after this day, or before it where n is negative; the day itself for zero.

    OverflowError where that lies outside years 1–9999. A year costs one look, not each of its days.
    """
    if n == 0:
        return day
    year, passed = day.year, _year_so_far(day.year)[day.timetuple().tm_yday - 1]
    # What is wanted is the first day of its year up to which so many working days have passed.
    wanted = passed + n if n > 0 or is_working_day(day) else passed + n + 1
    while wanted > (whole := _year_so_far(year)[-1]):
        wanted, year = wanted - whole, _existing(year + 1)
    while wanted < 1:
        year = _existing(year - 1)
        wanted += _year_so_far(year)[-1]
    return date.fromordinal(date(year, 1, 1).toordinal() + bisect_left(_year_so_far(year), wanted))


def _existing(year: int) -> int:
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(year)
    return year


@lru_cache(maxsize=1)
def _published_years() -> frozenset[int]:
    return frozenset(range(min(holidays).year, max(holidays).year + 1))


@lru_cache(maxsize=2 * _CYCLE)
def _working_days_in(first: int, last: int) -> int:
    """In the years from the first up to but without the last."""
    return sum(_year_so_far(year)[-1] for year in range(first, last))


def _working_days_before(year: int) -> int:
    """From the first of 2000 to the first of the year; cycles that are guessed count alike."""
    cycles = max(0, year - _GUESSED) // _CYCLE if year >= 2000 else -((1999 - year) // _CYCLE)
    year -= cycles * _CYCLE
    counted = _working_days_in(2000, year) if year >= 2000 else -_working_days_in(year, 2000)
    return counted + cycles * _working_days_in(_GUESSED, _GUESSED + _CYCLE)


def _year_so_far(year: int) -> tuple[int, ...]:
    """For each day of the year the number of its working days up to it."""
    return _counted(year if is_published(year) else _GUESSED + year % _CYCLE)


@lru_cache(maxsize=2 * _CYCLE)
def _counted(year: int) -> tuple[int, ...]:
    first, end = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    return tuple(accumulate(is_working_day(date.fromordinal(n)) for n in range(first, end)))
