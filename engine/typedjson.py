"""Variables as JSON bytes that keep every kind of value a case may hold.

Values that JSON lacks (decimals, dates, times, FEEL durations) are written as {"\\u0001": [tag, text]}. Only where the
values themselves use names that begin with that character is the slower, escaping way taken: any name is safe.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import orjson

from engine.feel import DaysTime, YearsMonths

_MARK = "\x01"
_MARK_BYTES = b'"\\u0001'
_MICROSECOND = timedelta(microseconds=1)
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS

_WRITE: dict[type, tuple[str, Callable[[Any], Any]]] = {
    Decimal: ("n", str),
    datetime: ("t", datetime.isoformat),
    date: ("d", date.isoformat),
    time: ("h", time.isoformat),
    timedelta: ("s", lambda value: str(value // _MICROSECOND)),
    YearsMonths: ("m", lambda value: value.months),
    DaysTime: ("r", lambda value: str(value.seconds)),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "n": Decimal,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "h": time.fromisoformat,
    "s": lambda value: timedelta(microseconds=int(value)),
    "m": YearsMonths,
    "r": lambda value: DaysTime(Decimal(value)),
}


def dumps(value: Any) -> bytes:
    """The value (of the kinds that `engine.bpmn` lets into variables) as bytes; TypeError for any other kind."""
    marks = 0

    def default(part: Any) -> Any:
        nonlocal marks
        marks += 1
        return _tagged(part)

    data = orjson.dumps(value, default=default, option=_OPTIONS)
    if data.count(_MARK_BYTES) != marks:
        data = orjson.dumps(_escaped(value), option=_OPTIONS)
    return data


def loads(data: bytes) -> Any:
    """The value again."""
    value = orjson.loads(data)
    return _untagged(value) if _MARK_BYTES in data else value


def _tagged(value: Any) -> dict[str, list[Any]]:
    tag, write = _WRITE[type(value)]
    return {_MARK: [tag, write(value)]}


def _escaped(value: Any) -> Any:
    """Tags and escapes done by hand: a name that begins with the mark gets one more."""
    kind = type(value)
    if kind is dict:
        return {(_MARK + k if k.startswith(_MARK) else k): _escaped(v) for k, v in value.items()}
    if kind is list or kind is tuple:
        return [_escaped(item) for item in value]
    return _tagged(value) if kind in _WRITE else value


def _untagged(value: Any) -> Any:
    if type(value) is dict:
        if len(value) == 1 and _MARK in value:
            tag, text = value[_MARK]
            return _READ[tag](text)
        return {(k[1:] if k.startswith(_MARK) else k): _untagged(v) for k, v in value.items()}
    return [_untagged(item) for item in value] if type(value) is list else value
