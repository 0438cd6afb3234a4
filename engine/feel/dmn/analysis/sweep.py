"""Which combinations of pieces no rule covers, and which rules meet: sets of rules are whole numbers, a bit each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import xor

from engine.feel.dmn.analysis.dimension import runs

MAX_BOXES = 200_000
"""Boxes looked at in one table; a larger one is not swept."""

Box = tuple[int, ...]
"""Pieces of each dimension; all combinations of them are meant."""


class TooLarge(Exception):
    """The boxes are used up."""


class Work:
    """Boxes that may still be looked at."""

    def __init__(self, boxes: int = MAX_BOXES) -> None:
        self._left = boxes

    def spend(self, boxes: int) -> None:
        """Raises `TooLarge`."""
        self._left -= boxes
        if self._left < 0:
            raise TooLarge


def rules_by_piece(cells: Sequence[int]) -> list[int]:
    """For each piece the rules whose cell passes it."""
    size = max((cell.bit_length() for cell in cells), default=0)
    turns = [0] * (size + 1)
    for rule, cell in enumerate(cells):
        for first, after in runs(cell):
            turns[first] ^= 1 << rule
            turns[after] ^= 1 << rule
    return list(accumulate(turns, xor))[:size]


def _grouped(cells: Sequence[int], asked: int) -> dict[int, int]:
    """The rules that pass at some piece → all such pieces."""
    groups: dict[int, int] = {}
    passing = rules_by_piece(cells)
    for first, after in runs(asked):
        for piece in range(first, after):
            rules = passing[piece] if piece < len(passing) else 0
            groups[rules] = groups.get(rules, 0) | 1 << piece
    return groups


def uncovered(rows: Sequence[Sequence[int]], asked: Sequence[int], work: Work, most: int | None = None) -> list[Box]:
    """Boxes within `asked` that no row covers, at most `most`; without that bound they are all there are.

    `rows` hold a set of pieces for each dimension. Raises `TooLarge`.
    """
    order = sorted(range(len(asked)), key=lambda at: sum(asked[at] & ~row[at] == 0 for row in rows))
    groups = [_grouped([row[at] for row in rows], asked[at]) for at in order]
    passes_rest = [(1 << len(rows)) - 1]
    for at in reversed(order):
        passes = sum(1 << rule for rule, row in enumerate(rows) if asked[at] & ~row[at] == 0)
        passes_rest.insert(0, passes & passes_rest[0])
    known: dict[tuple[int, int], list[Box]] = {}

    def look(depth: int, rules: int) -> list[Box]:
        if rules & passes_rest[depth]:
            return []
        if not rules:
            return [tuple(asked[at] for at in order[depth:])]
        if (depth, rules) in known:
            return known[depth, rules]
        work.spend(len(groups[depth]))
        found: dict[Box, int] = {}
        for passing, pieces in groups[depth].items():
            for rest in look(depth + 1, rules & passing):
                found[rest] = found.get(rest, 0) | pieces
            if most is not None and len(found) >= most:
                break
        boxes = known[depth, rules] = [(pieces, *rest) for rest, pieces in found.items()]
        return boxes

    back = sorted(range(len(order)), key=order.__getitem__)
    every = (1 << len(rows)) - 1
    if not all(asked):
        return []
    return [tuple(box[at] for at in back) for box in look(0, every)]


class Meetings:
    """Of one dimension: which rules pass any of some pieces."""

    def __init__(self, cells: Sequence[int]) -> None:
        self._levels = [rules_by_piece(cells)]
        step = 1
        while len(self._levels[-1]) > step:
            last = self._levels[-1]
            self._levels.append([one | last[at + step] for at, one in enumerate(last[:-step])])
            step *= 2
        self._known: dict[int, int] = {}

    def fewest(self, pieces: int, rules: int) -> int:
        """Of these rules those that pass one of the pieces, where a short look finds the fewest."""
        found = rules
        for first, end in runs(pieces):
            for piece in (first, end - 1, (first + end) // 2):
                passing = rules & self._levels[0][piece] if piece < len(self._levels[0]) else 0
                if passing.bit_count() < found.bit_count():
                    found = passing
        return found

    def of(self, pieces: int) -> int:
        """The rules that pass one of these pieces."""
        if pieces not in self._known:
            met = 0
            for first, end in runs(pieces):
                after = min(end, len(self._levels[0]))  # no rule passes the pieces beyond
                if first >= after:
                    continue
                level = (after - first).bit_length() - 1
                met |= self._levels[level][first] | self._levels[level][after - (1 << level)]
            self._known[pieces] = met
        return self._known[pieces]


def open_point(box: Sequence[int], dimensions: Sequence[Meetings], rules: int) -> bool:
    """Whether a quick look finds a point of the box that none of the rules covers."""
    for pieces, dimension in zip(box, dimensions, strict=True):
        rules = dimension.fewest(pieces, rules)
    return not rules
