"""Dates and moments in the years that Python's calendar does not reach: up to 0 and from 10000.

The calendar repeats itself every 400 years, to the day of the week. So a far date is a date of a year in reach, its
stand-in, and the number of times 400 years that lie between. Whatever comes back into the years 1–9999 is an ordinary
date again.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Self

CYCLE_DAYS = 146_097
"""Days in 400 years."""
FURTHEST_YEAR = 999_999_999
"""The last year of the language; the first one is its negative. Year 0 is there, as in ISO 8601."""
_EARLY, _LATE = 400, 8800  # years that stand in are far enough from Python's ends for any offset
_DAY = 86_400_000_000
_MICROSECOND = timedelta(microseconds=1)
_YEAR = re.compile(r"-?[0-9]+(?=-)")


class Far:
    """What both kinds have: `near` lies as many times 400 years from the value as `cycles` says, backwards if negative.

    Immutable, as all values are.
    """

    __slots__ = ("cycles", "near")
    cycles: int
    near: Any

    def __init__(self, cycles: int, near: date) -> None:
        self.cycles, self.near = cycles, near

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Far) or type(other) is not type(self):
            return NotImplemented
        return (self.cycles, self.near) == (other.cycles, other.near)

    def __hash__(self) -> int:
        return hash((self.cycles, self.near))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self})"

    def __str__(self) -> str:
        return self.isoformat()

    @property
    def year(self) -> int:
        """At most 0 or at least 10000."""
        return int(self.near.year) + 400 * self.cycles

    @property
    def month(self) -> int:
        """1–12."""
        return int(self.near.month)

    @property
    def day(self) -> int:
        """1–31."""
        return int(self.near.day)

    def isoweekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return int(self.near.isoweekday())

    def isoformat(self) -> str:
        """`-2017-12-31`, `12017-12-31T09:30:00+08:00`: a sign only before Christ, at least four digits."""
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}{self.near.isoformat()[4:]}"

    @classmethod
    def fromisoformat(cls, text: str) -> Self:
        """What `isoformat` wrote. ValueError for anything else."""
        year = _YEAR.match(text)
        if year is None:
            raise ValueError(text)
        cycles, stand_in = _stand_in(int(year[0]))
        kind = datetime if issubclass(cls, FarDateTime) else date
        return cls(cycles, kind.fromisoformat(f"{stand_in:04d}{text[year.end() :]}"))


class FarDate(Far):
    """A date; `near` is a date too."""

    __slots__ = ()


class FarDateTime(Far):
    """A date and time; `near` has its time and its zone."""

    __slots__ = ()

    @property
    def hour(self) -> int:
        """0–23."""
        return int(self.near.hour)

    @property
    def minute(self) -> int:
        """0–59."""
        return int(self.near.minute)

    @property
    def second(self) -> int:
        """0–59."""
        return int(self.near.second)

    @property
    def tzinfo(self) -> tzinfo | None:
        """The zone, None if there is none."""
        zone: tzinfo | None = self.near.tzinfo
        return zone

    def utcoffset(self) -> timedelta | None:
        """How far ahead of UTC; a zone is taken to keep its first rule before its history and its last one for ever."""
        offset: timedelta | None = self.near.utcoffset()
        return offset

    def date(self) -> FarDate:
        """Without the time."""
        return FarDate(self.cycles, self.near.date())

    def timetz(self) -> time:
        """Without the date."""
        moment: time = self.near.timetz()
        return moment


FAR = frozenset({FarDate, FarDateTime})
DATED = frozenset({date, datetime, FarDate, FarDateTime})
"""The classes of everything that has a date."""
Dated = date | FarDate | FarDateTime


def _stand_in(year: int) -> tuple[int, int]:
    """Cycles and the year that stands in for a year; itself if it is well in reach. ValueError beyond the language."""
    if abs(year) > FURTHEST_YEAR:
        raise ValueError(year)
    if _EARLY <= year < _LATE:
        return 0, year
    start = _EARLY if year < _EARLY else _LATE
    cycles, rest = divmod(year - start, 400)
    return cycles, start + rest


def near_of(day: Dated) -> Any:
    """A date or datetime with the same month, day, weekday, week and time."""
    return day.near if isinstance(day, Far) else day


def _placed(cycles: int, near: date) -> Dated:
    """The value so many cycles from a date or datetime: an ordinary one where Python has it."""
    year = near.year + 400 * cycles
    if 1 <= year <= 9999:
        return near.replace(year=year)
    cycles, stand_in = _stand_in(year)
    near = near.replace(year=stand_in)
    return FarDateTime(cycles, near) if isinstance(near, datetime) else FarDate(cycles, near)


def date_of(year: int, month: int, day: int) -> date | FarDate:
    """The date of a calendar day; ValueError if there is none."""
    if 1 <= year <= 9999:
        return date(year, month, day)
    cycles, stand_in = _stand_in(year)
    return FarDate(cycles, date(stand_in, month, day))


def combined(day: date | FarDate, moment: time) -> datetime | FarDateTime:
    """A date (without time) and a time, whose zone it takes."""
    if isinstance(day, FarDate):
        return FarDateTime(day.cycles, datetime.combine(day.near, moment))
    return datetime.combine(day, moment)


def day_number(day: Dated) -> int:
    """Days since the last one of year 0: what `date.toordinal` counts, on and on."""
    return int(near_of(day).toordinal()) + (CYCLE_DAYS * day.cycles if isinstance(day, Far) else 0)


def day_at(number: int) -> date | FarDate:
    """The date of a day's number; ValueError beyond the language."""
    cycles, rest = divmod(number - 1, CYCLE_DAYS)
    near = date.fromordinal(rest + 1 + CYCLE_DAYS)
    return date_of(near.year + 400 * (cycles - 1), near.month, near.day)


def has_zone(day: Dated) -> bool:
    """Whether it is a moment everywhere on earth; a date is one, its midnight in UTC."""
    near = near_of(day)
    return not isinstance(near, datetime) or near.tzinfo is not None


def instant(day: Dated) -> int:
    """Microseconds on a scale that orders dates and moments, those without zone among themselves."""
    near, days = near_of(day), day_number(day)
    if not isinstance(near, datetime):
        return days * _DAY
    clock = days * _DAY + (near.hour * 3600 + near.minute * 60 + near.second) * 1_000_000 + near.microsecond
    offset = near.utcoffset()
    return clock if offset is None else clock - offset // _MICROSECOND


def later(day: Dated, micros: int) -> Dated:
    """So many microseconds later, exact over a change of clocks; of a date only whole days count.

    ValueError beyond the language.
    """
    near = near_of(day)
    if not isinstance(near, datetime):
        return day_at((day_number(day) * _DAY + micros) // _DAY)
    number, rest = divmod(instant(day) + micros, _DAY)
    there = day_at(number)
    cycles, stand_in = _stand_in(there.year)
    moment = datetime(stand_in, there.month, there.day, tzinfo=near.tzinfo) + timedelta(microseconds=rest)
    return _placed(cycles, moment if near.tzinfo is None else near.tzinfo.fromutc(moment))


def months_later(day: Dated, months: int) -> Dated:
    """The same day so many months later, or the last of a shorter month. ValueError beyond the language."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    cycles, stand_in = _stand_in(year)
    last = monthrange(stand_in, month + 1)[1]
    return _placed(cycles, near_of(day).replace(year=stand_in, month=month + 1, day=min(day.day, last)))
