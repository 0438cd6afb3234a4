"""A compiled decision with all that it builds upon: one frame, one budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.feel import nodes
from engine.feel.budget import too_deep_calls
from engine.feel.compiler import Layout, Scope, compile_node
from engine.feel.compiler.code import BUDGET, Frame, Run
from engine.feel.compiler.functions import define
from engine.feel.dmn.items import ItemType, converter
from engine.feel.dmn.model import Decided
from engine.feel.dmn.table import CompiledTable, DecisionTable, fresh, holds
from engine.feel.errors import DecisionError, FeelError
from engine.feel.expression import fill, names_of
from engine.feel.values import from_feel
from engine.i18n import _


class CompiledDecision:
    """A table or an expression behind the inputs, functions and decisions that it requires, in their order."""

    def __init__(
        self,
        name: str,
        required: Sequence[tuple[str, nodes.Node]],
        logic: nodes.Node,
        type_: ItemType | None = None,
    ) -> None:
        self._name = name
        self._convert = None if type_ is None else converter(type_, name)
        layout = Layout()
        scope = Scope(layout)
        self._steps: list[tuple[str, int, Run]] = []
        for known_as, node in required:
            if isinstance(node, nodes.FunctionDefinition):  # may call itself
                scope = scope.bind(known_as)
                run = define(node, scope, scope.slot).run
            else:
                run = compile_node(node, scope).run
                scope = scope.bind(known_as)
            self._steps.append((known_as, scope.slot, run))
        self._table = CompiledTable(logic, scope) if isinstance(logic, DecisionTable) else None
        self._run = None if self._table is not None else compile_node(logic, scope).run
        self.mistakes = tuple(layout.mistakes)
        """What gives null because it is written wrong, in all that the decision builds upon."""
        self._free = tuple(layout.free.items())
        self._blank: Frame = [None] * layout.size
        self.names = names_of(layout)[0]

    def evaluate(self, context: Mapping[str, Any]) -> Decided:
        """See `Decision.evaluate`."""
        try:
            frame = self._prepared(context)
            if self._table is not None:
                answer = self._table.answer(frame)
                return Decided(from_feel(answer.told), answer.matched, answer.defaulted)
            assert self._run is not None
            value = self._run(frame)
            if self._convert is not None:
                value = self._convert(value, frame[BUDGET], 0)
            return Decided(from_feel(value), (), is_table=False)
        except DecisionError:
            raise
        except FeelError as error:
            raise self._error(error.reason) from None
        except RecursionError:
            raise self._error(too_deep_calls().reason) from None

    def judge(self, context: Mapping[str, Any]) -> tuple[tuple[Any, ...] | None, list[tuple[bool | None, ...]]]:
        """The values of the inputs and of each rule whether each of its cells holds (None: it cannot be evaluated).

        Never raises: without values for the inputs there are only Nones. What is no table has neither.
        """
        table = self._table
        if table is None:
            return (), []
        try:
            frame = self._prepared(context)
            table.compute(frame)
        except FeelError:
            return None, [(None,) * len(row) for row in table.cells]
        return table.inputs_of(frame), [tuple(holds(run, frame) for run in row) for row in table.cells]

    def _prepared(self, context: Mapping[str, Any]) -> Frame:
        """A frame with the variables and everything required in it."""
        frame = fresh(self._blank)
        try:
            fill(frame, self._free, context)
        except FeelError as error:
            raise self._error(error.reason) from None
        for name, slot, run in self._steps:
            try:
                frame[slot] = run(frame)
            except DecisionError:
                raise
            except FeelError as error:
                raise self._error(_("“{name}”：{reason}", name=name, reason=error.reason)) from None
        return frame

    def _error(self, reason: str) -> DecisionError:
        kind = _("判定表") if self._table is not None else _("决策")
        return DecisionError(_("{kind}“{name}”：{reason}", kind=kind, name=self._name, reason=reason))
