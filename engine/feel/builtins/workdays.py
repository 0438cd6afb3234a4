"""Working days of the product's calendar: additions to the language, so that conditions count as deadlines do."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from engine.feel.budget import Budget
from engine.feel.builtins.arguments import dated, whole
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.far import Far
from engine.feel.temporal import BEIJING
from engine.feel.values import Value
from engine.holidays import is_working_day, nth_working_day, working_days_up_to

_MOST_DAYS = 3_000_000  # more than there are


def _day(value: Value) -> date:
    """A date; a moment with an offset is its day in China. Nobody knows the holidays of far years."""
    found = dated(value)
    if isinstance(found, Far):
        raise NotApplicable
    if not isinstance(found, datetime):
        return found
    return (found if found.tzinfo is None else found.astimezone(BEIJING)).date()


@builtin("is working day", "date", addition=True)
def working_day(value: Value) -> Value:
    """Whether people work on that day, make-up Saturdays and Sundays included."""
    return is_working_day(_day(value))


@builtin("working days between", "from, to", addition=True)
def working_days_between(start: Value, end: Value) -> Value:
    """How many working days lie after the first day up to and including the second; negative if that is earlier."""
    return Decimal(working_days_up_to(_day(end)) - working_days_up_to(_day(start)))


@builtin("add working days", "date, days", budgeted=True, addition=True)
def add_working_days(budget: Budget, at: int, start: Value, days: Value) -> Value:
    """The n-th working day after a day, before it where n is negative; 0 is the day itself."""
    first, count = _day(start), whole(days)
    if abs(count) > _MOST_DAYS:
        raise NotApplicable
    budget.spend(abs(count) >> 8, at)  # a step for about a year
    return nth_working_day(first, count)


@builtin("next working day", "date", addition=True)
def next_working_day(value: Value) -> Value:
    """The first working day after a day."""
    return nth_working_day(_day(value), 1)


@builtin("previous working day", "date", addition=True)
def previous_working_day(value: Value) -> Value:
    """The last working day before a day."""
    return nth_working_day(_day(value), -1)
