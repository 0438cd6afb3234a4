"""Values that JSON lacks, written as {"\\u0001": [tag, text]}, and names that look like that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.bpmn.records import Done
from engine.feel import DaysTime, FarDate, FarDateTime, YearsMonths

MARK = "\x01"
MARK_BYTES = b'"\\u0001'
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

_WRITE: dict[type, tuple[str, Callable[[Any], Any]]] = {
    Decimal: ("n", str),
    datetime: ("t", datetime.isoformat),
    date: ("d", date.isoformat),
    time: ("h", time.isoformat),
    timedelta: ("s", lambda value: str(value // MICROSECOND)),
    YearsMonths: ("m", lambda value: value.months),
    DaysTime: ("r", lambda value: str(value.seconds)),
    FarDate: ("D", FarDate.isoformat),
    FarDateTime: ("T", FarDateTime.isoformat),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "n": Decimal,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "h": time.fromisoformat,
    "s": lambda value: timedelta(microseconds=int(value)),
    "m": YearsMonths,
    "r": lambda value: DaysTime(Decimal(value)),
    "D": FarDate.fromisoformat,
    "T": FarDateTime.fromisoformat,
}


def tagged(value: Any) -> dict[str, list[Any]]:
    """The writing of a value that JSON lacks. Raises KeyError for a kind that is never stored."""
    tag, write = _WRITE[type(value)]
    return {MARK: [tag, write(value)]}


def escaped(value: Any) -> Any:
    """Tags and escapes done by hand: a name that begins with the mark gets one more."""
    kind = type(value)
    if kind is dict:
        return {(MARK + k if k.startswith(MARK) else k): escaped(v) for k, v in value.items()}
    if kind is list or kind is Done or kind is tuple:
        return [escaped(item) for item in value]
    return tagged(value) if kind in _WRITE else value


def untagged(value: Any) -> Any:
    """The value again, names unescaped."""
    if type(value) is dict:
        if len(value) == 1 and MARK in value:
            tag, text = value[MARK]
            return _READ[tag](text)
        return {(k[1:] if k.startswith(MARK) else k): untagged(v) for k, v in value.items()}
    if type(value) is not list:
        return value
    return [untagged(item) if type(item) is dict or type(item) is list else item for item in value]
