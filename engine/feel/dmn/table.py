"""A compiled decision table.

All columns and cells share one frame: each input's value is computed once into the slot that its cells know as `?`. So
a cell costs one call, and the whole table has one budget, that of whatever asks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.feel import nodes
from engine.feel.budget import Budget
from engine.feel.compiler import BUDGET, Scope, compile_cell, compile_node
from engine.feel.compiler.code import Code, Frame, Run, compiles
from engine.feel.dmn.column import compile_column
from engine.feel.dmn.hits import BY_PRIORITY, LISTING, aggregate, priorities, rank
from engine.feel.dmn.items import ItemType, ItemTypes
from engine.feel.dmn.matched import JudgedCell, MatchedRule
from engine.feel.dmn.model import Aggregation, HitPolicy, Input, Output, Rule
from engine.feel.errors import DecisionError, FeelError
from engine.feel.operators import equal
from engine.feel.parser import parse_unary_tests, parse_with_types
from engine.feel.values import Value, from_feel
from engine.i18n import _


@dataclass(frozen=True, slots=True, eq=False)
class DecisionTable(nodes.Node):
    """A table as a part of the syntax tree: it may stand alone, in a function, or in an entry of a context.

    `names` are the model's names of several words, `items` its types by name.
    """

    name: str
    policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    names: frozenset[str] = frozenset()
    items: Mapping[str, ItemType] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a table says: `value` as the standard has it (one output alone, several as a context, or a list of those),
    `told` always by the names of the outputs."""

    value: Value
    told: Value
    matched: tuple[MatchedRule, ...]
    defaulted: bool


class CompiledTable:
    """Compiles once, evaluates often; cells must have passed `check`."""

    def __init__(self, table: DecisionTable, scope: Scope) -> None:
        self._name, self._policy, self._aggregation = table.name, table.policy, table.aggregation
        self._inputs, self._outputs, self._rules = table.inputs, table.outputs, table.rules
        names, items, types = table.names, table.items, ItemTypes(table.items)
        self._columns = [
            compile_column(column.label, column.type, column.allowed, scope, column.expression, names, items)
            for column in table.inputs
        ]
        self._answers = [
            compile_column(column.label or column.name, column.type, column.allowed, scope, None, names, items)
            for column in table.outputs
        ]
        cells = [
            [
                compile_cell(parse_unary_tests(cell, names), column.cells)
                for cell, column in zip(rule.inputs, self._columns, strict=True)
            ]
            for rule in table.rules
        ]
        results = [
            [compile_node(parse_with_types(cell, names, types), scope) for cell in rule.outputs] for rule in table.rules
        ]
        self.cells = [tuple(None if code is None else code.run for code in row) for row in cells]
        self._tests = [tuple(run for run in row if run is not None) for row in self.cells]
        self._results = [tuple(code.run for code in row) for row in results]
        self._defaults = [
            compile_node(parse_with_types(output.default, names, types), scope).run if output.default else None
            for output in table.outputs
        ]
        self._rank = rank([priorities(output) for output in table.outputs])
        self._order_matters = table.policy in BY_PRIORITY
        tested = [code.cost for row in cells for code in row if code is not None]
        self.cost = 1 + sum(tested) + sum(code.cost for row in results for code in row)

    def answer(self, frame: Frame) -> Answer:
        """What the table says to the variables of a frame. Raises DecisionError."""
        self.compute(frame)
        hits = self._hits(frame)
        if self._policy is HitPolicy.UNIQUE and len(hits) > 1:
            raise self._error(_("规则 {list} 同时符合，但命中策略 UNIQUE 只允许一条", list=_numbers(hits)))
        rows = [(row, self._row(row, frame)) for row in hits]
        if self._policy is HitPolicy.ANY and any(
            equal(list(values), list(rows[0][1]), frame[BUDGET], 0) is not True for _row, values in rows[1:]
        ):
            raise self._error(_("规则 {list} 同时符合而结果不同，命中策略 ANY 不允许", list=_numbers(hits)))
        if self._order_matters:
            rows.sort(key=lambda row: self._rank(row[1]))
            if self._policy is HitPolicy.PRIORITY:
                del rows[1:]
        matched = tuple(self._matched(row, values, frame) for row, values in rows)
        answers = [values for _row, values in rows]
        if not answers and any(run is not None for run in self._defaults):
            return self._combine([self._default(frame)], matched, defaulted=True)
        return self._combine(answers, matched, defaulted=False)

    def compute(self, frame: Frame) -> None:
        """Put the values of the inputs into their slots, where their cells find them."""
        for column in self._columns:
            try:
                value = frame[column.slot] = None if column.run is None else column.run(frame)
                column.check(value, frame)
            except FeelError as error:
                raise self._error(_("输入“{label}”：{reason}", label=column.label, reason=error.reason)) from None

    def inputs_of(self, frame: Frame) -> tuple[Any, ...]:
        """The values that `compute` found."""
        return tuple(from_feel(frame[column.slot]) for column in self._columns)

    def _combine(self, answers: list[tuple[Value, ...]], matched: tuple[MatchedRule, ...], defaulted: bool) -> Answer:
        contexts = [dict(zip((output.name for output in self._outputs), one, strict=True)) for one in answers]
        alone = len(self._outputs) == 1
        values = [one[0] for one in answers] if alone else list(contexts)
        if self._aggregation:
            number = answers[0][0] if defaulted else aggregate(self._aggregation, values)
            return Answer(number, {self._outputs[0].name: number}, matched, defaulted)
        if self._policy in LISTING:
            return Answer(values, contexts, matched, defaulted)
        return Answer(values[0] if values else None, contexts[0] if contexts else None, matched, defaulted)

    def _default(self, frame: Frame) -> tuple[Value, ...]:
        """What is answered where no rule matches; columns without a default are null."""
        values: list[Value] = []
        for column, run in zip(self._answers, self._defaults, strict=True):
            try:
                values.append(None if run is None else run(frame))
                column.check(values[-1], frame)
            except FeelError as error:
                raise self._error(_("“{label}”的默认输出：{reason}", label=column.label, reason=error.reason)) from None
        return tuple(values)

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

    def _row(self, row: int, frame: Frame) -> tuple[Value, ...]:
        values: list[Value] = []
        for column, run in zip(self._answers, self._results[row], strict=True):
            try:
                value = run(frame)
                column.check(value, frame)
                values.append(value)
            except FeelError as error:
                raise self._error(
                    _("规则 {n} 的输出“{label}”：{reason}", n=row + 1, label=column.label, reason=error.reason)
                ) from None
        return tuple(values)

    def _matched(self, row: int, values: tuple[Value, ...], frame: Frame) -> MatchedRule:
        rule = self._rules[row]
        tested = tuple(
            JudgedCell(column.label, column.expression, from_feel(frame[compiled.slot]), cell)
            for column, compiled, cell in zip(self._inputs, self._columns, rule.inputs, strict=True)
        )
        outputs = {output.name: from_feel(value) for output, value in zip(self._outputs, values, strict=True)}
        return MatchedRule(rule.index, rule.id, rule.description, tested, outputs)

    def _error(self, reason: str) -> DecisionError:
        return DecisionError(_("判定表“{name}”：{reason}", name=self._name, reason=reason))


@compiles
def compile_table(node: DecisionTable, scope: Scope) -> Code:
    """A table inside of an expression."""
    compiled = CompiledTable(node, scope)
    return Code(lambda frame: compiled.answer(frame).value, compiled.cost)


def holds(run: Run | None, frame: Frame) -> bool | None:
    """Whether a cell passes; None if it cannot be evaluated."""
    try:
        return run is None or run(frame) is True
    except FeelError:
        return None


def fresh(blank: Frame) -> Frame:
    """A frame for one evaluation, with a budget of its own."""
    frame = blank.copy()
    frame[BUDGET] = Budget()
    return frame


def _numbers(rows: list[int]) -> str:
    return "、".join(str(row + 1) for row in rows)
