"""A compiled decision table.

All columns and cells share one frame: each input's value is computed once into the slot that its cells know as `?`. So
a cell costs one call, and the whole table has one budget.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.feel.budget import Budget
from engine.feel.compiler import BUDGET, Layout, Scope, compile_cell, compile_node
from engine.feel.compiler.code import Frame, Run
from engine.feel.dmn.column import Column, compile_column
from engine.feel.dmn.matched import JudgedCell, MatchedRule
from engine.feel.dmn.model import Decided, HitPolicy, Input, Output, Rule
from engine.feel.errors import DecisionError, FeelError
from engine.feel.expression import fill, names_of
from engine.feel.parser import parse_expression, parse_unary_tests
from engine.feel.values import from_feel
from engine.i18n import _


class Table:
    """Compiles once, evaluates often; cells must have passed `check`."""

    def __init__(
        self,
        name: str,
        policy: HitPolicy,
        inputs: tuple[Input, ...],
        outputs: tuple[Output, ...],
        rules: tuple[Rule, ...],
    ) -> None:
        self._name, self._policy = name, policy
        self._inputs, self._outputs, self._rules = inputs, outputs, rules
        layout = Layout()
        scope = Scope(layout)
        self._columns = [
            compile_column(column.label, column.type, column.allowed, scope, column.expression) for column in inputs
        ]
        self._answers = [
            compile_column(column.label or column.name, column.type, column.allowed, scope, None) for column in outputs
        ]
        self._cells = [
            tuple(
                None if (code := compile_cell(parse_unary_tests(cell), column.cells)) is None else code.run
                for cell, column in zip(rule.inputs, self._columns, strict=True)
            )
            for rule in rules
        ]
        self._tests = [tuple(run for run in cells if run is not None) for cells in self._cells]
        self._results = [
            tuple(compile_node(parse_expression(cell), scope).run for cell in rule.outputs) for rule in rules
        ]
        self._free = tuple(layout.free.items())
        self._blank: Frame = [None] * layout.size
        self.names = names_of(layout)[0]

    def evaluate(self, context: Mapping[str, Any]) -> Decided:
        """See `Decision.evaluate`."""
        frame = self._blank.copy()
        frame[BUDGET] = Budget()
        try:
            fill(frame, self._free, context)
        except FeelError as error:
            raise self._error(error.reason) from None
        for column in self._columns:
            self._compute(column, frame)
        hits = self._hits(frame)
        if self._policy is HitPolicy.UNIQUE and len(hits) > 1:
            raise self._error(_("规则 {list} 同时符合，但命中策略 UNIQUE 只允许一条", list=_numbers(hits)))
        matched = tuple(self._matched(index, frame) for index in hits)
        if self._policy is HitPolicy.ANY and any(rule.outputs != matched[0].outputs for rule in matched):
            raise self._error(_("规则 {list} 同时符合而结果不同，命中策略 ANY 不允许", list=_numbers(hits)))
        return Decided(self._value(matched), matched)

    def judge(self, context: Mapping[str, Any]) -> tuple[tuple[Any, ...] | None, list[tuple[bool | None, ...]]]:
        """The values of the inputs and of each rule whether each of its cells holds (None: it cannot be evaluated).

        Never raises: without values for the inputs there are only Nones.
        """
        frame = self._blank.copy()
        frame[BUDGET] = Budget()
        try:
            fill(frame, self._free, context)
            for column in self._columns:
                self._compute(column, frame)
        except FeelError:
            return None, [(None,) * len(cells) for cells in self._cells]
        values = tuple(from_feel(frame[column.slot]) for column in self._columns)
        return values, [tuple(_holds(run, frame) for run in cells) for cells in self._cells]

    def _compute(self, column: Column, frame: Frame) -> None:
        """Put an input's value into its slot, where its cells find it."""
        try:
            value = frame[column.slot] = None if column.run is None else column.run(frame)
            column.check(value, frame)
        except FeelError as error:
            raise self._error(_("输入“{label}”：{reason}", label=column.label, reason=error.reason)) from None

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
            raise self._error(_("规则 {n}：{reason}", n=row + 1, reason=error.reason)) from None
        return hits

    def _matched(self, row: int, frame: Frame) -> MatchedRule:
        rule = self._rules[row]
        outputs: dict[str, Any] = {}
        for output, column, run in zip(self._outputs, self._answers, self._results[row], strict=True):
            try:
                value = run(frame)
                column.check(value, frame)
                outputs[output.name] = from_feel(value)
            except FeelError as error:
                raise self._error(
                    _("规则 {n} 的输出“{label}”：{reason}", n=rule.index, label=column.label, reason=error.reason)
                ) from None
        tested = tuple(
            JudgedCell(column.label, column.expression, from_feel(frame[compiled.slot]), cell)
            for column, compiled, cell in zip(self._inputs, self._columns, rule.inputs, strict=True)
        )
        return MatchedRule(rule.index, rule.id, rule.description, tested, outputs)

    def _value(self, matched: tuple[MatchedRule, ...]) -> dict[str, Any] | list[dict[str, Any]] | None:
        if self._policy is HitPolicy.COLLECT:
            return [dict(rule.outputs) for rule in matched]
        return dict(matched[0].outputs) if matched else None

    def _error(self, reason: str) -> DecisionError:
        return DecisionError(_("判定表“{name}”：{reason}", name=self._name, reason=reason))


def _holds(run: Run | None, frame: Frame) -> bool | None:
    try:
        return run is None or run(frame) is True
    except FeelError:
        return None


def _numbers(rows: list[int]) -> str:
    return "、".join(str(row + 1) for row in rows)
