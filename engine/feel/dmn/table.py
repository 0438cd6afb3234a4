"""A compiled decision table.

All columns and cells share one frame: each input's value is computed once into the slot that its cells know as `?`. So
a cell costs one call, and the whole table has one budget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.feel.budget import Budget
from engine.feel.compiler import BUDGET, Code, Layout, Scope, compile_cell, compile_node
from engine.feel.compiler.code import Frame, Run
from engine.feel.dmn.explain import explain
from engine.feel.dmn.model import Decided, HitPolicy, Input, MatchedRule, Output, Rule, TestedInput
from engine.feel.dmn.types import fits, known_type, word_for
from engine.feel.errors import DecisionError, FeelError
from engine.feel.expression import fill, names_of
from engine.feel.parser import parse_expression, parse_unary_tests
from engine.feel.values import Value, from_feel, kind
from engine.i18n import _


@dataclass(frozen=True, slots=True)
class _Column:
    """An input or output, compiled; `run` is None for outputs."""

    label: str
    kind: str
    run: Run | None
    slot: int
    allowed: Run | None


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
        columns = [_column(column.label, column.type, column.allowed, scope, column.expression) for column in inputs]
        answers = [_column(column.label or column.name, column.type, column.allowed, scope, None) for column in outputs]
        self._columns = [column for column, _scope in columns]
        self._answers = [column for column, _scope in answers]
        self._tests = [
            tuple(
                code.run
                for cell, (_compiled, cell_scope) in zip(rule.inputs, columns, strict=True)
                if (code := compile_cell(parse_unary_tests(cell), cell_scope)) is not None
            )
            for rule in rules
        ]
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
        return Decided(self._value(matched), matched, explain(matched))

    def _compute(self, column: _Column, frame: Frame) -> None:
        """Put an input's value into its slot; it must have the column's type and be among its allowed values."""
        try:
            value = frame[column.slot] = column.run(frame) if column.run is not None else None
            self._check(column, value, frame, _("输入“{label}”", label=column.label))
        except DecisionError:
            raise
        except FeelError as error:
            raise self._error(_("输入“{label}”：{reason}", label=column.label, reason=error.reason)) from None

    def _check(self, column: _Column, value: Value, frame: Frame, where: str) -> None:
        if not fits(value, column.kind):
            raise self._error(
                _(
                    "{where}应为{wanted}，却是{found}",
                    where=where,
                    wanted=word_for(column.kind),
                    found=word_for(kind(value)),
                )
            )
        if column.allowed is not None and value is not None:
            frame[column.slot] = value
            if column.allowed(frame) is not True:
                raise self._error(_("{where}的值不在允许的取值里", where=where))

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
            where = _("规则 {n} 的输出“{label}”", n=rule.index, label=column.label)
            try:
                value = run(frame)
                self._check(column, value, frame, where)
                outputs[output.name] = from_feel(value)
            except DecisionError:
                raise
            except FeelError as error:
                raise self._error(f"{where}：{error.reason}") from None
        tested = tuple(
            TestedInput(column.label, column.expression, from_feel(frame[compiled.slot]), cell)
            for column, compiled, cell in zip(self._inputs, self._columns, rule.inputs, strict=True)
        )
        return MatchedRule(rule.index, rule.id, rule.description, tested, outputs)

    def _value(self, matched: tuple[MatchedRule, ...]) -> dict[str, Any] | list[dict[str, Any]] | None:
        if self._policy is HitPolicy.COLLECT:
            return [dict(rule.outputs) for rule in matched]
        return dict(matched[0].outputs) if matched else None

    def _error(self, reason: str) -> DecisionError:
        return DecisionError(_("判定表“{name}”：{reason}", name=self._name, reason=reason))


def _column(label: str, type_name: str, allowed: str, scope: Scope, expression: str | None) -> tuple[_Column, Scope]:
    """A compiled column, and the scope of its cells."""
    run = None if expression is None else compile_node(parse_expression(expression), scope).run
    cells = scope.bind("?")
    tests: Code | None = compile_cell(parse_unary_tests(allowed), cells) if allowed else None
    return _Column(label, known_type(type_name) or "Any", run, cells.slot, None if tests is None else tests.run), cells


def _numbers(rows: list[int]) -> str:
    return "、".join(str(row + 1) for row in rows)
