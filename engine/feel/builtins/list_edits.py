"""Lists made of lists: parts, changes, order. Positions count from 1, negative ones from the end."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key

from engine.feel.budget import Budget
from engine.feel.builtins.arguments import cut, function, items, position, single
from engine.feel.builtins.lists import Seen, distinct_values
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.operators import equal, less
from engine.feel.values import Value


@builtin("sublist", "list, start position, length?")
def sublist(values: Value, start: Value, length: Value = None) -> Value:
    """So many items from a position on, all of them without a length; null if the position or length lies outside."""
    members = items(values)
    first = position(start, len(members))
    if length is None:
        return members[first:]
    count = cut(length)
    if count < 1 or first + count > len(members):
        raise NotApplicable
    return members[first : first + count]


@builtin("insert before", "list, position, newItem")
def insert_before(values: Value, place: Value, item: Value) -> Value:
    """With an item more before a position."""
    members = items(values)
    first = position(place, len(members))
    return [*members[:first], item, *members[first:]]


@builtin("remove", "list, position")
def remove(values: Value, place: Value) -> Value:
    """Without the item at a position."""
    members = items(values)
    first = position(place, len(members))
    return [*members[:first], *members[first + 1 :]]


@builtin("list replace", "list, position, newItem | list, match, newItem", budgeted=True)
def list_replace(budget: Budget, at: int, values: Value, place: Value, item: Value) -> Value:
    """With another item at a position, or wherever `match(old, new)` is true."""
    members = items(values)
    if isinstance(index := single(place), Decimal):
        if index != index.to_integral_value():
            raise NotApplicable
        first = position(index, len(members))
        return [*members[:first], item, *members[first + 1 :]]
    fits = function(place, 2)
    return [item if _truth(fits.call(budget, at, [member, item])) else member for member in members]


@builtin("reverse", "list")
def reverse(values: Value) -> Value:
    """Last item first."""
    return items(values)[::-1]


@builtin("index of", "list, match", budgeted=True)
def index_of(budget: Budget, at: int, values: Value, match: Value) -> Value:
    """The positions of all items that equal a value, null included."""
    return [Decimal(place) for place, member in enumerate(items(values), 1) if equal(member, match, budget, at) is True]


@builtin("union", "list…", budgeted=True)
def union(budget: Budget, at: int, *lists: Value) -> Value:
    """All lists one after the other, each value once."""
    return distinct_values(budget, at, [member for values in lists for member in items(values)])


@builtin("duplicate values", "list", budgeted=True, addition=True)
def duplicate_values(budget: Budget, at: int, values: Value) -> Value:
    """Each value that occurs more than once, once."""
    seen, repeated = Seen(budget, at), Seen(budget, at)
    return [member for member in items(values) if not seen.add(member) and repeated.add(member)]


@builtin("sort", "list, precedes?", budgeted=True)
def sort(budget: Budget, at: int, values: Value, precedes: Value = None) -> Value:
    """In the order of `precedes(a, b)`, without it ascending; what is neither before nor behind keeps its order.

    Null if two items cannot be compared.
    """
    members = items(values)
    before: Callable[[Value, Value], Value] = less
    if precedes is not None:
        given = function(precedes, 2)

        def before(one: Value, other: Value) -> Value:
            return given.call(budget, at, [one, other])

    def compare(one: Value, other: Value) -> int:
        budget.spend(1, at)
        return -1 if _truth(before(one, other)) else 0  # sorting asks for nothing but what is before

    return sorted(members, key=cmp_to_key(compare))


def _truth(value: Value) -> bool:
    if not isinstance(value, bool):
        raise NotApplicable
    return value
