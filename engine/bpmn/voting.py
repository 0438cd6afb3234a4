"""会签: how the votes on one user task are counted, and from when on their outcome is certain.

Whole numbers only. A vote passes if at least one person agrees, the rule holds, and nobody with a veto has opposed:

- `all`: everybody agrees;
- `at_least`: so many agree;
- `percent_of_all`: that share of all who are asked agrees; who abstains or stays silent counts among them;
- `percent_of_voting`: that share of those who agreed or opposed agrees.

It is decided as soon as all ways in which the others could still vote have the same outcome: each of them may agree,
oppose, abstain or stay silent. A vote in which nobody is asked is decided at once: it has not passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

RULES = ("all", "at_least", "percent_of_all", "percent_of_voting")
KINDS = ("agree", "oppose", "abstain")
"""Kinds of action that are a vote."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A rule as drawn; `value` and `veto` are literal or FEEL after "="."""

    rule: str  # of RULES
    result: str  # the variable that takes what was counted, see `Ballot.result`
    value: str | None = None  # a number, a percentage, or FEEL for one or for {numerator, denominator}; not with "all"
    veto: str | None = None  # FEEL for those elements of the collection whose opposition decides alone


class Ballot:
    """The state of one vote: the rule with its values as they were when it began, and what was counted so far.

    `needed` is (n, 1) for `all` and `at_least`, else the share as (numerator, denominator). `vetoing`: elements of the
    collection with a veto that have not voted yet.
    """

    __slots__ = ("abstain", "agree", "needed", "oppose", "rule", "total", "vetoed", "vetoing")

    def __init__(self, rule: str, total: int, needed: tuple[int, int], vetoing: list[Any]) -> None:
        self.rule = rule
        self.total = total
        self.needed = needed
        self.vetoing = vetoing
        self.agree = self.oppose = self.abstain = 0
        self.vetoed = False

    def count(self, kind: str, element: Any) -> None:
        """One person has voted, in the place of that element of the collection."""
        setattr(self, kind, getattr(self, kind) + 1)
        if element in self.vetoing:
            self.vetoing.remove(element)
            self.vetoed = self.vetoed or kind == "oppose"

    @property
    def silent(self) -> int:
        """How many have not voted."""
        return self.total - self.agree - self.oppose - self.abstain

    @property
    def is_decided(self) -> bool:
        """Whether nothing that can still happen changes the outcome: it grows with each who agrees and falls with each
        who opposes, so the best and the worst end tell."""
        left = self.silent
        if self.vetoed or not self._passes(self.agree + left, self.oppose):
            return True
        return not self.vetoing and self._passes(self.agree, self.oppose + left)

    @property
    def passed(self) -> bool:
        """The outcome if nobody else votes."""
        return not self.vetoed and self._passes(self.agree, self.oppose)

    def result(self) -> dict[str, Any]:
        """{total, agree, oppose, abstain, silent, needed, passed, vetoed}: numbers of people, and two booleans;
        `needed` is how many had to agree, of those who voted where the rule asks for a share of them."""
        return {
            "total": self.total,
            "agree": self.agree,
            "oppose": self.oppose,
            "abstain": self.abstain,
            "silent": self.silent,
            "needed": self._least(self.oppose + self.agree),
            "passed": self.passed,
            "vetoed": self.vetoed,
        }

    def told(self) -> dict[str, Any]:
        """The rule for the log: {rule, numerator, denominator, total, veto: elements with a veto}."""
        numerator, denominator = self.needed
        rule = {"rule": self.rule, "numerator": numerator, "denominator": denominator, "total": self.total}
        return {**rule, "veto": list(self.vetoing)}

    def _passes(self, agree: int, oppose: int) -> bool:
        return agree >= self._least(agree + oppose)

    def _least(self, voting: int) -> int:
        return least(self.rule, self.needed, self.total, voting)

    def row(self) -> list[Any]:
        """For the saved state."""
        return [self.rule, *self.needed, self.total, self.agree, self.oppose, self.abstain, self.vetoed, self.vetoing]

    @classmethod
    def of_row(cls, row: list[Any]) -> Ballot:
        """Back from `row`."""
        rule, numerator, denominator, total, agree, oppose, abstain, vetoed, vetoing = row
        ballot = cls(rule, total, (numerator, denominator), vetoing)
        ballot.agree, ballot.oppose, ballot.abstain, ballot.vetoed = agree, oppose, abstain, vetoed
        return ballot


def least(rule: str, needed: tuple[int, int], total: int, voting: int) -> int:
    """How many must agree where `total` are asked and `voting` of them agree or oppose: at least one, in any case."""
    numerator, denominator = needed
    of = {"percent_of_all": total, "percent_of_voting": voting}.get(rule, 1)
    return max(1, -(-numerator * of // denominator))


def needed_by(rule: str, value: Any, total: int) -> tuple[int, int] | None:
    """The value of a rule in whole numbers, see `Ballot`; None if it is none that the rule can use.

    `at_least` takes a whole number from 0 on, the shares a whole percentage up to 100 or {numerator, denominator}.
    """
    if rule == "all":
        return total, 1
    if isinstance(value, Mapping) and rule != "at_least":
        numerator, denominator = whole(value.get("numerator")), whole(value.get("denominator"))
        if numerator is None or denominator is None or not 0 <= numerator <= denominator or denominator == 0:
            return None
        return numerator, denominator
    number = whole(value)
    if number is None or number < 0:
        return None
    if rule == "at_least":
        return number, 1
    return (number, 100) if number <= 100 else None


def whole(value: Any) -> int | None:
    """The whole number that a FEEL value is; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value != int(value):
        return None
    return int(value)
