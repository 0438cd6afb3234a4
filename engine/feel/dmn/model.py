"""What a decision is, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from engine.feel.dmn.explain import explain
from engine.feel.dmn.matched import MatchedRule
from engine.i18n import _


class HitPolicy(Enum):
    """How many rules of a table may match, and what comes of them (DMN 1.5, 8.2.10)."""

    UNIQUE = "UNIQUE"  # at most one; two are an error
    FIRST = "FIRST"  # the first in the order of the table
    ANY = "ANY"  # several, if they say the same
    PRIORITY = "PRIORITY"  # the one whose output stands first among the allowed values
    COLLECT = "COLLECT"  # all, as a list or aggregated
    RULE_ORDER = "RULE ORDER"  # all, in the order of the table
    OUTPUT_ORDER = "OUTPUT ORDER"  # all, in the order of the allowed values


class Aggregation(Enum):
    """What COLLECT makes of the values of a table's only output: C+, C<, C>, C#."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


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
    """A column that answers; `name` is the key in the result, `default` the answer where no rule matches."""

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
    """The answer of a decision.

    Of a table, `value` is a dict of outputs, None if no rule matched and there is no default; for the policies that
    list, a list of dicts; aggregated, a dict with the one number. Of an expression it is whatever that gave. Numbers
    are int or Decimal. `defaulted` says that no rule matched and the default was taken.
    """

    value: Any
    matched: tuple[MatchedRule, ...]
    defaulted: bool = False
    is_table: bool = True

    @property
    def explanation(self) -> str:
        """Why, as a Chinese sentence from the cells that were tested: 费用占比 12.6% ≥ 10%."""
        if self.defaulted:
            return _("没有规则符合，取默认值")
        return explain(self.matched) if self.is_table else _("按表达式计算")


class Evaluator(Protocol):
    """The compiled side of a decision."""

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
    """One decision of a DMN file; immutable, shared by threads.

    `hit_policy` is None for one that is no table: it then has neither columns nor rules, and `expression` is its text
    as people read it.
    """

    id: str
    name: str
    hit_policy: HitPolicy | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    table: Evaluator
    aggregation: Aggregation | None = None
    expression: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The variables that it needs, those of the decisions it builds upon included."""
        return self.table.names

    def evaluate(self, context: Mapping[str, Any]) -> Decided:
        """The answer for these variables; missing ones are null.

        Raises DecisionError if rules match against the hit policy, if a value has another type than its column or item
        definition says, or if a cell or expression cannot be evaluated.
        """
        return self.table.evaluate(context)
