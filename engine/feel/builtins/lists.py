"""Lists. Where a list is wanted, a single value counts as a list of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import reduce

from engine.feel.budget import MAX_DEPTH, MAX_ITEMS, Budget, too_deep
from engine.feel.builtins.arguments import items, spread
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.errors import FeelLimitError
from engine.feel.far import FarDate
from engine.feel.operators import ORDER, add, divide, equal
from engine.feel.values import DaysTime, Value, YearsMonths
from engine.i18n import _

_SUMMABLE = frozenset({Decimal, YearsMonths, DaysTime})
_HASHED = frozenset({type(None), bool, str, Decimal, date, FarDate, YearsMonths, DaysTime})


@builtin("count", "list")
def count(values: Value) -> Value:
    """How many."""
    return Decimal(len(items(values)))


@builtin("sum", "list…")
def total(*values: Value) -> Value:
    """Of numbers or durations; null of nothing or of anything else."""
    members = spread(values)
    if not members or not _SUMMABLE.issuperset(map(type, members)):
        raise NotApplicable
    return reduce(add, members)


@builtin("mean", "list…")
def mean(*values: Value) -> Value:
    """The average; null of nothing."""
    return divide(total(*values), Decimal(len(spread(values))))


def _extreme(values: tuple[Value, ...], before: Callable[[Value, Value], Value]) -> Value:
    members = spread(values)
    if not members or members[0] is None:
        raise NotApplicable
    best = members[0]
    for member in members[1:]:
        ahead = before(member, best)
        if ahead is None:
            raise NotApplicable
        if ahead:
            best = member
    return best


@builtin("min", "list…")
def minimum(*values: Value) -> Value:
    """The smallest; null of nothing or of what cannot be compared."""
    return _extreme(values, ORDER["<"])


@builtin("max", "list…")
def maximum(*values: Value) -> Value:
    """The largest; null of nothing or of what cannot be compared."""
    return _extreme(values, ORDER[">"])


@builtin("append", "list, item…")
def append(values: Value, *more: Value) -> Value:
    """With items added at the end."""
    return [*items(values), *more]


@builtin("concatenate", "list…")
def concatenate(*lists: Value) -> Value:
    """All lists one after the other."""
    return [member for values in lists for member in items(values)]


@builtin("flatten", "list", budgeted=True)
def flatten(budget: Budget, at: int, values: Value) -> Value:
    """Without nesting."""
    flat: list[Value] = []

    def walk(members: list[Value], depth: int) -> None:
        if depth > MAX_DEPTH:
            raise too_deep(at)
        for member in members:
            budget.spend(1, at)
            if isinstance(member, list):
                walk(member, depth + 1)
            elif len(flat) < MAX_ITEMS:
                flat.append(member)
            else:
                raise FeelLimitError(_("列表太长，最多 {n} 项", n=MAX_ITEMS), at)

    walk(items(values), 0)
    return flat


@builtin("list contains", "list, element", budgeted=True)
def list_contains(budget: Budget, at: int, values: Value, element: Value) -> Value:
    """Whether one item equals the element, null included."""
    return any(equal(member, element, budget, at) is True for member in items(values))


class Seen:
    """The values met so far; what can be hashed costs nothing, all else is compared with each other value."""

    def __init__(self, budget: Budget, at: int) -> None:
        self._budget, self._at = budget, at
        self._hashed: set[tuple[type, Value]] = set()
        self._others: list[Value] = []

    def add(self, value: Value) -> bool:
        """Whether it is new; from now on it is not."""
        if value.__class__ in _HASHED:
            mark, before = (value.__class__, value), len(self._hashed)
            self._hashed.add(mark)
            return len(self._hashed) > before
        self._budget.spend(len(self._others), self._at)
        if any(equal(value, other, self._budget, self._at) is True for other in self._others):
            return False
        self._others.append(value)
        return True


@builtin("distinct values", "list", budgeted=True)
def distinct_values(budget: Budget, at: int, values: Value) -> Value:
    """Each value once, in the order of first appearance."""
    seen = Seen(budget, at)
    return [member for member in items(values) if seen.add(member)]
