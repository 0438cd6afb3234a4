"""What a decision table is, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from engine.feel.dmn.explain import explain
from engine.feel.dmn.matched import MatchedRule


class HitPolicy(Enum):
    """How many rules may match, and what comes of them."""

    UNIQUE = "UNIQUE"  # at most one; two are an error
    FIRST = "FIRST"  # the first in the order of the table
    ANY = "ANY"  # several, if they say the same
    PRIORITY = "PRIORITY"  # of those that match, the one whose outputs stand first among the allowed values
    OUTPUT_ORDER = "OUTPUT ORDER"  # all, as a list in that order
    RULE_ORDER = "RULE ORDER"  # all, as a list in the order of the table
    COLLECT = "COLLECT"  # all, as a list, or one number of them


class Aggregation(Enum):
    """What COLLECT makes of the values of its only output."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


LISTS = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})
"""Policies that answer a list, unless it is aggregated."""
BY_PRIORITY = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})
"""Policies that look at the order of allowed values."""


@dataclass(frozen=True, slots=True)
class Input:
    """A column that is tested. A label such as 费用占比（%） carries its unit in brackets at the end."""

    id: str
    label: str
    expression: str
    type: str
    allowed: str
    """Unary tests that every value but null must pass; "" allows all."""


@dataclass(frozen=True, slots=True)
class Output:
    """A column that answers; `name` is the key in the result.

    `default` is the FEEL text of the answer where no rule matches, "" for none.
    """

    id: str
    name: str
    label: str
    type: str
    allowed: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row; `index` counts from 1. Cells are FEEL texts, one for each column; an untested one is `-`."""

    index: int
    id: str
    description: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """The answer of a table.

    `value` is a dict of outputs, for RULE ORDER, OUTPUT ORDER and COLLECT a list of dicts; numbers are int or Decimal.
    An aggregated COLLECT is one dict again, `{name: number}`: so it is read like any other table with one output.

    If no rule matched, it is a dict of the defaults (where lists are asked, a list of it); without defaults None, the
    empty list, or `{name: None}` where there is nothing to aggregate, `{name: 0}` where that is counted.
    """

    value: dict[str, Any] | list[dict[str, Any]] | None
    matched: tuple[MatchedRule, ...]

    @property
    def explanation(self) -> str:
        """Why, as a Chinese sentence from the cells that were tested: 费用占比 12.6% ≥ 10%."""
        return explain(self.matched)


class Evaluator(Protocol):
    """The compiled side of a table."""

    @property
    def names(self) -> frozenset[str]:
        """The variables that it needs."""
        ...

    def evaluate(self, context: Mapping[str, Any]) -> Decided:
        """The answer for these variables."""
        ...

    def judge(self, context: Mapping[str, Any]) -> tuple[tuple[Any, ...] | None, list[tuple[bool | None, ...]]]:
        """The values of the inputs, and cell by cell what holds."""
        ...


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision table of a DMN file; immutable, shared by threads."""

    id: str
    name: str
    hit_policy: HitPolicy
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    table: Evaluator
    aggregation: Aggregation | None = None

    @property
    def names(self) -> frozenset[str]:
        """The variables that it needs."""
        return self.table.names

    def evaluate(self, context: Mapping[str, Any]) -> Decided:
        """The answer for these variables; missing ones are null.

        Raises DecisionError if rules match against the hit policy, if a value has another type than its column says, or
        if a cell cannot be evaluated.
        """
        return self.table.evaluate(context)
