"""FEEL's values in Python, and the door through which they come and go.

| FEEL                     | Python                                     |
|--------------------------|--------------------------------------------|
| null, boolean, string    | None, bool, str                            |
| number                   | Decimal, 34 digits, never NaN or infinite  |
| date, time, date and time| date, time, datetime (aware or not);       |
|                          | FarDate, FarDateTime beyond years 1–9999   |
| the two durations        | YearsMonths, DaysTime                      |
| list, context, range     | list, dict with str keys, Range            |
| function                 | Function                                   |

Nothing else enters the language, and values are never changed in place.
"""

from __future__ import annotations

import decimal
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.feel.budget import MAX_DEPTH, MAX_STEPS, Budget, too_deep
from engine.feel.errors import FeelLimitError, FeelValueError
from engine.feel.far import FarDate, FarDateTime
from engine.i18n import _

Value = Any
"""A FEEL value, see the table above."""

CONTEXT = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
"""The arithmetic of the standard (IEEE decimal128). Threads share it: only its flags change, and nobody reads them."""


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration in calendar months; negative looks back."""

    months: int


@dataclass(frozen=True, slots=True, order=True)
class DaysTime:
    """A duration in exact seconds."""

    seconds: Decimal

    @classmethod
    def of(cls, span: timedelta) -> DaysTime:
        """From Python's own duration."""
        return cls(CONTEXT.divide(span // timedelta(microseconds=1), 1_000_000))

    @property
    def timedelta(self) -> timedelta:
        """Python's own duration, to the microsecond; OverflowError beyond 999,999,999 days."""
        return timedelta(microseconds=int(CONTEXT.multiply(self.seconds, 1_000_000)))


@dataclass(frozen=True, slots=True)
class Range:
    """An interval between two values of one kind; an end that is None is open to infinity and not included.

    With `outside` it is everything of the kind but its one value: `(!= 5)`, whose ends are both 5, not included.
    """

    start: Value
    end: Value
    start_included: bool
    end_included: bool
    outside: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function as a value: written in the text, a built-in by its name, or knowledge of a model.

    `parameters` are the names in order; `call(budget, at, values)` takes exactly as many values, or any number where
    `parameters` is None. `type` is a `types.FunctionOf` where more is known. It never leaves the language: `from_feel`
    refuses it.
    """

    parameters: tuple[str, ...] | None
    call: Callable[[Budget, int, list[Value]], Value]
    type: object = None


KINDS: Mapping[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    YearsMonths: "years and months duration",
    DaysTime: "days and time duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
    FarDate: "date",
    FarDateTime: "date and time",
}
"""Python class → FEEL's name of the kind."""

# What may be taken as it is. Decimals are looked at one by one (NaN), containers are looked into.
PLAIN = frozenset({type(None), bool, str, date, time, datetime, YearsMonths, DaysTime, FarDate, FarDateTime})
_STRING = frozenset({str})
_EXACT = 10**CONTEXT.prec  # whole numbers below need no rounding


UNDEFINED = (ArithmeticError, ValueError, OverflowError)
"""What arithmetic and calendars raise where the language says null."""


def kind(value: Value) -> str:
    """FEEL's name for the kind of a value."""
    return KINDS[value.__class__]


def to_feel(value: object, depth: int = 0) -> Value:
    """A Python value as FEEL value: int and float become Decimal, tuples lists, timedelta a duration.

    Containers that need no change are used as they are, not copied. NaN and infinity become null. Raises FeelValueError
    for anything that is no FEEL value and FeelLimitError for nesting beyond 64 levels.
    """
    cls = value.__class__
    if cls in PLAIN:
        return value
    if cls is dict or cls is list:
        return _container(value, depth)
    if isinstance(value, int):
        return Decimal(value) if -_EXACT < value < _EXACT else _number(Decimal(value))
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, float):
        return _number(Decimal(repr(value))) if math.isfinite(value) else None
    if isinstance(value, (Range, Function)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, timedelta):
        return DaysTime.of(value)
    if isinstance(value, tuple):
        return _container(list(value), depth)
    if isinstance(value, Mapping):
        return _container(dict(value), depth)
    raise FeelValueError(_("类型为 {kind} 的数据不能用于表达式", kind=type(value).__name__))


def _number(value: Decimal) -> Decimal | None:
    """Rounded to the language's 34 digits; null where it has no such number."""
    if not value.is_finite():
        return None
    try:
        return CONTEXT.plus(value)
    except ArithmeticError:
        return None


def _container(value: Any, depth: int) -> Value:
    if depth >= MAX_DEPTH:
        raise too_deep()
    if value.__class__ is list:
        if PLAIN.issuperset(map(type, value)):
            return value
        return [_container(item, depth + 1) if item.__class__ is dict else to_feel(item, depth + 1) for item in value]
    if not _STRING.issuperset(map(type, value)):
        raise FeelValueError(_("上下文的键必须是文本"))
    if PLAIN.issuperset(map(type, value.values())):
        return value
    return {key: to_feel(item, depth + 1) for key, item in value.items()}


def from_feel(value: Value) -> Any:
    """A FEEL value for the world outside: a fresh copy in which whole numbers are int, others Decimal.

    Dates, times and durations stay objects. Raises FeelLimitError for results too large or too deep to keep.
    """
    return _unwrap(value, [MAX_STEPS], 0)


def _unwrap(value: Value, left: list[int], depth: int) -> Any:
    cls = value.__class__
    if cls is Decimal:
        return int(value) if not value or (value.adjusted() <= 33 and value == value.to_integral_value()) else value
    if cls is not list and cls is not dict:
        if cls is Function:
            raise FeelValueError(_("函数不能作为结果"))
        return value
    left[0] -= 1 + len(value)
    if left[0] < 0:
        raise FeelLimitError(_("结果太大，不能保存"))
    if depth >= MAX_DEPTH:
        raise too_deep()
    if cls is list:
        return [_unwrap(item, left, depth + 1) for item in value]
    return {key: _unwrap(item, left, depth + 1) for key, item in value.items()}
