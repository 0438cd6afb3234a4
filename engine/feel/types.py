"""FEEL's types: what `instance of` asks, what parameters and item definitions demand (DMN 1.5, 10.3.2.9).

Null is of type Null alone, but it may stand wherever a value of another type is wanted: inside a list<number>, in a
field of a context, as an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, time
from typing import Final

from engine.feel.budget import Budget
from engine.feel.far import FarDate, combined
from engine.feel.values import KINDS, Function, Range, Value

_CLASSES: Final = {name: frozenset(cls for cls, kind in KINDS.items() if kind == name) for name in KINDS.values()}


@dataclass(frozen=True, slots=True)
class Type:
    """Any: every value."""

    @property
    def name(self) -> str:
        """As it is written."""
        return "Any"

    def holds(self, value: Value, budget: Budget, at: int) -> bool:
        """Whether a value that is not null is of this type; looking into containers is paid for."""
        return True


@dataclass(frozen=True, slots=True)
class Simple(Type):
    """One kind of value, `number` or `days and time duration`, or a container whose members do not matter."""

    kind: str

    @property
    def name(self) -> str:
        """As it is written."""
        return self.kind

    def holds(self, value: Value, budget: Budget, at: int) -> bool:
        """By its class."""
        return value.__class__ in _CLASSES[self.kind]


@dataclass(frozen=True, slots=True)
class ListOf(Type):
    """`list<item>`"""

    item: Type

    @property
    def name(self) -> str:
        """As it is written."""
        return f"list<{self.item.name}>"

    def holds(self, value: Value, budget: Budget, at: int) -> bool:
        """A list whose members are of the type."""
        if value.__class__ is not list:
            return False
        budget.spend(len(value), at)
        return all(fits(member, self.item, budget, at) for member in value)


@dataclass(frozen=True, slots=True)
class ContextOf(Type):
    """`context<name: type, …>`; a context may have more entries than these."""

    fields: tuple[tuple[str, Type], ...]

    @property
    def name(self) -> str:
        """As it is written."""
        return f"context<{', '.join(f'{name}: {type_.name}' for name, type_ in self.fields)}>"

    def holds(self, value: Value, budget: Budget, at: int) -> bool:
        """A context that has all fields."""
        if value.__class__ is not dict:
            return False
        budget.spend(len(self.fields), at)
        return all(name in value and fits(value[name], type_, budget, at) for name, type_ in self.fields)


@dataclass(frozen=True, slots=True)
class RangeOf(Type):
    """`range<type>`"""

    item: Type

    @property
    def name(self) -> str:
        """As it is written."""
        return f"range<{self.item.name}>"

    def holds(self, value: Value, budget: Budget, at: int) -> bool:
        """A range whose ends are of the type."""
        if value.__class__ is not Range:
            return False
        return all(fits(end, self.item, budget, at) for end in (value.start, value.end))


@dataclass(frozen=True, slots=True)
class FunctionOf(Type):
    """`function<type, …> -> type`. Of a function whose types are not known the number of parameters decides."""

    parameters: tuple[Type, ...]
    result: Type

    @property
    def name(self) -> str:
        """As it is written."""
        return f"function<{', '.join(one.name for one in self.parameters)}> -> {self.result.name}"

    def holds(self, value: Value, budget: Budget, at: int) -> bool:
        """A function that may stand where one of this type is wanted."""
        if not isinstance(value, Function):
            return False
        if isinstance(value.type, FunctionOf):
            return conforms(value.type, self)
        return value.parameters is None or len(value.parameters) == len(self.parameters)


ANY: Final = Type()
NULL: Final = Simple("null")
SIMPLE_TYPES: Final[dict[str, Type]] = {name: Simple(name) for name in KINDS.values()} | {
    "Any": ANY,
    "Null": NULL,
    "dayTimeDuration": Simple("days and time duration"),
    "yearMonthDuration": Simple("years and months duration"),
    "dateTime": Simple("date and time"),
}
"""Types without members by the names that texts and models use for them."""


def fits(value: Value, wanted: Type, budget: Budget, at: int) -> bool:
    """Whether a value, or null, may stand where this type is wanted."""
    return value is None or wanted.holds(value, budget, at)


def is_instance(value: Value, wanted: Type, budget: Budget, at: int) -> bool:
    """`value instance of wanted`: null is of type Null alone."""
    if value is None:
        return wanted == NULL
    return wanted.holds(value, budget, at)


def conforms(given: Type, wanted: Type) -> bool:
    """Whether every value of a type may stand where another is wanted (DMN 1.5, 10.3.2.9.2).

    A function must take at least what is handed to it and give no more than is expected; a result of which nothing is
    known is trusted.
    """
    if wanted == ANY or given == wanted:
        return True
    if isinstance(given, ListOf) and isinstance(wanted, ListOf):
        return conforms(given.item, wanted.item)
    if isinstance(given, RangeOf) and isinstance(wanted, RangeOf):
        return conforms(given.item, wanted.item)
    if isinstance(given, ContextOf) and isinstance(wanted, ContextOf):
        there = dict(given.fields)
        return all(name in there and conforms(there[name], type_) for name, type_ in wanted.fields)
    if isinstance(given, FunctionOf) and isinstance(wanted, FunctionOf):
        return (
            len(given.parameters) == len(wanted.parameters)
            and all(map(conforms, wanted.parameters, given.parameters))
            and (given.result == ANY or conforms(given.result, wanted.result))
        )
    return False


def coerce(value: Value, wanted: Type, budget: Budget, at: int) -> Value:
    """The value as an argument or result of this type (DMN 1.5, 10.3.2.9.4).

    A list of one gives its member, a single value makes a list, a date is its midnight in UTC; what fits in no way is
    null.
    """
    if fits(value, wanted, budget, at):
        return value
    while value.__class__ is list and len(value) == 1:
        budget.spend(1, at)
        value = value[0]
        if fits(value, wanted, budget, at):
            return value
    if isinstance(wanted, ListOf) and value.__class__ is not list and wanted.item.holds(value, budget, at):
        return [value]
    if wanted == Simple("date and time") and value.__class__ in (date, FarDate):
        return combined(value, time(tzinfo=UTC))
    return None
