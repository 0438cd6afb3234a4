"""The syntax tree of FEEL: immutable, each node with its offset `at` in the text."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.types import Type
from engine.feel.values import Value


@dataclass(frozen=True, slots=True)
class Node:
    """Any expression."""

    at: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, string, boolean, null, or @"…" date, time or duration; negative numbers are literals too."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, a field of the item inside a filter, or `?` inside a test."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`source.name`; over a list it maps."""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`source[condition]`: an index or a condition on each item."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    """`[a, b]`"""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """`{a: 1, b: a + 1}`: later entries see the earlier ones."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral(Node):
    """`[a..b)`; an end that is None is open: `(< 5)` has no start."""

    start: Node | None
    end: Node | None
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class OutsideLiteral(Node):
    """`(!= 5)` as a value: everything but that."""

    bound: Node


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`if … then … else …`; anything but true takes the else branch."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iterator:
    """`name in source` or `name in source..end`."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for x in xs, y in ys return body`"""

    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some` or `every` x in xs satisfies body."""

    every: bool
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Logical(Node):
    """`a and b and c`, or the same with `or`."""

    conjunction: bool
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`left operator right` with one of = != < <= > >=."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`, both included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in tests`"""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`left operator right` with one of + - * / **."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-operand`"""

    operand: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`"""

    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call by name: of a built-in by its full name, or of a function in scope. `names` as in Invocation."""

    name: str
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Invocation(Node):
    """A call of whatever an expression gives; `names` are those of the arguments where they are passed by name."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    """`function(a: number, b) a + b`; a type that is None takes anything."""

    parameters: tuple[tuple[str, Type | None], ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Mistake(Node):
    """What can be read and means nothing, so that it is null: an argument given twice, a type that there is not.

    `reason` is told at publication; `parts` are what may be wrong inside, too.
    """

    reason: str
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class OperatorTest(Node):
    """`< 5` in a cell: the tested value against an operand."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class ExpressionTest(Node):
    """Any expression as test: a value to equal, a list or range to be in, or a condition that mentions `?`."""

    expression: Node
    mentions_value: bool


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """A whole cell. No tests at all is `-`: everything passes."""

    tests: tuple[Node, ...]
    negated: bool
