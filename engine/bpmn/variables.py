"""Variables cross the border of an execution only as copies, and only as kinds of value that survive a save."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.errors import ExecutionError
from engine.feel import DaysTime, FarDate, FarDateTime, YearsMonths
from engine.i18n import _

MAX_DEPTH = 60
_AS_IS = frozenset({bool, type(None), date, time, datetime, timedelta, DaysTime, YearsMonths, FarDate, FarDateTime})
_INT64 = 2**63


def isolate(value: Any, depth: int = 0) -> Any:
    """A copy that shares nothing mutable with `value`.

    Accepts JSON values, Decimal, date, time, datetime, timedelta and FEEL durations; tuples become lists, integers
    beyond 64 bits become Decimal. Raises ExecutionError for anything else: such a value could not be saved.
    """
    kind = type(value)
    if kind is str:
        return _text(value)
    if kind in _AS_IS:
        return value
    if kind is int:
        return value if -_INT64 <= value < _INT64 else Decimal(value)
    if depth > MAX_DEPTH:
        raise ExecutionError(_("变量嵌套超过 {n} 层，请减少嵌套。", n=MAX_DEPTH))
    if kind is dict:
        return {_key(key): isolate(item, depth + 1) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [isolate(item, depth + 1) for item in value]
    if kind is float or kind is Decimal:
        if math.isfinite(value):
            return value
        raise ExecutionError(_("变量中的数 {value} 不是有限的数。", value=value))
    return _unusual(value, depth)


def isolate_all(values: Mapping[str, Any]) -> dict[str, Any]:
    """`isolate` for a mapping of variables."""
    return {_key(name): value if type(value) in _AS_IS else isolate(value) for name, value in values.items()}


def _text(value: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ExecutionError(_("变量中有无法保存的字符，请删除后再试。")) from None
    return value


def _key(name: Any) -> str:
    if type(name) is str and name.isascii():
        return name
    if isinstance(name, str):
        return _text(str(name))
    raise ExecutionError(_("变量名必须是文字，而不是 {kind}。", kind=type(name).__name__))


def _unusual(value: Any, depth: int) -> Any:
    """Subclasses of the plain kinds (string enums, marked-up strings) are reduced to them."""
    if isinstance(value, str):
        return _text(str.__str__(value))
    if isinstance(value, int):
        return isolate(int(value), depth)
    if isinstance(value, float):
        return isolate(float(value), depth)
    if isinstance(value, Mapping):
        return isolate(dict(value), depth)
    raise ExecutionError(_("变量不能保存这种值：{kind}。", kind=type(value).__name__))
