"""Kinds of values that have an order, on a scale of numbers: what lies between two of them, before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.values import DaysTime, Value, YearsMonths

_BEGIN = datetime.combine(date.min, time())  # without zone, as everything here
_FINEST = 12
"""Digits after the point in which a number between two others is looked for."""


@dataclass(frozen=True)
class Scale:
    """`place` tells where a value stands, `value` what stands there; `whole`: only whole numbers stand for a value."""

    place: Callable[[Value], Decimal]
    value: Callable[[Decimal], Value]
    whole: bool = False

    def at(self, place: Decimal | None) -> Value:
        """The value at a place, None where there is none: a calendar has a first and a last day."""
        try:
            return None if place is None else self.value(place)
        except (OverflowError, ValueError):
            return None

    def between(self, low: Decimal | None, high: Decimal | None, whole: bool) -> Value:
        """An easily read value strictly between two places, None if none is found; an end that is None is open."""
        try:
            for place in self._candidates(low, high, whole or self.whole):
                if (low is None or low < place) and (high is None or place < high):
                    return self.at(place)
        except ArithmeticError:  # more digits than a number can have
            return None
        return None

    @staticmethod
    def _candidates(low: Decimal | None, high: Decimal | None, whole: bool) -> Iterator[Decimal]:
        if low is None:
            yield Decimal(0) if high is None else high.to_integral_value("ROUND_CEILING") - 1
            return
        yield low.to_integral_value("ROUND_FLOOR") + 1
        for digits in range(1, 1 if whole else _FINEST + 1):
            step = Decimal(1).scaleb(-digits)
            near = (low // step) * step
            yield near + step if near <= low else near


def _seconds(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(microseconds=1)) / 1_000_000


def _span(seconds: Decimal) -> timedelta:
    return timedelta(microseconds=int(seconds * 1_000_000))


def _time(seconds: Decimal) -> time:
    if not 0 <= seconds < 86400:
        raise ValueError(seconds)
    return (_BEGIN + _span(seconds)).time()


SCALES: Mapping[str, Scale] = {
    "number": Scale(lambda number: number, lambda place: place),
    "date": Scale(lambda day: Decimal(day.toordinal()), lambda place: date.fromordinal(int(place)), whole=True),
    "time": Scale(lambda moment: _seconds(datetime.combine(_BEGIN, moment) - _BEGIN), _time),
    "date and time": Scale(lambda moment: _seconds(moment - _BEGIN), lambda place: _BEGIN + _span(place)),
    "days and time duration": Scale(lambda span: span.seconds, DaysTime),
    "years and months duration": Scale(
        lambda span: Decimal(span.months), lambda place: YearsMonths(int(place)), whole=True
    ),
}
"""By FEEL's name of the kind. Times are without zone: those with one are not compared here."""
