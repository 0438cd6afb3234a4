"""Item definitions: the types that a model gives to its inputs, decisions and columns.

What comes from outside must be of its type; what is computed inside is converted as the language converts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.feel import nodes
from engine.feel.budget import Budget
from engine.feel.compiler.code import BUDGET, Code, Frame, Scope, compile_node, compiles
from engine.feel.dmn.types import word_for
from engine.feel.errors import DecisionError
from engine.feel.expression import UnaryTests
from engine.feel.types import ANY, ContextOf, ListOf, Type, coerce
from engine.feel.values import Value, kind
from engine.i18n import _


@dataclass(frozen=True, slots=True, eq=False)
class ItemType:
    """A type with what it allows.

    `base` is the type it is made of, `kind` the structure of one value, `parts` the types of its components by name.
    `allowed` are tests for one value, `constraint` for the whole, which differ only for a collection.
    """

    name: str
    kind: Type = ANY
    parts: tuple[tuple[str, ItemType], ...] = ()
    collection: bool = False
    allowed: UnaryTests | None = None
    constraint: UnaryTests | None = None
    base: ItemType | None = None

    @property
    def type(self) -> Type:
        """The structure alone, which is all that conformance and `instance of` look at."""
        one = self.kind
        if self.parts:
            one = ContextOf(tuple((name, part.type) for name, part in self.parts))
        elif self.base is not None:
            one = self.base.type
        return ListOf(one) if self.collection else one

    def check(self, value: Value, label: str, budget: Budget, at: int) -> None:
        """A value must be null or of this type; DecisionError says which part of it is not."""
        if value is None:
            return
        if self.collection:
            if not isinstance(value, list):
                raise _wrong(label, _("列表"), value)
            budget.spend(len(value), at)
            for place, member in enumerate(value, 1):
                self._check_one(member, _("{label} 第 {n} 项", label=label, n=place), budget, at)
        else:
            self._check_one(value, label, budget, at)
        _check_tests(self.constraint, value, label, budget)

    def _check_one(self, value: Value, label: str, budget: Budget, at: int) -> None:
        if value is None:
            return
        if self.base is not None:
            self.base.check(value, label, budget, at)
        if self.parts:
            if not isinstance(value, dict):
                raise _wrong(label, word_for("context"), value)
            budget.spend(len(self.parts), at)
            for name, part in self.parts:
                part.check(value.get(name), f"{label}.{name}", budget, at)
        elif not self.kind.holds(value, budget, at):
            raise _wrong(label, word_for(self.kind.name), value)
        _check_tests(self.allowed, value, label, budget)


def _wrong(label: str, wanted: str, value: Value) -> DecisionError:
    return DecisionError(
        _("“{label}”应为{wanted}，却是{found}", label=label, wanted=wanted, found=word_for(kind(value)))
    )


def _check_tests(tests: UnaryTests | None, value: Value, label: str, budget: Budget) -> None:
    if tests is not None and tests(value, budget=budget) is not True:
        raise DecisionError(_("“{label}”的值不在允许的取值 {allowed} 里", label=label, allowed=tests.text))


@dataclass(frozen=True, slots=True, eq=False)
class Checked(nodes.Node):
    """An expression whose value must be of a type."""

    expression: nodes.Node
    type: ItemType
    label: str = field(default="")


@dataclass(frozen=True, slots=True, eq=False)
class Converted(nodes.Node):
    """An expression whose value becomes one of a type, null where it cannot (DMN 1.5, 10.3.2.9.4)."""

    expression: nodes.Node
    type: ItemType
    label: str = field(default="")


@compiles
def compile_converted(node: Converted, scope: Scope) -> Code:
    """The converted value; DecisionError where the type does not allow it."""
    code = compile_node(node.expression, scope)
    run_inner, convert, at = code.run, converter(node.type, node.label), node.at
    return Code(lambda frame: convert(run_inner(frame), frame[BUDGET], at), 1 + code.cost)


def converter(item: ItemType, label: str) -> Callable[[Value, Budget, int], Value]:
    """What converts values to a type."""
    wanted = item.type

    def convert(value: Value, budget: Budget, at: int) -> Value:
        converted = coerce(value, wanted, budget, at)
        item.check(converted, label, budget, at)
        return converted

    return convert


class ItemTypes(Mapping[str, Type]):
    """The types of a model by the names that texts may use for them."""

    def __init__(self, items: Mapping[str, ItemType]) -> None:
        self._items = items

    def __getitem__(self, name: str) -> Type:
        return self._items[name].type

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


@compiles
def compile_checked(node: Checked, scope: Scope) -> Code:
    """The value, or a DecisionError."""
    code = compile_node(node.expression, scope)
    run_inner, wanted, label, at = code.run, node.type, node.label, node.at

    def run(frame: Frame) -> Value:
        value = run_inner(frame)
        wanted.check(value, label, frame[BUDGET], at)
        return value

    return Code(run, 1 + code.cost)
