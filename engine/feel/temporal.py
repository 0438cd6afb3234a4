"""Dates, times and durations: reading ISO 8601, zones, calendar arithmetic and the parts that a path may name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel.far import Dated, FarDate, FarDateTime, combined, date_of, day_at, day_number
from engine.feel.values import DaysTime, Value, YearsMonths, kind

_DATE = re.compile(r"((?!-0000)-?(?:[0-9]{4}|[1-9][0-9]{4,8}))-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+\-/]+)?"
)
_YEARS_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?")
_DAYS_TIME = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,12}(?:\.[0-9]{0,9})?)S)?)?"
)
BEIJING = ZoneInfo("Asia/Shanghai")
"""Where the product's dates lie."""
_FURTHEST_ZONE = timedelta(hours=18)


def parse_date(text: str) -> date | FarDate | None:
    """`2026-01-31`, `-0044-03-15`, `12026-01-31`; None if it is no date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date_of(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """`09:30:00`, with fraction, and with `Z`, `+08:00` or `@Asia/Shanghai`; None if it is no time.

    `24:00:00` is 00:00:00, as in XML Schema.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    micros = int(((match[4] or ".0")[1:] + "000000")[:6])
    hour = 0 if _is_end_of_day(match) else int(match[1])
    try:
        return time(hour, int(match[2]), int(match[3]), micros, _zone(match[5]))
    except (ValueError, KeyError, OSError):  # no such hour or zone; zoneinfo has three ways to say so
        return None


def _is_end_of_day(time_match: re.Match[str]) -> bool:
    return time_match[1] == "24" and not any(map(int, (time_match[2], time_match[3], (time_match[4] or ".0")[1:])))


def parse_date_and_time(text: str) -> datetime | FarDateTime | None:
    """A date, `T`, a time; a date alone is its midnight, `T24:00:00` the next day's. None if it is neither."""
    day_text, separator, time_text = text.partition("T")
    day = parse_date(day_text)
    moment = parse_time(time_text) if separator else time()
    if day is None or moment is None:
        return None
    if time_text.startswith("24"):
        try:
            day = day_at(day_number(day) + 1)
        except ValueError:  # after the last day there is
            return None
    return combined(day, moment)


def parse_duration(text: str) -> YearsMonths | DaysTime | None:
    """`P1Y2M` or `P1DT2H`; the two do not mix. None if it is neither."""
    match = _YEARS_MONTHS.fullmatch(text)
    if match is not None:
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsMonths(-months if match[1] else months)
    match = _DAYS_TIME.fullmatch(text)
    if match is None:
        return None
    whole = int(match[2] or 0) * 86400 + int(match[3] or 0) * 3600 + int(match[4] or 0) * 60
    seconds = whole + Decimal(match[5] or 0)
    return DaysTime(-seconds if match[1] else seconds)


def parse_temporal(text: str) -> Value:
    """What `@"…"` means, or None."""
    if text.lstrip("-").startswith("P"):
        return parse_duration(text)
    if "T" in text.partition("@")[0]:
        return parse_date_and_time(text)
    return parse_date(text) or parse_time(text)


def _zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text in "Zz":  # the standard writes it small in its examples
        return UTC
    if text.startswith("@"):
        return ZoneInfo(text[1:])
    hours, minutes, *seconds = map(int, text[1:].split(":"))
    offset = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    if offset > _FURTHEST_ZONE or max(minutes, *seconds, 0) > 59:
        raise ValueError(text)
    return timezone(-offset if text[0] == "-" else offset)


def offset_of(moment: time | datetime | FarDateTime) -> timedelta | None:
    """How far ahead of UTC; None where it has no zone. A time in a zone has no date, so it has the zone's standard."""
    if isinstance(moment, time) and isinstance(moment.tzinfo, ZoneInfo):
        winter = datetime(2000, 1, 1, tzinfo=moment.tzinfo)
        return (winter.utcoffset() or timedelta()) - (winter.dst() or timedelta())
    return moment.utcoffset()


def seconds_of_day(moment: time) -> Decimal:
    """Seconds since midnight, in UTC where the time has an offset: what orders times."""
    offset = offset_of(moment)
    clock = Decimal(moment.hour * 3600 + moment.minute * 60 + moment.second) + Decimal(moment.microsecond) / 1_000_000
    return clock if offset is None else clock - DaysTime.of(offset).seconds


def months_between(start: Dated, end: Dated) -> int:
    """Whole months from start to end; negative if end is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    if months < 0 and end.day > start.day:
        return months + 1
    return months


def _signed(total: int | Decimal, part: Callable[[int], int]) -> Decimal:
    """A part of a duration, with the sign of the whole."""
    amount = Decimal(part(abs(int(total))))
    return -amount if total < 0 and amount else amount


def _offset(moment: time | datetime | FarDateTime) -> DaysTime | None:
    offset = offset_of(moment)
    return None if offset is None else DaysTime.of(offset)


_DATE_PARTS: Mapping[str, Callable[..., Value]] = {
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "weekday": lambda day: Decimal(day.isoweekday()),
}
_TIME_PARTS: Mapping[str, Callable[..., Value]] = {
    "hour": lambda moment: Decimal(moment.hour),
    "minute": lambda moment: Decimal(moment.minute),
    "second": lambda moment: Decimal(moment.second),
    "time offset": _offset,
    "timezone": lambda moment: moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None,
}
_PARTS: Mapping[str, Mapping[str, Callable[..., Value]]] = {
    "date": _DATE_PARTS,
    "time": _TIME_PARTS,
    "date and time": {**_DATE_PARTS, **_TIME_PARTS},
    "years and months duration": {
        "years": lambda span: _signed(span.months, lambda months: months // 12),
        "months": lambda span: _signed(span.months, lambda months: months % 12),
    },
    "days and time duration": {
        "days": lambda span: _signed(span.seconds, lambda seconds: seconds // 86400),
        "hours": lambda span: _signed(span.seconds, lambda seconds: seconds // 3600 % 24),
        "minutes": lambda span: _signed(span.seconds, lambda seconds: seconds // 60 % 60),
        "seconds": lambda span: _signed(span.seconds, lambda seconds: seconds % 60),
    },
    "range": {
        "start": lambda interval: interval.start,
        "end": lambda interval: interval.end,
        "start included": lambda interval: interval.start_included,
        "end included": lambda interval: interval.end_included,
    },
}
SPACED_PARTS = frozenset({"time offset", "start included", "end included"})
"""Parts whose names have a space; the parser joins them after a dot."""


def part(value: Value, name: str) -> Value:
    """`value.name` of a date, time, duration or range; null if it has no such part."""
    reader = _PARTS.get(kind(value), {}).get(name)
    return None if reader is None else reader(value)
