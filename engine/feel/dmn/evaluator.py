"""A decision that can be asked: its own frame, filled from the variables of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.feel.budget import Budget, too_deep_calls
from engine.feel.compiler import BUDGET, Layout, Scope
from engine.feel.compiler.code import Frame
from engine.feel.dmn.model import Decided
from engine.feel.dmn.table import Grid, Table
from engine.feel.errors import DecisionError, FeelError
from engine.feel.expression import fill, names_of
from engine.feel.values import from_feel
from engine.i18n import _


class TableEvaluator:
    """The compiled side of a decision that is one table."""

    def __init__(self, name: str, grid: Grid) -> None:
        self._name, self._rules = name, len(grid.rules)
        self._width = len(grid.inputs)
        layout = Layout()
        self._table = Table(grid, Scope(layout))
        self._free = tuple(layout.free.items())
        self._blank: Frame = [None] * layout.size
        self.names = names_of(layout)[0]

    def evaluate(self, context: Mapping[str, Any]) -> Decided:
        """See `Decision.evaluate`."""
        try:
            frame = self._frame(context)
            value, found = self._table.decide(frame)
            matched = tuple(self._table.matched(row, outputs, frame) for row, outputs in found)
            return Decided(from_feel(value), matched)
        except FeelError as error:
            raise DecisionError(_("判定表“{name}”：{reason}", name=self._name, reason=error.reason)) from None
        except RecursionError:
            reason = too_deep_calls().reason
            raise DecisionError(_("判定表“{name}”：{reason}", name=self._name, reason=reason)) from None

    def judge(self, context: Mapping[str, Any]) -> tuple[tuple[Any, ...] | None, list[tuple[bool | None, ...]]]:
        """The values of the inputs and of each rule whether each of its cells holds (None: it cannot be evaluated).

        Never raises: without values for the inputs there are only Nones.
        """
        try:
            return self._table.judge(self._frame(context))
        except (FeelError, RecursionError):
            return None, [(None,) * self._width] * self._rules

    def _frame(self, context: Mapping[str, Any]) -> Frame:
        frame = self._blank.copy()
        frame[BUDGET] = Budget()
        fill(frame, self._free, context)
        return frame
