"""A compiled decision table.

All columns and cells share one frame: each input's value is computed once into the slot that its cells know as `?`. So
a cell costs one call, and the whole table has one budget.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.feel.compiler import BUDGET, Scope, compile_cell, compile_node
from engine.feel.compiler.code import Frame, Run
from engine.feel.dmn.column import Column, compile_column
from engine.feel.dmn.matched import JudgedCell, MatchedRule
from engine.feel.dmn.model import BY_PRIORITY, LISTS, Aggregation, HitPolicy, Input, Output, Rule
from engine.feel.dmn.policies import Ranks, Row, conclude, standing_alone
from engine.feel.errors import DecisionError, FeelError
from engine.feel.operators import equal
from engine.feel.parser import parse_expression, parse_unary_tests
from engine.feel.values import Value, from_feel
from engine.i18n import _


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is written."""

    policy: HitPolicy
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    aggregation: Aggregation | None = None


class Table:
    """Compiles once into a scope, answers often from frames of its layout; cells must have passed `check`."""

    def __init__(self, grid: Grid, scope: Scope) -> None:
        self._grid, self._policy = grid, grid.policy
        self._columns = [
            compile_column(column.label, column.type, column.allowed, scope, column.expression)
            for column in grid.inputs
        ]
        self._answers = [
            compile_column(column.label or column.name, column.type, column.allowed, scope, None)
            for column in grid.outputs
        ]
        self._cells = [
            tuple(
                None if (code := compile_cell(parse_unary_tests(cell), column.cells)) is None else code.run
                for cell, column in zip(rule.inputs, self._columns, strict=True)
            )
            for rule in grid.rules
        ]
        self._tests = [tuple(run for run in cells if run is not None) for cells in self._cells]
        self._results = [
            tuple(compile_node(parse_expression(cell), scope).run for cell in rule.outputs) for rule in grid.rules
        ]
        self._defaults: list[Run | None] = [
            compile_node(parse_expression(output.default), scope).run if output.default else None
            for output in grid.outputs
        ]
        self._ranks = [
            (output.name, Ranks(output.allowed, column.cells, column.slot))
            for output, column in zip(grid.outputs, self._answers, strict=True)
            if output.allowed and grid.policy in BY_PRIORITY
        ]
        self._single = grid.outputs[0].name if len(grid.outputs) == 1 else None

    def decide(self, frame: Frame) -> tuple[Value, list[tuple[int, Row]]]:
        """The answer as `Decided.value` describes it, and the rules it comes from (from 0) with their outputs.

        Raises DecisionError that names the column or rule.
        """
        for column in self._columns:
            self._compute(column, frame)
        hits = self._hits(frame)
        if self._policy is HitPolicy.UNIQUE and len(hits) > 1:
            raise DecisionError(_("规则 {list} 同时符合，但命中策略 UNIQUE 只允许一条", list=_numbers(hits)))
        found = [(row, self._outputs(row, frame)) for row in hits]
        if self._policy is HitPolicy.ANY and any(
            equal(outputs, found[0][1], frame[BUDGET], 0) is not True for _row, outputs in found[1:]
        ):
            raise DecisionError(_("规则 {list} 同时符合而结果不同，命中策略 ANY 不允许", list=_numbers(hits)))
        if self._ranks and len(found) > 1:
            found.sort(key=lambda hit: [ranks.of(hit[1][name], frame) for name, ranks in self._ranks])
            if self._policy not in LISTS:
                del found[1:]
        default = self._default(frame) if not found else None
        grid = self._grid
        rows = [outputs for _row, outputs in found]
        value = conclude(self._policy, grid.aggregation, rows, default, grid.outputs[0].name, frame[BUDGET])
        return value, found

    def value(self, frame: Frame) -> Value:
        """The answer as the standard defines it: of a table with one output only its value, without the name."""
        return standing_alone(self.decide(frame)[0], self._single)

    def alone(self, value: Value) -> Value:
        """What `value` says, of what `decide` said."""
        return standing_alone(value, self._single)

    def matched(self, row: int, outputs: Row, frame: Frame) -> MatchedRule:
        """A rule that matched, for those who read why."""
        rule = self._grid.rules[row]
        tested = tuple(
            JudgedCell(column.label, column.expression, from_feel(frame[compiled.slot]), cell)
            for column, compiled, cell in zip(self._grid.inputs, self._columns, rule.inputs, strict=True)
        )
        told: dict[str, Any] = {name: from_feel(value) for name, value in outputs.items()}
        return MatchedRule(rule.index, rule.id, rule.description, tested, told)

    def judge(self, frame: Frame) -> tuple[tuple[Any, ...], list[tuple[bool | None, ...]]]:
        """The values of the inputs and of each rule whether each of its cells holds (None: it cannot be evaluated).

        Raises FeelError where an input has no value.
        """
        for column in self._columns:
            self._compute(column, frame)
        values = tuple(from_feel(frame[column.slot]) for column in self._columns)
        return values, [tuple(_holds(run, frame) for run in cells) for cells in self._cells]

    def _compute(self, column: Column, frame: Frame) -> None:
        """Put an input's value into its slot, where its cells find it."""
        try:
            value = frame[column.slot] = None if column.run is None else column.run(frame)
            column.check(value, frame)
        except FeelError as error:
            raise DecisionError(_("输入“{label}”：{reason}", label=column.label, reason=error.reason)) from None

    def _hits(self, frame: Frame) -> list[int]:
        """Rows that match, from 0."""
        hits: list[int] = []
        row = 0
        try:
            for row, tests in enumerate(self._tests):
                for test in tests:
                    if test(frame) is not True:
                        break
                else:
                    hits.append(row)
                    if self._policy is HitPolicy.FIRST:
                        break
        except FeelError as error:
            raise DecisionError(_("规则 {n}：{reason}", n=row + 1, reason=error.reason)) from None
        return hits

    def _outputs(self, row: int, frame: Frame) -> Row:
        outputs: Row = {}
        for output, column, run in zip(self._grid.outputs, self._answers, self._results[row], strict=True):
            try:
                value = outputs[output.name] = run(frame)
                column.check(value, frame)
            except FeelError as error:
                raise DecisionError(
                    _("规则 {n} 的输出“{label}”：{reason}", n=row + 1, label=column.label, reason=error.reason)
                ) from None
        return outputs

    def _default(self, frame: Frame) -> Row | None:
        """What is answered where no rule matches; columns without a default are null."""
        if not any(self._defaults):
            return None
        outputs: Row = {}
        for output, column, run in zip(self._grid.outputs, self._answers, self._defaults, strict=True):
            try:
                value = outputs[output.name] = None if run is None else run(frame)
                column.check(value, frame)
            except FeelError as error:
                raise DecisionError(
                    _("“{label}”的默认输出：{reason}", label=column.label, reason=error.reason)
                ) from None
        return outputs


def _holds(run: Run | None, frame: Frame) -> bool | None:
    try:
        return run is None or run(frame) is True
    except FeelError:
        return None


def _numbers(rows: list[int]) -> str:
    return "、".join(str(row + 1) for row in rows)
