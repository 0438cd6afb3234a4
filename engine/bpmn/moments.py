"""When a timer is due: from what a diagram or its FEEL says to a moment in UTC.

| written as                                   | means                                                       |
|----------------------------------------------|-------------------------------------------------------------|
| `5 个工作日`, or a number                    | working days of the calendar (`Services.due`)               |
| `48 小时`                                    | hours, natural time (`Services.due`)                        |
| ISO 8601 duration `P1M`, `PT30M`, FEEL duration | natural time on the wall clock of Asia/Shanghai          |
| date, date-time (ISO text or FEEL value)     | that moment; a date is its first minute in Asia/Shanghai    |
| `R3/PT1H`, `R/2026-11-06/P1D`, `R3/5 个工作日` | again and again, see `read_cycle`                       |
| `0 0 9-17 * * MON-FRI`                       | at these clock times, see `engine.bpmn.cron`                |
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from engine.bpmn.cron import Cron, read_cron
from engine.feel import DaysTime, YearsMonths

HOUSE_ZONE = ZoneInfo("Asia/Shanghai")  # texts without a zone, and calendar months, are read on this wall clock

_AMOUNT = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(?:个)?\s*(工作日|小时)")
_PERIOD = re.compile(
    r"P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?"
    r"(?:T(?=.)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9}(?:\.\d{1,6})?)S)?)?",
    re.IGNORECASE,
)
_UNITS = {"工作日": "workday", "小时": "hour"}


class Amount(NamedTuple):
    """So many working days or hours, counted by `Services.due`; `unit` is "workday" or "hour"."""

    amount: Decimal | int
    unit: str


class Period(NamedTuple):
    """A natural duration: calendar months first, then exact time."""

    months: int
    rest: timedelta

    def after(self, start: datetime) -> datetime:
        """`start` plus this period; a month that lacks the day ends at its last day. OverflowError past year 9999."""
        wall = start.astimezone(HOUSE_ZONE)
        month = wall.year * 12 + wall.month - 1 + self.months
        year, month = month // 12, month % 12 + 1
        if year > 9998:
            raise OverflowError
        wall = wall.replace(year=year, month=month, day=min(wall.day, monthrange(year, month)[1]))
        return wall.astimezone(UTC) + self.rest


When = Amount | Period | Cron | datetime


class Cycle(NamedTuple):
    """A repeating interval: `times` in all (None: without end), the first at `start` or one interval from now."""

    times: int | None
    start: datetime | None
    every: Amount | Period | Cron


def read_moment(value: Any, unit: str = "workday") -> When | None:
    """Understand a timer's value; None if it is nothing of the table above. Plain numbers count `unit`."""
    if isinstance(value, str):
        return _from_text(value.strip(), unit)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return Amount(value, unit) if value >= 0 else None
    if isinstance(value, float):
        return Amount(Decimal(repr(value)), unit) if 0 <= value < 1e9 else None
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, date):
        return _in_utc(datetime.combine(value, time(0)))
    return _from_duration(value)


def read_cycle(value: Any) -> Cycle | None:
    """Understand a repeating interval (ISO 8601-1, 5.6) or clock times that come again (`engine.bpmn.cron`); None if it
    is none. An interval of nothing is none."""
    if not isinstance(value, str):
        return None
    if (clock := read_cron(value)) is not None:
        return Cycle(None, None, clock)
    head, *rest = value.strip().split("/")
    times = re.fullmatch(r"R(\d{0,4})", head, re.IGNORECASE)
    if times is None or not 1 <= len(rest) <= 2 or times[1] == "0":
        return None
    every = read_moment(rest[-1])
    start = read_moment(rest[0]) if len(rest) == 2 else None
    if isinstance(every, datetime) and isinstance(start, Amount | Period):
        return None  # "until": a repetition says how often instead
    if every is None or isinstance(every, datetime) or (len(rest) == 2 and not isinstance(start, datetime)):
        return None
    if every == Period(0, timedelta()) or (isinstance(every, Amount) and not every.amount):
        return None
    return Cycle(int(times[1]) if times[1] else None, start if isinstance(start, datetime) else None, every)


def _from_duration(value: Any) -> Period | None:
    if isinstance(value, YearsMonths):
        return Period(value.months, timedelta()) if 0 <= value.months < 120_000 else None
    if isinstance(value, DaysTime):
        try:
            value = value.timedelta
        except OverflowError:
            return None
    return Period(0, value) if isinstance(value, timedelta) and value >= timedelta() else None


@lru_cache(maxsize=1024)  # the same few texts of the diagrams, each time a task opens
def _from_text(text: str, unit: str) -> When | None:
    if amount := _AMOUNT.fullmatch(text):
        return Amount(_number(amount[1]), _UNITS[amount[2]])
    if period := _PERIOD.fullmatch(text):
        years, months, weeks, days, hours, minutes = (int(part or 0) for part in period.groups()[:6])
        rest = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=float(period[7] or 0))
        return Period(years * 12 + months, rest)
    if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text):
        return Amount(_number(text), unit)
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return _in_utc(datetime.fromisoformat(text))
    except ValueError:
        return None


def _number(text: str) -> Decimal | int:
    return Decimal(text) if "." in text else int(text)


def _in_utc(moment: datetime) -> datetime | None:
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=HOUSE_ZONE)).astimezone(UTC)
    except OverflowError:
        return None
