"""Dates, times and durations. `now` and `today` read the time that was handed in; the compiler sees to them."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timezone
from decimal import Decimal

from engine.feel.builtins.arguments import dated, number, single, string, whole
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.far import FarDate, FarDateTime, combined, date_of, near_of
from engine.feel.temporal import months_between, parse_date, parse_date_and_time, parse_duration, parse_time
from engine.feel.values import DaysTime, Value, YearsMonths

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@builtin("date", "from | year, month, day")
def to_date(*parts: Value) -> Value:
    """`date(text)`, the date of a date and time, or `date(year, month, day)`."""
    if len(parts) == 3:
        return date_of(whole(parts[0]), whole(parts[1]), whole(parts[2]))
    source = single(parts[0])
    if isinstance(source, datetime | FarDateTime):
        return source.date()
    return source if isinstance(source, date | FarDate) else parse_date(string(source))


@builtin("time", "from | hour, minute, second, offset?")
def to_time(*parts: Value) -> Value:
    """`time(text)`, the time of a date and time, or `time(hour, minute, second, offset?)`."""
    if len(parts) >= 3:
        offset = single(parts[3]) if len(parts) == 4 else None
        if offset is not None and not isinstance(offset, DaysTime):
            raise NotApplicable
        seconds = number(parts[2])
        if seconds.adjusted() > 1:
            raise NotApplicable
        return time(
            whole(parts[0]),
            whole(parts[1]),
            int(seconds),
            int(seconds % 1 * 1_000_000),
            None if offset is None else timezone(offset.timedelta),
        )
    source = single(parts[0])
    if isinstance(source, datetime | FarDateTime):
        return source.timetz()
    if isinstance(source, date | FarDate):
        return time(tzinfo=UTC)
    return source if isinstance(source, time) else parse_time(string(source))


@builtin(
    "date and time",
    "from | date, time | year, month, day, hour, minute, second, offset?"
    " | year, month, day, hour, minute, second, timezone",
)
def to_date_and_time(source: Value, *more: Value) -> Value:
    """`date and time(text)`, a date's midnight in UTC, a date and a time put together, or part by part.

    The last part is an offset (a duration) or a zone ("Asia/Shanghai"). A time that is null gives null.
    """
    if len(more) > 1:
        return _moment([source, *more])
    source = single(source)
    if more:
        moment, day = single(more[0]), to_date(source)
        if not isinstance(moment, time) or day is None:
            raise NotApplicable
        return combined(day, moment)
    if isinstance(source, datetime | FarDateTime):
        return source
    if isinstance(source, date | FarDate):
        return combined(source, time(tzinfo=UTC))
    return parse_date_and_time(string(source))


@builtin("duration", "from")
def to_duration(source: Value) -> Value:
    """`duration("P1D")`, `duration("P1Y2M")`."""
    source = single(source)
    return source if isinstance(source, (YearsMonths, DaysTime)) else parse_duration(string(source))


@builtin("years and months duration", "from, to")
def years_and_months(start: Value, end: Value) -> Value:
    """Whole months between two dates."""
    return YearsMonths(months_between(dated(start), dated(end)))


@builtin("now", "")
def now() -> Value:
    """Known here so that its name and arguments are checked; the value is handed in with the context."""
    return None


@builtin("today", "")
def today() -> Value:
    """Like `now`."""
    return None


def _moment(parts: list[Value]) -> datetime | FarDateTime:
    zone = single(parts[6]) if len(parts) > 6 else None
    clock: time = to_time(*parts[3:6])
    day = date_of(whole(parts[0]), whole(parts[1]), whole(parts[2]))
    if isinstance(zone, str):
        found = parse_time(f"00:00:00@{zone}")
        if found is None:
            raise NotApplicable
        return combined(day, clock.replace(tzinfo=found.tzinfo))
    if zone is not None and not isinstance(zone, DaysTime):
        raise NotApplicable
    return combined(day, clock.replace(tzinfo=None if zone is None else timezone(zone.timedelta)))


@builtin("day of year", "date")
def day_of_year(value: Value) -> Value:
    """From 1 on the first of January."""
    return Decimal(near_of(dated(value)).timetuple().tm_yday)


@builtin("day of week", "date")
def day_of_week(value: Value) -> Value:
    """`"Monday"` to `"Sunday"`: the standard's names, in every language of the pages."""
    return _DAYS[dated(value).isoweekday() - 1]


@builtin("month of year", "date")
def month_of_year(value: Value) -> Value:
    """`"January"` to `"December"`"""
    return _MONTHS[dated(value).month - 1]


@builtin("week of year", "date")
def week_of_year(value: Value) -> Value:
    """The ISO week: the first one has the year's first Thursday."""
    return Decimal(near_of(dated(value)).isocalendar().week)


@builtin("last day of month", "date", addition=True)
def last_day_of_month(value: Value) -> Value:
    """The date of the last day of that month."""
    day = dated(value)
    return date_of(day.year, day.month, monthrange(near_of(day).year, day.month)[1])
