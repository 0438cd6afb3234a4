"""Values as text, the way `string()` and explanations write them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel.budget import MAX_CHARACTERS, MAX_DEPTH, Budget, too_deep
from engine.feel.errors import FeelLimitError
from engine.feel.far import FarDate, FarDateTime
from engine.feel.values import DaysTime, Function, Range, Value, YearsMonths
from engine.i18n import _


def render(value: Value, budget: Budget, at: int) -> str:
    """A value as FEEL's `string()` writes it. Raises FeelLimitError beyond the longest text."""
    pieces: list[str] = []
    length = 0
    for piece in _pieces(value, quoted=False, at=at, depth=0):
        length += len(piece)
        if length > MAX_CHARACTERS:
            raise FeelLimitError(_("文本太长，最多 {n} 个字符", n=MAX_CHARACTERS), at)
        budget.spend(1, at)
        pieces.append(piece)
    return "".join(pieces)


def _pieces(value: Value, quoted: bool, at: int, depth: int) -> Iterator[str]:
    """A generator, so that values which share their parts a million times stop at the first limit."""
    if depth > MAX_DEPTH:
        raise too_deep(at)
    if isinstance(value, list):
        yield "["
        for index, item in enumerate(value):
            yield ", " if index else ""
            yield from _pieces(item, True, at, depth + 1)
        yield "]"
    elif isinstance(value, dict):
        yield "{"
        for index, (key, item) in enumerate(value.items()):
            yield (", " if index else "") + key + ": "
            yield from _pieces(item, True, at, depth + 1)
        yield "}"
    elif isinstance(value, Range) and value.outside:
        yield "(!="
        yield from _pieces(value.start, True, at, depth + 1)
        yield ")"
    elif isinstance(value, Range):
        yield "[" if value.start_included else "("
        if value.start is not None:
            yield from _pieces(value.start, True, at, depth + 1)
        yield ".."
        if value.end is not None:
            yield from _pieces(value.end, True, at, depth + 1)
        yield "]" if value.end_included else ")"
    elif isinstance(value, Function):
        yield "function(" + ", ".join(value.parameters or ()) + ")"
    elif isinstance(value, str) and quoted:
        yield '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        yield render_scalar(value)


def render_scalar(value: Value) -> str:
    """Anything but lists, contexts and ranges."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return render_number(value)
    if isinstance(value, datetime | FarDateTime):
        return f"{value.date().isoformat()}T{_render_time(value.timetz())}"
    if isinstance(value, date | FarDate):
        return value.isoformat()
    if isinstance(value, time):
        return _render_time(value)
    if isinstance(value, YearsMonths):
        return _render_years_months(value)
    if isinstance(value, DaysTime):
        return _render_days_time(value)
    return str(value)


def render_number(number: Decimal) -> str:
    """Plain digits without exponent and without trailing zeros."""
    if not number:
        return "0"
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _render_time(moment: time) -> str:
    clock = moment.replace(tzinfo=None, microsecond=0).isoformat()
    fraction = f".{moment.microsecond:06d}".rstrip("0") if moment.microsecond else ""
    if isinstance(moment.tzinfo, ZoneInfo):
        return f"{clock}{fraction}@{moment.tzinfo.key}"
    offset = moment.utcoffset()
    if offset is None:
        return clock + fraction
    if not offset:
        return f"{clock}{fraction}Z"
    minutes, seconds = divmod(abs(offset).seconds, 60)
    far = f":{seconds:02d}" if seconds else ""
    return f"{clock}{fraction}{'-' if offset < timedelta() else '+'}{minutes // 60:02d}:{minutes % 60:02d}{far}"


def _render_years_months(span: YearsMonths) -> str:
    years, months = divmod(abs(span.months), 12)
    return (
        ("-" if span.months < 0 else "")
        + "P"
        + (f"{years}Y" if years else "")
        + (f"{months}M" if months or not years else "")
    )


def _render_days_time(span: DaysTime) -> str:
    whole = abs(int(span.seconds))
    fraction = abs(span.seconds - int(span.seconds))
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    clock = (
        (f"{hours}H" if hours else "")
        + (f"{minutes}M" if minutes else "")
        + (f"{render_number(seconds + fraction)}S" if seconds or fraction else "")
    )
    if not days and not clock:
        return "PT0S"
    return ("-" if span.seconds < 0 else "") + "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
