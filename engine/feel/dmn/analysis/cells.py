"""The tests of a cell, as far as they compare with constants; everything else is opaque (None)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from functools import lru_cache

from engine.feel import nodes
from engine.feel.compiler import Layout, Scope, compile_node
from engine.feel.errors import FeelError
from engine.feel.far import FAR
from engine.feel.parser import parse_expression, parse_unary_tests
from engine.feel.values import PLAIN, Range, Value

_SCALARS = (PLAIN - FAR) | {Decimal}


@dataclass(frozen=True)
class Compared:
    """The value against a constant by one of = != < <= > >=."""

    operator: str
    bound: Value


@dataclass(frozen=True)
class Within:
    """The value in a range."""

    interval: Range


@dataclass(frozen=True)
class Member:
    """The value among constants and ranges."""

    members: tuple[Compared | Within, ...]


@dataclass(frozen=True)
class Combined:
    """Several tests of the same value: all of them hold, or one of them."""

    conjunction: bool
    parts: tuple[Test, ...]


Test = Compared | Within | Member | Combined


@dataclass(frozen=True)
class Cell:
    """A cell: `tests` of which one must hold, or, `negated`, none; those that are opaque are None. Without any: `-`."""

    tests: tuple[Test | None, ...]
    negated: bool

    @property
    def passes_all(self) -> bool:
        """`-`"""
        return not self.tests

    @property
    def opaque(self) -> bool:
        """Whether something in it cannot be seen through."""
        return None in self.tests

    def constants(self) -> Iterator[Value]:
        """The values at which the cell may change its mind."""
        for test in self.tests:
            yield from _constants(test)


@lru_cache(maxsize=8192)
def read_cell(text: str) -> Cell:
    """The tests of a cell that is known to be right."""
    try:
        tree = parse_unary_tests(text)
    except FeelError:  # names of several words, which only the table knows
        return Cell((None,), False)
    return Cell(tuple(_read(test) for test in tree.tests), tree.negated)


def constant_of(node: nodes.Node) -> tuple[Value] | None:
    """The value that an expression always has, in a tuple of one; None if it depends on anything."""
    try:
        code = compile_node(node, Scope(layout := Layout()))
    except FeelError:
        return None
    return (code.value,) if code.constant and not layout.mistakes else None


@lru_cache(maxsize=8192)
def constant_in(text: str) -> tuple[Value] | None:
    """The same of a text."""
    try:
        return constant_of(parse_expression(text))
    except FeelError:
        return None


def _constants(test: Test | None) -> Iterator[Value]:
    if isinstance(test, Compared):
        yield test.bound
    elif isinstance(test, Within):
        yield from (end for end in (test.interval.start, test.interval.end) if end is not None)
    elif isinstance(test, Member | Combined):
        for part in test.members if isinstance(test, Member) else test.parts:
            yield from _constants(part)


def _read(test: nodes.Node) -> Test | None:
    if isinstance(test, nodes.OperatorTest):
        return _compared(test.operator, test.operand)
    if not isinstance(test, nodes.ExpressionTest):
        return None
    if test.mentions_value:
        return _condition(test.expression)
    found = constant_of(test.expression)
    if found == (None,) and isinstance(test.expression, nodes.OutsideLiteral):
        return None
    if found == (None,) and isinstance(test.expression, nodes.RangeLiteral):
        return Member(())  # the ends are the wrong way round
    return None if found is None else _matched(found[0])


def _condition(node: nodes.Node) -> Test | None:
    """`? > 5 and ? < 8`"""
    if isinstance(node, nodes.Comparison) and _is_value(node.left):
        return _compared(node.operator, node.right)
    if isinstance(node, nodes.Logical):
        parts = [_condition(part) for part in node.parts]
        known = tuple(part for part in parts if part is not None)
        return Combined(node.conjunction, known) if len(known) == len(parts) else None
    return None


def _is_value(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "?"


def _compared(operator: str, operand: nodes.Node) -> Compared | None:
    found = constant_of(operand)
    if found is None or not _plain(found[0]):
        return None
    equality = operator in ("=", "!=")
    return Compared(operator, found[0]) if equality or not isinstance(found[0], str) else None


def _matched(value: Value) -> Test | None:
    if isinstance(value, list):
        members = [_one(member) for member in value]
        known = tuple(member for member in members if member is not None)
        return Member(known) if len(known) == len(members) else None
    return _one(value)


def _one(value: Value) -> Compared | Within | None:
    if isinstance(value, Range) and value.outside:
        return Compared("!=", value.start) if _plain(value.start) else None
    if isinstance(value, Range):
        ends = [end for end in (value.start, value.end) if end is not None]
        fitting = ends and all(_plain(end) and not isinstance(end, str | bool) for end in ends)
        return Within(value) if fitting else None
    return Compared("=", value) if _plain(value) else None


def _plain(value: Value) -> bool:
    """A scalar that has one place on its scale: moments with a zone and far years are left to the engine."""
    if isinstance(value, datetime | time):
        return value.tzinfo is None
    return value.__class__ in _SCALARS
