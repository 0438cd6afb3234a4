"""The values of an input, cut where any cell may change its mind: each piece is a bit, each cell a set of bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from engine.feel.dmn.analysis.cells import Cell, Compared, Member, Test, Within
from engine.feel.dmn.analysis.scale import SCALES
from engine.feel.dmn.types import ANY
from engine.feel.far import Far
from engine.feel.values import Range, Value, kind

NULL = 1
"""The piece of null: the first bit."""


@dataclass(frozen=True)
class Domain:
    """What is known of the values that an input can have besides null: these only, whole ones, from, to."""

    values: tuple[Value, ...] | None = None
    whole: bool = False
    low: Decimal | None = None
    high: Decimal | None = None

    def constants(self) -> Iterator[Value]:
        """Where it may cut a dimension."""
        yield from self.values or ()
        yield from (end for end in (self.low, self.high) if end is not None)


EVERYTHING = Domain()


class Dimension:
    """Pieces of one kind stand in order: below the first point, the point, up to the next one, and so on.

    `live` are the pieces in which there is a value, with null; `known` those of which an example can be given;
    `asked` those whose values a table should answer: not null, not a text that no cell mentions.
    """

    def __init__(self, wanted: str, points: Iterable[Value], domain: Domain = EVERYTHING) -> None:
        self._domain = domain
        self._examples: list[Value] = [None]
        self._first: dict[str, int] = {}
        self._points: dict[str, list[Value]] = {}
        self._place: dict[tuple[str, Value], int] = {}
        self.live = NULL
        for value in [*points, *domain.constants()]:
            if value is not None and wanted in (ANY, kind(value)) and _comparable(value):
                self._points.setdefault(kind(value), []).append(value)
        if wanted in SCALES or wanted in ("boolean", "string"):
            self._points.setdefault(wanted, [])
        others = 0
        for name in self._points:
            self._first[name] = len(self._examples)
            if name in SCALES:
                self._cut(name)
            elif name == "boolean":
                self._add(True, False)
            else:
                self._add(*dict.fromkeys(self._points[name]))
                others |= self._one_more_text()
        self._whatever = 0
        if wanted == ANY or not self._points:
            self._whatever = 1 << len(self._examples)
            self._examples.append(None)
        self.known = self.live
        self.live |= self._whatever
        self.asked = (self.live & ~NULL & ~others & ~self._whatever) or (self.live & ~NULL)

    def _add(self, *values: Value) -> None:
        for value in values:
            self._place[_key(value)] = len(self._examples)
            if self._domain.values is None or value in self._domain.values:
                self.live |= 1 << len(self._examples)
            self._examples.append(value)

    def _one_more_text(self) -> int:
        """A text that no cell mentions."""
        name = "其他"
        while _key(name) in self._place:
            name += "…"
        bit = 1 << len(self._examples)
        self._add(name)
        return bit

    def _cut(self, name: str) -> None:
        scale, domain = SCALES[name], self._domain
        places = sorted({scale.place(point) for point in self._points[name]})
        before: Decimal | None = None
        for place in [*places, None]:
            self._piece(name, scale.between(before, place, domain.whole))
            if place is not None:
                self._place[name, place] = len(self._examples)
                whole = not domain.whole or place == place.to_integral_value()
                self._piece(name, scale.at(place) if whole else None)
            before = place

    def _piece(self, name: str, example: Value) -> None:
        domain = self._domain
        fits = example is not None and (domain.values is None or example in domain.values)
        if fits and name == "number":
            fits = (domain.low is None or domain.low <= example) and (domain.high is None or example <= domain.high)
        if fits:
            self.live |= 1 << len(self._examples)
        self._examples.append(example)

    def narrow(self, passing: int) -> None:
        """Only these pieces, and null: what is allowed."""
        self.live &= passing | NULL
        self.known &= passing | NULL
        self.asked = self.asked & passing or self.live & ~NULL

    def example(self, pieces: int) -> Value:
        """A value in one of the pieces: rather a point than between two, rather that than nothing."""
        chosen = pieces & self.known & ~NULL
        if not chosen:
            return None
        found = [place for first, after in runs(chosen) for place in range(first, after)]
        points = set(self._place.values())
        return self._examples[next((place for place in found if place in points), found[-1])]

    # ------------------------------------------------------------ cells

    def passing(self, cell: Cell) -> tuple[int, int]:
        """The pieces whose values pass the cell for certain, and those that may."""
        if cell.passes_all:
            return self.live, self.live
        truths = [None if test is None else self._truth(test) for test in cell.tests]
        known = [truth for truth in truths if truth is not None]
        if cell.negated:
            sure = self.live
            for truth in known:
                sure &= truth[1]
            return (0 if cell.opaque else sure), sure | self._whatever
        sure = 0
        for truth in known:
            sure |= truth[0]
        sure &= self.live
        return sure, self.live if cell.opaque else sure | self._whatever

    def _truth(self, test: Test) -> tuple[int, int]:
        """Where the test is true and where it is false; elsewhere it is null."""
        if isinstance(test, Compared):
            return self._compared(test.operator, test.bound)
        if isinstance(test, Within):
            return self._within(test.interval)
        truths = [self._truth(part) for part in (test.members if isinstance(test, Member) else test.parts)]
        if isinstance(test, Member):
            held = 0
            for truth in truths:
                held |= truth[0]
            return held, self.live & ~self._whatever & ~held
        return _both(truths) if test.conjunction else _either(truths)

    def _compared(self, operator: str, bound: Value) -> tuple[int, int]:
        if operator in ("=", "!="):
            same = self._equal(bound)
            return same if operator == "=" else (same[1], same[0])
        name = kind(bound) if bound is not None else ""
        if name not in SCALES or name not in self._first:
            return 0, 0
        all_ = self._all_of(name)
        place = self._place[_key(bound)]
        below = all_ & ((1 << place) - 1)
        at = 1 << place
        held = below if operator[0] == "<" else all_ & ~below & ~at
        held |= at if operator.endswith("=") else 0
        return held, all_ & ~held

    def _equal(self, value: Value) -> tuple[int, int]:
        if value is None:
            return NULL, self.live & ~NULL & ~self._whatever
        at = self._place.get(_key(value))
        bit = 0 if at is None else 1 << at
        return bit, NULL | (self._all_of(kind(value)) & ~bit)

    def _within(self, interval: Range) -> tuple[int, int]:
        end = interval.end if interval.start is None else interval.start
        held = all_ = self._all_of(kind(end))
        if interval.start is not None:
            held &= self._compared(">=" if interval.start_included else ">", interval.start)[0]
        if interval.end is not None:
            held &= self._compared("<=" if interval.end_included else "<", interval.end)[0]
        return held, all_ & ~held

    def _all_of(self, name: str) -> int:
        """All pieces of a kind."""
        first = self._first.get(name)
        if first is None:
            return 0
        after = min((one for one in self._first.values() if one > first), default=len(self._examples))
        bits = ((1 << after) - 1) & ~((1 << first) - 1)
        return bits & ~self._whatever


def runs(pieces: int) -> Iterator[tuple[int, int]]:
    """The unbroken stretches of a set of pieces: the first piece, and the one after the last."""
    at = 0
    while pieces:
        skipped = (pieces & -pieces).bit_length() - 1
        pieces >>= skipped
        length = (~pieces & (pieces + 1)).bit_length() - 1
        yield at + skipped, at + skipped + length
        pieces >>= length
        at += skipped + length


def _both(truths: list[tuple[int, int]]) -> tuple[int, int]:
    held, failed = truths[0]
    for one in truths[1:]:
        held, failed = held & one[0], failed | one[1]
    return held, failed


def _either(truths: list[tuple[int, int]]) -> tuple[int, int]:
    failed, held = _both([(no, yes) for yes, no in truths])
    return held, failed


def _key(value: Value) -> tuple[str, Value]:
    name = kind(value)
    return name, SCALES[name].place(value) if name in SCALES else value


def _comparable(value: Value) -> bool:
    if isinstance(value, Far) or (isinstance(value, datetime | time) and value.tzinfo is not None):
        return False
    return kind(value) in SCALES or isinstance(value, bool | str)
