"""What the operators mean: equality, order and arithmetic of FEEL values. Ill-typed operands give null (None)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal

from engine.feel.budget import MAX_DEPTH, Budget, too_deep
from engine.feel.far import DATED, FAR, FarDateTime, has_zone, instant, later, months_later
from engine.feel.temporal import seconds_of_day
from engine.feel.values import CONTEXT, KINDS, DaysTime, Range, Value, YearsMonths

Truth = bool | None
"""Three-valued: true, false, null."""


def equal(left: Value, right: Value, budget: Budget, at: int, depth: int = 0) -> Truth:
    """`left = right`; null if the kinds differ, but for dates and moments.

    Containers are compared in depth and pay for it.
    """
    if left is None or right is None:
        return left is right
    cls = left.__class__
    if cls is not right.__class__:
        return _equal_moments(left, right)
    if cls is list or cls is dict:
        return _equal_containers(left, right, budget, at, depth)
    if cls is Range:
        return bool(left == right)
    if cls is datetime:
        return bool((left.tzinfo is None) == (right.tzinfo is None) and left == right)
    if cls is time:
        return bool((left.tzinfo is None) == (right.tzinfo is None) and seconds_of_day(left) == seconds_of_day(right))
    if cls is FarDateTime:
        return _equal_moments(left, right)
    return bool(left == right)


def _equal_moments(left: Value, right: Value) -> Truth:
    """A date is its midnight in UTC where it meets a date and time; other kinds do not compare."""
    if not DATED.issuperset((left.__class__, right.__class__)):
        return None
    return has_zone(left) == has_zone(right) and instant(left) == instant(right)


def _equal_containers(left: Value, right: Value, budget: Budget, at: int, depth: int) -> Truth:
    if depth >= MAX_DEPTH:
        raise too_deep(at)
    if len(left) != len(right):
        return False
    budget.spend(4 + len(left), at)
    if left.__class__ is dict:
        if left.keys() != right.keys():
            return False
        pairs = [(value, right[key]) for key, value in left.items()]
    else:
        pairs = list(zip(left, right, strict=True))
    unknown = False
    for one, other in pairs:
        same = equal(one, other, budget, at, depth + 1)
        if same is False:
            return False
        unknown = unknown or same is None
    return None if unknown else True


def both(left: Truth, right: Truth) -> Truth:
    """Three-valued `and`."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


_ORDERED = frozenset({Decimal, str, date, YearsMonths, DaysTime})


def _ordering(compare: Callable[[Value, Value], bool]) -> Callable[[Value, Value], Truth]:
    def ordered(left: Value, right: Value) -> Truth:
        cls = left.__class__
        if cls is not right.__class__:
            return _far_order(compare, left, right)
        if cls in _ORDERED:
            return compare(left, right)
        if cls is datetime or cls is time:
            if (left.tzinfo is None) != (right.tzinfo is None):
                return None
            if cls is time:
                return compare(seconds_of_day(left), seconds_of_day(right))
            return compare(left, right)
        return _far_order(compare, left, right)

    return ordered


def _far_order(compare: Callable[[Value, Value], bool], left: Value, right: Value) -> Truth:
    """Two dates or two moments, of which at least one lies in a far year."""
    a, b = left.__class__, right.__class__
    if (a not in FAR and b not in FAR) or KINDS[a] != KINDS[b] or has_zone(left) != has_zone(right):
        return None
    return compare(instant(left), instant(right))


ORDER: dict[str, Callable[[Value, Value], Truth]] = {
    "<": _ordering(operator.lt),
    "<=": _ordering(operator.le),
    ">": _ordering(operator.gt),
    ">=": _ordering(operator.ge),
}
"""The ordering operators on any two values."""

less, at_most = ORDER["<"], ORDER["<="]


def contains(interval: Range, value: Value) -> Truth:
    """Whether a value lies in a range; null if they cannot be compared."""
    start, end = interval.start, interval.end
    if interval.outside:
        below, above = less(value, start), less(start, value)
        return None if below is None or above is None else below or above
    if start is None:
        return (at_most if interval.end_included else less)(value, end)
    low = (at_most if interval.start_included else less)(start, value)
    if end is None:
        return low
    return both(low, (at_most if interval.end_included else less)(value, end))


def compared(sign: str, bound: Value) -> Range | None:
    """Everything that stands so to a value: `< 5`, `!= 5`; null if it has no order."""
    if at_most(bound, bound) is not True:
        return None
    if sign in ("=", "!="):
        return Range(bound, bound, sign == "=", sign == "=", sign == "!=")
    included = sign.endswith("=")
    return Range(None, bound, False, included) if sign.startswith("<") else Range(bound, None, included, False)


def add(left: Value, right: Value) -> Value:
    """`+` on anything but strings, which the compiler joins itself because they have a budget."""
    a, b = left.__class__, right.__class__
    if a is Decimal and b is Decimal:
        return CONTEXT.add(left, right)
    if a is YearsMonths and b is YearsMonths:
        return YearsMonths(left.months + right.months)
    if a is DaysTime and b is DaysTime:
        return _days_time(CONTEXT.add(left.seconds, right.seconds))
    if a is YearsMonths or a is DaysTime:
        left, right, a, b = right, left, b, a
    if b is YearsMonths and a in DATED:
        return months_later(left, right.months)
    if b is DaysTime:
        if a in DATED:
            return _later(left, right)
        if a is time:
            within_a_day = DaysTime(CONTEXT.remainder(right.seconds, 86400)).timedelta
            return (datetime.combine(date(2000, 1, 1), left) + within_a_day).timetz()
    return None


def subtract(left: Value, right: Value) -> Value:
    """`-`"""
    a, b = left.__class__, right.__class__
    if a is Decimal and b is Decimal:
        return CONTEXT.subtract(left, right)
    if b is YearsMonths or b is DaysTime:
        return add(left, negate(right)) if a is not b else add(negate(right), left)
    if a is time and b is time and (left.tzinfo is None) == (right.tzinfo is None):
        return DaysTime(seconds_of_day(left) - seconds_of_day(right))
    if a in DATED and b in DATED and has_zone(left) == has_zone(right):
        return DaysTime(CONTEXT.divide(instant(left) - instant(right), 1_000_000))
    return None


def _later(day: Value, span: DaysTime) -> Value:
    """Exact seconds later, also over a change of clocks. Python's own arithmetic where its calendar reaches."""
    try:
        if day.__class__ is date:
            return (datetime.combine(day, time()) + span.timedelta).date()
        if day.__class__ is datetime:
            if day.tzinfo is None:
                return day + span.timedelta
            return (day.astimezone(UTC) + span.timedelta).astimezone(day.tzinfo)
    except OverflowError:
        pass  # beyond it, or on the way through UTC
    return later(day, int(CONTEXT.multiply(span.seconds, 1_000_000)))


def multiply(left: Value, right: Value) -> Value:
    """`*`"""
    if left.__class__ is Decimal:
        left, right = right, left
    if right.__class__ is not Decimal:
        return None
    if left.__class__ is Decimal:
        return CONTEXT.multiply(left, right)
    if left.__class__ is DaysTime:
        return _days_time(CONTEXT.multiply(left.seconds, right))
    return YearsMonths(_months(CONTEXT.multiply(left.months, right))) if left.__class__ is YearsMonths else None


def divide(left: Value, right: Value) -> Value:
    """`/`; by zero it is null."""
    a, b = left.__class__, right.__class__
    if b is Decimal:
        if a is Decimal:
            return CONTEXT.divide(left, right)
        if a is DaysTime:
            return _days_time(CONTEXT.divide(left.seconds, right))
        return YearsMonths(_months(CONTEXT.divide(left.months, right))) if a is YearsMonths else None
    if a is YearsMonths and b is YearsMonths:
        return CONTEXT.divide(left.months, right.months)
    if a is DaysTime and b is DaysTime:
        return CONTEXT.divide(left.seconds, right.seconds)
    return None


def _months(months: Decimal) -> int:
    """Whole months, cut towards zero; OverflowError beyond any calendar."""
    if months.adjusted() > 9:
        raise OverflowError(months)
    return int(months)


def _days_time(seconds: Decimal) -> DaysTime:
    """A duration; OverflowError beyond any calendar."""
    if seconds.adjusted() > 15:
        raise OverflowError(seconds)
    return DaysTime(seconds)


def power(left: Value, right: Value) -> Value:
    """`**`; null where there is no such number: 0 ** -1."""
    return power_of(left, right) if left.__class__ is Decimal and right.__class__ is Decimal else None


def power_of(base: Decimal, exponent: Decimal) -> Decimal | None:
    """Of two numbers. Python's decimal answers a division by zero here with infinity, whatever it is told to trap."""
    result = CONTEXT.power(base, exponent)
    return result if result.is_finite() else None


def negate(value: Value) -> Value:
    """Unary `-`"""
    if value.__class__ is Decimal:
        return CONTEXT.minus(value)
    if value.__class__ is YearsMonths:
        return YearsMonths(-value.months)
    return DaysTime(CONTEXT.minus(value.seconds)) if value.__class__ is DaysTime else None


ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}
"""The arithmetic operators; they may raise what UNDEFINED lists, which means null."""
