"""What comes of the rules that matched: one row, a list of rows in some order, or one number of them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.feel import nodes
from engine.feel.budget import Budget
from engine.feel.builtins import find_function
from engine.feel.compiler import Scope, compile_cell
from engine.feel.compiler.code import Frame, Run
from engine.feel.dmn.model import LISTS, Aggregation, HitPolicy
from engine.feel.parser import parse_unary_tests
from engine.feel.values import UNDEFINED, Value

Row = dict[str, Value]
"""The outputs of a rule by name."""


class Ranks:
    """The place of values among the allowed ones of a column, in the order in which these are written."""

    def __init__(self, allowed: str, cells: Scope, slot: int) -> None:
        tests = parse_unary_tests(allowed)
        # What is only forbidden has no order.
        each = () if tests.negated else tests.tests
        codes = [compile_cell(nodes.UnaryTests(test.at, (test,), negated=False), cells) for test in each]
        self._runs: list[Run] = [code.run for code in codes if code is not None]
        self._slot = slot

    def of(self, value: Value, frame: Frame) -> int:
        """From 0; behind all for what is not among them (null)."""
        frame[self._slot] = value
        for place, run in enumerate(self._runs):
            if run(frame) is True:
                return place
        return len(self._runs)


def conclude(
    policy: HitPolicy,
    aggregation: Aggregation | None,
    rows: Sequence[Row],
    default: Row | None,
    name: str,
    budget: Budget,
) -> Value:
    """The answer of a table as `Decided.value` describes it, of rows in their order; `name` is its first output."""
    if not rows and default is not None:
        return [default] if policy in LISTS and aggregation is None else default
    if policy not in LISTS:
        return rows[0] if rows else None
    if aggregation is None:
        return list(rows)
    return {name: aggregated(aggregation, [row[name] for row in rows], budget)}


def standing_alone(value: Value, single: str | None) -> Value:
    """The same answer as the standard gives it to other decisions: the values of the only output `single` without its
    name, contexts of several outputs as they are."""
    if single is None or value is None:
        return value
    return [row[single] for row in value] if value.__class__ is list else value[single]


def aggregated(aggregation: Aggregation, values: list[Value], budget: Budget) -> Value:
    """One number of all values; null where there is none, or where they cannot be added or compared."""
    function = find_function(aggregation.value.lower(), 0).as_function()
    try:
        return function.call(budget, 0, [values])
    except UNDEFINED:
        return None
