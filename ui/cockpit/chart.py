"""The geometry of the trend chart: bars for started and ended cases, a line for the share that was late.

Drawn on the server as SVG in the colours of the theme, so it needs no library, prints, and follows light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.queries.cockpit import MonthRow

WIDTH, LEFT, RIGHT = 760, 44, 720
TOP, BOTTOM = 24.0, 248.0
TICKS = 4
_BAR = 13.0
_GAP = 2.0
_NICE = (1, 2, 3, 5, 10, 15, 20, 25)


@dataclass(frozen=True)
class Tick:
    """A grid line with its number on the left (cases) and on the right (percent)."""

    y: float
    count: int
    percent: int


@dataclass(frozen=True)
class Bar:
    """A column: upper edge and height."""

    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Month:
    """A month: the middle of its columns, the point of the line (None where nothing ended)."""

    row: MonthRow
    x: float
    started: Bar
    finished: Bar
    point: float | None


@dataclass(frozen=True)
class Trend:
    """The whole chart; `line` is the path of the late rate, broken where nothing ended."""

    ticks: list[Tick]
    months: list[Month]
    line: str
    empty: bool


def trend(rows: Sequence[MonthRow]) -> Trend:
    """Lay out twelve months (or any number)."""
    step = nice_step(max((max(row.started, row.finished) for row in rows), default=0))
    percent_step = nice_step(max((round((row.late_rate or 0) * 100) for row in rows), default=0))
    counts, percents = step * TICKS, percent_step * TICKS
    ticks = [Tick(_y(i, TICKS), step * i, percent_step * i) for i in range(TICKS + 1)]
    slot = (RIGHT - LEFT) / max(1, len(rows))
    months = []
    for index, row in enumerate(rows):
        middle = round(LEFT + slot * (index + 0.5), 1)
        months.append(
            Month(
                row=row,
                x=middle,
                started=_bar(middle - _BAR - _GAP / 2, row.started, counts),
                finished=_bar(middle + _GAP / 2, row.finished, counts),
                point=None if row.late_rate is None else _y(row.late_rate * 100, percents),
            )
        )
    return Trend(ticks, months, _line(months), empty=not any(row.started or row.finished for row in rows))


def nice_step(highest: int) -> int:
    """The distance of grid lines so that `TICKS` of them reach the highest value, in round numbers."""
    wanted = max(1, -(-highest // TICKS))
    magnitude = 1
    while True:
        for nice in _NICE:
            if nice * magnitude >= wanted:
                return nice * magnitude
        magnitude *= 10


def _y(value: float, highest: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / highest, 1)


def _bar(x: float, value: int, highest: int) -> Bar:
    y = _y(value, highest)
    return Bar(round(x, 1), y, round(BOTTOM - y, 1))


def _line(months: Sequence[Month]) -> str:
    parts: list[str] = []
    pen_down = False
    for month in months:
        if month.point is not None:
            parts.append(f"{'L' if pen_down else 'M'}{month.x} {month.point}")
        pen_down = month.point is not None
    return "".join(parts)
