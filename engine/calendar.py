"""Working days of the People's Republic of China, and the words in which a deadline is spoken of.

Three rules, in the words of docs/decisions/0005:

1. *n working days* from a moment end at 17:30 (Asia/Shanghai) on the n-th working day after the day of that moment. The
   day of the moment itself never counts, at whatever hour and on whatever kind of day the moment lies: what arrives on
   Friday 09:00, Friday 20:00, Saturday or Sunday has its first working day on Monday.
2. *A fraction of a day* is the morning of one more working day: half a day (or any other fraction) ends at its 12:00.
3. *Hours* are natural time: they run through nights and holidays (statutory clocks).

Holidays come from `chinesecalendar`, which knows a year only once the State Council has published it. For every other
year Monday to Friday count, less the holidays that lie on a fixed date; each answer that touched such a year is marked
provisional, so that it can be computed again when the year is published. No year is ever an error.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Literal, NamedTuple

from engine import holidays
from engine.clock import LOCAL
from engine.holidays import nth_working_day, working_days_up_to
from engine.i18n import _

#: When the working day, and with it a deadline in working days, ends.
END_OF_DAY = time(17, 30)
#: When the morning, and with it half a working day, ends.
NOON = time(12, 0)
#: No deadline of the regulation is longer than about five years; more is a mistake in a table.
LONGEST = 1500

_ONE_DAY = timedelta(days=1)


class Due(NamedTuple):
    """A moment computed by the calendar.

    `at` is aware and in UTC. `provisional` is true when a day of the count lay in a year whose holidays are not
    published yet, so that the moment may still move.
    """

    at: datetime
    provisional: bool


class DueText(NamedTuple):
    """A deadline in words.

    `text` is what a list shows, `title` the exact moment for the tooltip; `late` means it has passed, `soon` that one
    working day or less is left (for a clock in hours: 24 hours).
    """

    text: str
    late: bool
    soon: bool
    title: str


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=LOCAL).astimezone(UTC)


class WorkingCalendar:
    """Counts working days of the country's calendar; it has no state and may be shared between threads."""

    def is_published(self, year: int) -> bool:
        """Whether the holidays of that year are known."""
        return holidays.is_published(year)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that day (a date of Asia/Shanghai), make-up Saturdays and Sundays included."""
        return holidays.is_working_day(day)

    def add_working_days(self, start: datetime, days: Decimal | int) -> Due:
        """The moment at which `days` working days from `start` (aware) have passed; see the rules of the module.

        Zero means the end of the day of `start` if people work on it and it is not over yet, else `start` itself.
        `ValueError` for a negative or absurd number: both are mistakes in a decision table, not of the person.
        """
        whole, half = _split(days)
        begin = start.astimezone(LOCAL)
        day = begin.date()
        if whole == 0 and not half:
            over = not self.is_working_day(day) or begin.time() >= END_OF_DAY
            return Due(start.astimezone(UTC) if over else _at(day, END_OF_DAY), not self.is_published(day.year))
        day = nth_working_day(day, whole + half)
        # The published years are contiguous: with both ends known, all days between are known.
        known = self.is_published((begin.date() + _ONE_DAY).year) and self.is_published(day.year)
        return Due(_at(day, NOON if half else END_OF_DAY), not known)

    def subtract_working_days(self, due: datetime, days: Decimal | int) -> datetime:
        """The moment `days` working days before `due`, for reminders: the same hour, that many working days earlier.

        Half a day turns an afternoon into noon of the day reached, and a morning (noon or before) into the end of the
        working day before it. If `due` lies on a free day the count begins from the working day before it.
        """
        whole, half = _split(days)
        moment = due.astimezone(LOCAL)
        day, hour = moment.date(), moment.time()
        day = nth_working_day(day, -whole)
        if half:
            if hour > NOON and self.is_working_day(day):
                hour = NOON
            else:
                day = nth_working_day(day, -1)
                hour = END_OF_DAY
        return _at(day, hour)

    def add_hours(self, start: datetime, hours: Decimal | int) -> Due:
        """Natural time: `hours` after `start`, through nights and holidays; never provisional."""
        amount = Decimal(hours)
        if not 0 <= amount <= LONGEST * 24:
            raise ValueError(f"not a number of hours: {hours}")
        return Due(start.astimezone(UTC) + timedelta(seconds=int(amount * 3600)), False)

    def working_days_between(self, a: datetime, b: datetime) -> int:
        """How many working days lie after the day of `a` up to and including the day of `b`; negative when b < a."""
        first, last = a.astimezone(LOCAL).date(), b.astimezone(LOCAL).date()
        if last < first:
            return -self.working_days_between(b, a)
        return working_days_up_to(last) - working_days_up_to(first)


def _split(days: Decimal | int) -> tuple[int, bool]:
    """Whole working days, and whether a morning is added."""
    amount = Decimal(days)
    if not amount.is_finite() or not 0 <= amount <= LONGEST:
        raise ValueError(f"not a number of working days: {days}")
    whole = amount.to_integral_value(ROUND_FLOOR)
    return int(whole), amount != whole


#: The country's calendar.
NATIONAL = WorkingCalendar()


def describe_due(due_at: datetime, now: datetime, unit: Literal["workday", "hour"] = "workday") -> DueText:
    """A deadline in the words of the pages.

    More than a working day ahead: the moment. Up to a working day: 今天 17:30, in the last two hours 剩 1 小时 40 分.
    Passed: 超期 4 小时 within a day, else 超期 2 个工作日. A clock in hours counts natural time and says so. A deadline
    in working days that lies in an unpublished year says 暂按周末推算 until it is late.
    """
    due, moment = due_at.astimezone(LOCAL), now.astimezone(LOCAL)
    provisional = unit == "workday" and not NATIONAL.is_published(due.year)
    title = _("{moment} 到期", moment=f"{due:%Y-%m-%d %H:%M}")
    if unit == "hour":
        title += _("（自然时间）")
    if provisional:
        title += _("，该年放假安排尚未公布，暂按周末推算，公布后自动重算")
    if moment > due:
        return DueText(_lateness(due, moment, unit), True, False, title)
    soon = _is_soon(due, moment, unit)
    text = _time_left(due, moment) if soon else f"{due:%Y-%m-%d %H:%M}"
    if provisional:
        text += _("（暂按周末推算）")
    return DueText(text, False, soon, title)


def _is_soon(due: datetime, now: datetime, unit: str) -> bool:
    if unit == "hour":
        return due - now <= _ONE_DAY
    left = NATIONAL.working_days_between(now, due)
    # On the last but one day it becomes a working day or less at the hour of the deadline; on a free day it already is.
    return left == 0 or (left == 1 and (not NATIONAL.is_working_day(now.date()) or due.time() <= now.time()))


def _time_left(due: datetime, now: datetime) -> str:
    left = due - now
    if left < timedelta(hours=2):
        return _("剩 {time}", time=_hours(left))
    if due.date() == now.date():
        return _("今天 {time}", time=f"{due:%H:%M}")
    if due.date() == now.date() + _ONE_DAY:
        return _("明天 {time}", time=f"{due:%H:%M}")
    return f"{due:%Y-%m-%d %H:%M}"


def _lateness(due: datetime, now: datetime, unit: str) -> str:
    passed = now - due
    if unit == "hour":
        if passed < 2 * _ONE_DAY:
            return _("超期 {time}（自然时间）", time=_hours(passed, coarse=True))
        return _("超期 {n} 天（自然时间）", n=passed.days)
    if passed < _ONE_DAY:
        return _("超期 {time}", time=_hours(passed, coarse=True))
    # Over a long weekend more than a day may pass without a working day having ended.
    days = NATIONAL.working_days_between(due, now)
    return _("超期 {n} 个工作日", n=days) if days else _("超期不到 1 个工作日")


def _hours(span: timedelta, coarse: bool = False) -> str:
    """1 小时 40 分; `coarse` drops the minutes from one hour on."""
    minutes = max(1, int(span.total_seconds() // 60))
    hours, rest = divmod(minutes, 60)
    if hours and (coarse or not rest):
        return _("{hours} 小时", hours=hours)
    if hours:
        return _("{hours} 小时 {minutes} 分", hours=hours, minutes=rest)
    return _("{minutes} 分", minutes=minutes)
