"""What can be seen of a table without a case: where no rule matches, where too many do, which never will."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.feel.dmn.analysis.cells import constant_in
from engine.feel.dmn.analysis.columns import Column, Outside, Rows, read_rows
from engine.feel.dmn.analysis.dimension import NULL, Domain, runs
from engine.feel.dmn.analysis.reach import Variable, Wanted, context_of, wanted_for
from engine.feel.dmn.analysis.sweep import Box, Meetings, TooLarge, Work, open_point, uncovered
from engine.feel.dmn.model import Decision, HitPolicy
from engine.feel.values import Value

MOST = 20
"""Rules that meet others told of one table, and gaps looked at."""
GAPS = 5
"""Gaps told of one table."""
_ONE_ANSWER = frozenset({HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.ANY, HitPolicy.PRIORITY})
_TRIES = 60
"""Examples evaluated before giving up."""


@dataclass(frozen=True)
class Example:
    """Values of inputs, by their place; inputs that do not matter are left out."""

    values: tuple[tuple[int, Value], ...]


@dataclass(frozen=True)
class Meeting:
    """Rules, from 0, that match the same values. `empty`: only where an input is null."""

    rule: int
    others: tuple[int, ...]
    example: Example
    empty: bool


@dataclass
class Analysis:
    """What was found. Rules and inputs count from 0.

    `gaps` are not told of a table that collects. `covered` are rules that earlier ones always forestall, with these;
    `unmet` cells (rule, input) that no value passes; `unused` inputs that no rule tests. `doubtful` is an input whose
    cells compute, so that it cannot be told whether there are gaps or meetings; `too_large`: gaps were not looked for.
    `skipped` are inputs, with why, whose values are not known, where gaps or meetings depend on them.
    """

    gaps: list[Example] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    covered: list[int] = field(default_factory=list)
    unmet: tuple[tuple[int, int], ...] = ()
    unused: tuple[int, ...] = ()
    doubtful: int | None = None
    too_large: bool = False
    skipped: tuple[tuple[int, Outside], ...] = ()


def analyse(decision: Decision, known: Mapping[Variable, Domain] | None = None, work: Work | None = None) -> Analysis:
    """Judge a table; `known` are the domains of its variables, by their path.

    Every gap and every meeting was confirmed by evaluating the table on the example.
    """
    return _Judge(decision, known or {}, work or Work()).judge()


class _Judge:
    def __init__(self, decision: Decision, known: Mapping[Variable, Domain], work: Work) -> None:
        self.decision, self.work = decision, work
        self.rows: Rows = read_rows(decision, known)
        self.rules = range(len(decision.rules))
        self.tries = _TRIES
        self.unsure = False  # whether columns that are not judged could make a difference

    def judge(self) -> Analysis:
        found = Analysis(unmet=self.rows.unmet, unused=self.rows.unused)
        policy = self.decision.hit_policy
        answers_all = any(output.default for output in self.decision.outputs)
        try:
            if policy is HitPolicy.FIRST:
                found.covered = self._covered(found)
            if policy in _ONE_ANSWER and not answers_all:
                found.gaps = self._gaps()
                found.doubtful = None if found.gaps else self._doubtful()
        except TooLarge:
            found.too_large = True
        if policy in (HitPolicy.UNIQUE, HitPolicy.ANY):
            found.meetings = self._meetings()
        if self.unsure:
            skipped = [(at, one.outside) for one in self.rows.columns if one.outside for at in one.inputs]
            found.skipped = tuple(sorted(skipped, key=lambda one: one[0]))
        return found

    # ------------------------------------------------------------ gaps

    def _gaps(self) -> list[Example]:
        columns = [column for column in self.rows.columns if column.reached]
        outside = [column for column in self.rows.columns if not column.reached]
        # whatever the columns outside compute, a rule may hold there
        passing = [rule for rule in self.rules if all(column.may[rule] for column in outside)]
        rows = [[column.may[rule] for column in columns] for rule in passing]
        asked = [column.dimension.asked for column in columns]
        if outside:
            certain = [rule for rule in self.rules if not any(column.tests(rule) for column in outside)]
            whole = [[column.may[rule] for column in columns] for rule in certain]
            self.unsure = bool(uncovered(whole, asked, self.work, 1))
        found: list[Example] = []
        boxes = [part for box in uncovered(rows, asked, self.work, MOST) for part in _apart(box, asked)]
        for box in boxes[:MOST]:
            if len(found) == GAPS:
                break
            pieces = [one if one != column.dimension.asked else 0 for one, column in zip(box, columns, strict=True)]
            example = self._example(columns, pieces)
            if example is not None and self._nothing_matches(example):
                found.append(example[0])
        return found

    def _nothing_matches(self, example: tuple[Example, dict[str, Any]]) -> bool:
        values, verdicts = self._judged(example)
        return values is not None and not any(all(cell is True for cell in row) for row in verdicts)

    def _doubtful(self) -> int | None:
        """The first input with a cell that computes, where gaps depend on it."""
        columns = self.rows.columns
        computing = [column for column in columns if column.reached and column.computes]
        if not computing:
            return None
        rows = [[column.sure[rule] for column in columns] for rule in self.rules]
        asked = [column.dimension.asked & column.dimension.known for column in columns]
        return computing[0].inputs[0] if uncovered(rows, asked, self.work, 1) else None

    # ------------------------------------------------------------ rules that meet, rules that never come

    def _covered(self, found: Analysis) -> list[int]:
        columns = self.rows.columns
        dead = {rule for rule, _at in found.unmet}
        meetings = [Meetings(column.sure) for column in columns]
        covered: list[int] = []
        for rule in self.rules:
            earlier = (1 << rule) - 1
            for column, meeting in zip(columns, meetings, strict=True):
                earlier &= meeting.of(column.may[rule])
            box = [column.may[rule] for column in columns]
            if not earlier or rule in dead or open_point(box, meetings, earlier):
                continue
            rows = [[column.sure[one] for column in columns] for one in _bits(earlier)]
            if not uncovered(rows, box, self.work, 1):
                covered.append(rule)
        return covered

    def _meetings(self) -> list[Meeting]:
        columns = self.rows.columns
        meetings = [Meetings(column.sure if column.reached else column.may) for column in columns]
        found: list[Meeting] = []
        for rule in self.rules:
            others = (1 << rule) - 1
            for column, meeting in zip(columns, meetings, strict=True):
                others &= meeting.of((column.sure if column.reached else column.may)[rule])
            met = [one for one in _bits(others) if self._matters(one, rule)] if others else []
            told = self._meeting(rule, met)
            if told is not None:
                found.append(told)
            elif any(column.tests(one) for column in columns if column.outside for one in (rule, *met) if met):
                self.unsure = True
            if len(found) >= MOST or self.tries <= 0:
                break
        return found

    def _meeting(self, rule: int, met: list[int]) -> Meeting | None:
        """The rule with those that it meets, the first of them confirmed by an example."""
        for place, other in enumerate(met):
            if self.tries <= 0:
                return None
            columns = [column for column in self.rows.columns if column.reached]
            shared = [column.sure[rule] & column.sure[other] for column in columns]
            tested = [
                bits if {column.sure[rule], column.sure[other]} != {column.dimension.live} else 0
                for bits, column in zip(shared, columns, strict=True)
            ]
            example = self._example(columns, tested)
            if example is None:
                continue
            self.tries -= 1
            values, verdicts = self._judged(example)
            if values is not None and all(cell is True for one in (rule, other) for cell in verdicts[one]):
                empty = any(bits and not bits & ~NULL for bits in tested)
                return Meeting(rule, (other, *met[place + 1 :]), example[0], empty)
        return None

    def _matters(self, one: int, other: int) -> bool:
        """Two rules that always say the same may match together where any may."""
        first, second = self.decision.rules[one].outputs, self.decision.rules[other].outputs
        if self.decision.hit_policy is not HitPolicy.ANY:
            return True
        pairs = [(constant_in(a), constant_in(b)) for a, b in zip(first, second, strict=True) if a != b]
        return any(a is not None and b is not None and a != b for a, b in pairs)

    # ------------------------------------------------------------ examples

    def _example(self, columns: list[Column], pieces: list[int]) -> tuple[Example, dict[str, Any]] | None:
        """Values in these pieces with the variables that give them; None where there are none to be found.

        A column without pieces takes any value and is not told.
        """
        wanted: Wanted = {}
        values: list[tuple[int, Value]] = []
        for column, bits in zip(columns, pieces, strict=True):
            value = column.dimension.example(bits or column.dimension.asked)
            found = wanted_for(column.node, value)
            if found is None or (bits and not bits & column.dimension.known):
                return None
            wanted |= found
            if bits:
                values.append((column.inputs[0], value))
        return Example(tuple(sorted(values, key=lambda one: one[0]))), context_of(wanted)

    def _judged(
        self, example: tuple[Example, dict[str, Any]]
    ) -> tuple[tuple[Any, ...] | None, list[tuple[bool | None, ...]]]:
        """What the table really makes of it; no values where its inputs come out otherwise than wanted."""
        values, verdicts = self.decision.table.judge(example[1])
        if values is None or any(values[at] != wanted for at, wanted in example[0].values):
            return None, verdicts
        return values, verdicts


def _apart(box: Box, asked: list[int]) -> Iterator[Box]:
    """A part of the box in one stretch, and one more for each further stretch: 3.5, and below 0."""
    stretches = [_stretches(pieces, all_) for pieces, all_ in zip(box, asked, strict=True)]
    first = tuple(one[0] for one in stretches)
    yield first
    for at, several in enumerate(stretches):
        yield from ((*first[:at], one, *first[at + 1 :]) for one in several[1:])


def _stretches(pieces: int, asked: int) -> list[int]:
    """Pieces that touch, in one; whatever is not asked lies between none."""
    between = ((1 << asked.bit_length()) - 1) & ~asked
    found = [((1 << after) - (1 << first)) & pieces for first, after in runs(pieces | between)]
    return [one for one in found if one] if pieces != asked else [pieces]


def _bits(rules: int) -> list[int]:
    found = []
    while rules:
        lowest = rules & -rules
        found.append(lowest.bit_length() - 1)
        rules ^= lowest
    return found
