"""A compiled column of a table."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.compiler import Scope, compile_cell, compile_node
from engine.feel.compiler.code import Frame, Run
from engine.feel.dmn.types import ANY, fits, known_type, word_for
from engine.feel.errors import DecisionError
from engine.feel.parser import parse_expression, parse_unary_tests
from engine.feel.values import Value, kind
from engine.i18n import _


@dataclass(frozen=True, slots=True)
class Column:
    """An input or output. `cells` is the scope of its cells and `slot` their `?`; outputs have no expression to run."""

    label: str
    kind: str
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
        if self.allowed is not None:
            frame[self.slot] = value
            if self.allowed(frame) is not True:
                raise DecisionError(_("值不在允许的取值里"))


def compile_column(label: str, type_name: str, allowed: str, scope: Scope, expression: str | None) -> Column:
    """A column; `expression` is None for outputs, `allowed` may be empty."""
    run = None if expression is None else compile_node(parse_expression(expression), scope).run
    cells = scope.bind("?")
    tests = compile_cell(parse_unary_tests(allowed), cells)
    return Column(label, known_type(type_name) or ANY, run, None if tests is None else tests.run, cells, cells.slot)
