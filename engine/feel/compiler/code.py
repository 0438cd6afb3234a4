"""Compiled code, and where its variables live.

Every evaluation has one *frame*, a list: slot 0 holds the budget, each free variable and each bound one (of a loop, a
filter, a context entry, the `?` of a test) has a slot that the compiler chose. So a name costs an index, and no loop
copies a context. Inside a filter a bare name may be a field of the item or a variable outside: both places are known
when compiling, the choice is made by each item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from engine.feel import nodes
from engine.feel.budget import MAX_TREE
from engine.feel.errors import FeelSyntaxError
from engine.feel.values import Value
from engine.i18n import _

Frame = list[Any]
Run = Callable[[Frame], Value]
BUDGET = 0
"""The frame's slot of the budget."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a node became.

    `cost` is its price in steps, without what its own loops pay at run time. `constant` says that `value` is its value
    in every frame; `slot` that it only reads that slot: both let other nodes skip a call.
    """

    run: Run
    cost: int
    constant: bool = False
    value: Value = None
    slot: int | None = None


def constant(value: Value) -> Code:
    """Code that is one value."""
    return Code(lambda frame: value, 1, constant=True, value=value)


@dataclass(slots=True)
class Height:
    """How many levels of the tree some code has; known when it is compiled."""

    levels: int = 0


@dataclass(slots=True)
class Layout:
    """Which slot belongs to which free variable, and how large a frame must be."""

    size: int = 1
    free: dict[str, int] = field(default_factory=dict)
    certain: set[str] = field(default_factory=set)
    """Free variables; names only inside filters, where they may be fields of the item, are not among them."""

    mistakes: list[FeelSyntaxError] = field(default_factory=list)
    """What gives null because it is written wrong, in the order of the tree from outside in; publication refuses it."""

    read: set[int] = field(default_factory=set)
    """Slots of bound names that some code reads."""
    _depth: int = 0
    _deepest: int = 0

    def at_depth(self, depth: int) -> None:
        """Code at this depth of the tree is being compiled."""
        self._depth = depth
        self._deepest = max(self._deepest, depth)

    @contextmanager
    def measured(self) -> Iterator[Height]:
        """Measure the code that is compiled inside."""
        height = Height()
        outer, start = self._deepest, self._depth
        self._deepest = start
        yield height
        height.levels = self._deepest - start
        self._deepest = max(outer, self._deepest)
        self._depth = start

    def new_slot(self) -> int:
        """One more place in the frame."""
        self.size += 1
        return self.size - 1

    def free_slot(self, name: str) -> int:
        """The slot into which a variable of the context is put before evaluation."""
        if name not in self.free:
            self.free[name] = self.new_slot()
        return self.free[name]


@dataclass(frozen=True, slots=True)
class Scope:
    """The names in force at one place of the text; a chain from inside out.

    A link is a bound name (`name` and `slot`) or, where `name` is None, the item of a filter.
    """

    layout: Layout
    outer: Scope | None = None
    name: str | None = None
    slot: int = 0
    depth: int = 0

    def bind(self, name: str) -> Scope:
        """A scope with one name more; its slot is `.slot`."""
        return Scope(self.layout, self, name, self.layout.new_slot(), self.depth)

    def enter_filter(self) -> Scope:
        """The scope inside a filter; the item lies in `.slot`."""
        return Scope(self.layout, self, None, self.layout.new_slot(), self.depth)

    def deeper(self, at: int) -> Scope:
        """The same names one level down the tree. Raises FeelSyntaxError where running it would recurse too deeply."""
        if self.depth >= MAX_TREE:
            raise FeelSyntaxError(_("表达式太长或嵌套太深，请拆成几个"), at)
        self.layout.at_depth(self.depth + 1)
        return Scope(self.layout, self.outer, self.name, self.slot, self.depth + 1)

    def binds(self, name: str) -> bool:
        """Whether the text itself, and not the context, gives this name a value."""
        return self.resolve(name)[1] is not None

    def resolve(self, name: str) -> tuple[list[int], int | None]:
        """The items that may have a field of this name, inside first, and the slot of the bound name (None if free)."""
        items: list[int] = []
        scope: Scope | None = self
        while scope is not None and scope.outer is not None:
            if scope.name == name:
                return items, scope.slot
            if scope.name is None:
                items.append(scope.slot)
            scope = scope.outer
        return items, None


@singledispatch
def _compile(node: nodes.Node, scope: Scope) -> Code:
    raise TypeError(f"no compiler for {type(node).__name__}")


def compile_node(node: nodes.Node, scope: Scope) -> Code:
    """Any expression. Raises FeelSyntaxError with its place."""
    return _compile(node, scope.deeper(node.at))


def mistaken(error: FeelSyntaxError, parts: Iterable[nodes.Node], scope: Scope) -> Code:
    """Code of what is written wrong: null (DMN 1.5, 10.3.2.13), noted for publication. Its parts are compiled, for
    their names and mistakes."""
    scope.layout.mistakes.append(error)
    for part in parts:
        compile_node(part, scope)
    return constant(None)


compiles = _compile.register
"""Decorator: the compiler of one kind of node, found by its annotation."""


@compiles
def compile_mistake(node: nodes.Mistake, scope: Scope) -> Code:
    """What the parser found to be wrong, though readable."""
    return mistaken(FeelSyntaxError(node.reason, node.at), node.parts, scope)
