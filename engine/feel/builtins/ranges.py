"""How points and ranges lie to each other (DMN 1.5, 10.3.4.8). A point is taken for a range of nothing but itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.feel.builtins.range_text import parse_range
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.operators import less
from engine.feel.values import Range, Value


@dataclass(frozen=True, slots=True)
class _End:
    """One end; `infinite` is -1 or 1 for the ends that ranges do not have."""

    value: Value
    included: bool
    infinite: int


@dataclass(frozen=True, slots=True)
class _Span:
    start: _End
    end: _End
    is_point: bool


def _span(value: Value) -> _Span:
    if not isinstance(value, Range):
        if less(value, value) is None:  # has no order
            raise NotApplicable
        end = _End(value, True, 0)
        return _Span(end, end, True)
    if value.outside:  # two stretches, which the relations do not know
        raise NotApplicable
    return _Span(
        _End(value.start, value.start_included, -1 if value.start is None else 0),
        _End(value.end, value.end_included, 1 if value.end is None else 0),
        False,
    )


def _order(one: _End, other: _End) -> int:
    """-1, 0 or 1 by the values of two ends alone."""
    if one.infinite or other.infinite:
        return (one.infinite > other.infinite) - (one.infinite < other.infinite)
    below, above = less(one.value, other.value), less(other.value, one.value)
    if below is None or above is None:
        raise NotApplicable
    return int(above) - int(below)


def _before(a: _Span, b: _Span) -> bool:
    order = _order(a.end, b.start)
    return order < 0 or (order == 0 and not (a.end.included and b.start.included))


def _meets(a: _Span, b: _Span) -> bool:
    return a.end.included and b.start.included and _order(a.end, b.start) == 0


def _starts_no_earlier(a: _Span, b: _Span) -> bool:
    order = _order(a.start, b.start)
    return order > 0 or (order == 0 and (b.start.included or not a.start.included))


def _ends_no_later(a: _Span, b: _Span) -> bool:
    order = _order(a.end, b.end)
    return order < 0 or (order == 0 and (b.end.included or not a.end.included))


def _overlaps(a: _Span, b: _Span) -> bool:
    return not _before(a, b) and not _before(b, a)


def _overlaps_before(a: _Span, b: _Span) -> bool:
    return not _starts_no_earlier(a, b) and _overlaps(a, b) and _ends_no_later(a, b)


def _finishes(a: _Span, b: _Span) -> bool:
    return a.end.included == b.end.included and _order(a.end, b.end) == 0 and _starts_no_earlier(a, b)


def _starts(a: _Span, b: _Span) -> bool:
    return a.start.included == b.start.included and _order(a.start, b.start) == 0 and _ends_no_later(a, b)


def _during(a: _Span, b: _Span) -> bool:
    return _starts_no_earlier(a, b) and _ends_no_later(a, b)


def _coincides(a: _Span, b: _Span) -> bool:
    same = (a.start.included, a.end.included) == (b.start.included, b.end.included)
    return same and _order(a.start, b.start) == 0 and _order(a.end, b.end) == 0


Relation = Callable[[_Span, _Span], bool]


def _register(name: str, signatures: str, relation: Relation, first_point: bool, second_point: bool) -> None:
    def related(one: Value, other: Value) -> Value:
        a, b = _span(one), _span(other)
        if (a.is_point and not first_point) or (b.is_point and not second_point):
            raise NotApplicable
        return relation(a, b)

    builtin(name, signatures)(related)


def _turned(relation: Relation) -> Relation:
    return lambda a, b: relation(b, a)


_ANY = "point1, point2 | point, range | range, point | range1, range2"
_RANGES = "range1, range2"
_register("before", _ANY, _before, True, True)
_register("after", _ANY, _turned(_before), True, True)
_register("meets", _RANGES, _meets, False, False)
_register("met by", _RANGES, _turned(_meets), False, False)
_register("overlaps", _RANGES, _overlaps, False, False)
_register("overlaps before", _RANGES, _overlaps_before, False, False)
_register("overlaps after", _RANGES, _turned(_overlaps_before), False, False)
_register("finishes", "point, range | range1, range2", _finishes, True, False)
_register("finished by", "range, point | range1, range2", _turned(_finishes), False, True)
_register("includes", "range, point | range1, range2", _turned(_during), False, True)
_register("during", "point, range | range1, range2", _during, True, False)
_register("starts", "point, range | range1, range2", _starts, True, False)
_register("started by", "range, point | range1, range2", _turned(_starts), False, True)


@builtin("coincides", "point1, point2 | range1, range2")
def coincides(one: Value, other: Value) -> Value:
    """Two points or two ranges that are the same."""
    a, b = _span(one), _span(other)
    if a.is_point != b.is_point:
        raise NotApplicable
    return _coincides(a, b)


@builtin("range", "from")
def to_range(text: Value) -> Value:
    """`range("[1..10)")`; null if the text is none. The ends are literals, not expressions."""
    return parse_range(text)
