"""Trying a decision table: which rule matches on these values, and at which cell each of the others fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.feel.dmn.model import Decided, Decision
from engine.feel.errors import DecisionError


@dataclass(frozen=True, slots=True)
class TriedRule:
    """A rule on trial: `cells` says of each input whether its test holds, None where it could not be evaluated."""

    index: int
    id: str
    matched: bool
    cells: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a table says on these values.

    `inputs` are the computed values of the columns, None from the first that could not be computed. `decided` is the
    answer, or None with `problem` saying why there is none.
    """

    inputs: tuple[Any, ...] | None
    rules: tuple[TriedRule, ...]
    decided: Decided | None
    problem: str


def try_decision(decision: Decision, context: Mapping[str, Any]) -> Trial:
    """Evaluate the table and every single cell of it; never raises for values that do not fit."""
    decided: Decided | None = None
    problem = ""
    try:
        decided = decision.evaluate(context)
    except DecisionError as error:
        problem = str(error)
    inputs, verdicts = decision.table.judge(context)
    chosen = {rule.index for rule in decided.matched} if decided else set()
    rules = tuple(
        TriedRule(rule.index, rule.id, rule.index in chosen or (decided is None and _all(cells)), cells)
        for rule, cells in zip(decision.rules, verdicts, strict=True)
    )
    return Trial(inputs, rules, decided, problem)


def _all(cells: Sequence[bool | None]) -> bool:
    return bool(cells) and all(cell is True for cell in cells)
