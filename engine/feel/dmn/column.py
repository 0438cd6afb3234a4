"""A compiled column of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.feel.compiler import BUDGET, Scope, compile_cell, compile_node
from engine.feel.compiler.code import Frame, Run
from engine.feel.dmn.items import ItemType, ItemTypes
from engine.feel.dmn.types import ANY, fits, known_type, word_for
from engine.feel.errors import DecisionError
from engine.feel.parser import parse_unary_tests, parse_with_types
from engine.feel.values import Value, kind
from engine.i18n import _


@dataclass(frozen=True, slots=True)
class Column:
    """An input or output. `cells` is the scope of its cells and `slot` their `?`; outputs have no expression to run."""

    label: str
    kind: str
    item: ItemType | None
    run: Run | None
    allowed: Run | None
    cells: Scope
    slot: int

    def check(self, value: Value, frame: Frame) -> None:
        """A value must have the column's type and be an allowed one; DecisionError says what it is instead."""
        if value is None:
            return
        if not fits(value, self.kind):
            raise DecisionError(_("应为{wanted}，却是{found}", wanted=word_for(self.kind), found=word_for(kind(value))))
        if self.item is not None:
            self.item.check(value, self.label, frame[BUDGET], 0)
        if self.allowed is not None:
            frame[self.slot] = value
            if self.allowed(frame) is not True:
                raise DecisionError(_("值不在允许的取值里"))


def compile_column(
    label: str,
    type_name: str,
    allowed: str,
    scope: Scope,
    expression: str | None,
    names: frozenset[str],
    items: Mapping[str, ItemType],
) -> Column:
    """A column; `expression` is None for outputs, `allowed` may be empty."""
    run = None if expression is None else compile_node(parse_with_types(expression, names, ItemTypes(items)), scope).run
    cells = scope.bind("?")
    tests = compile_cell(parse_unary_tests(allowed, names), cells)
    run_tests = None if tests is None else tests.run
    return Column(label, known_type(type_name) or ANY, items.get(type_name), run, run_tests, cells, cells.slot)
