"""What must go wrong by the kinds of values alone: a number compared with a text is null whatever the case.

    clashes(parse_expression('amount > "abc"'), {"amount": Known("number")})   # one Clash: > of number and string

Only what is certain is told: a kind is known of constants, of names whose kind is given, and of operators and built-ins
that give one kind only. Everything else is Any, and Any gets along with everything. Null always may occur.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any as AnyType

from engine.feel import nodes
from engine.feel.builtins.results import RESULT_ITEMS, RESULT_KINDS
from engine.feel.types import SIMPLE_TYPES, ContextOf, ListOf, Type
from engine.feel.values import KINDS

ANY = "Any"


@dataclass(frozen=True)
class Known:
    """What is known of a value: its kind; of a context all `fields`, of a list its `item`."""

    kind: str = ANY
    fields: Mapping[str, Known] | None = None
    item: Known | None = None

    @property
    def type(self) -> Type:
        """The same as a type of the language; Any where nothing is known."""
        if self.fields is not None:
            return ContextOf(tuple((name, known.type) for name, known in self.fields.items()))
        return SIMPLE_TYPES[self.kind] if self.item is None else ListOf(self.item.type)


@dataclass(frozen=True)
class Clash:
    """An operation that gives null: where in the text, the operator (or the `.` of a field that is not there), kinds.

    `subject` is the operand on the left where it is a name or a path. A name inside a filter that is no field of the
    items and none of the names that were given is told with the operator `[]`, and `fields` are those that there are.
    """

    at: int
    operator: str
    left: str
    right: str
    subject: str = ""
    fields: tuple[str, ...] = ()


Names = Mapping[str, Known]
UNKNOWN = Known()
_BOOLEAN, _NUMBER, _STRING = Known("boolean"), Known("number"), Known("string")
_CALLS: Mapping[str, Known] = {
    name: Known(kind, item=Known(RESULT_ITEMS[name]) if name in RESULT_ITEMS else None)
    for name, kind in RESULT_KINDS.items()
}
_GIVEN = frozenset({"item", "?", "partial"})
"""Names that FEEL gives by itself."""
_DAYS, _MONTHS = "days and time duration", "years and months duration"
_MOMENTS = ("date", "date and time")
_SAME = ("number", _DAYS, _MONTHS)
_SUMS = {(one, one) for one in _SAME} | {(moment, span) for moment in _MOMENTS for span in (_DAYS, _MONTHS)}
_SUMS |= {("time", _DAYS)}
_FITTING: Mapping[str, set[tuple[str, str]]] = {
    "+": _SUMS | {(right, left) for left, right in _SUMS} | {("string", "string")},
    "-": _SUMS | {(left, right) for left in _MOMENTS for right in _MOMENTS} | {("time", "time")},
    "*": {("number", "number")} | {pair for span in (_DAYS, _MONTHS) for pair in ((span, "number"), ("number", span))},
    "/": {(one, one) for one in _SAME} | {(span, "number") for span in (_DAYS, _MONTHS)},
    "**": {("number", "number")},
}


def clashes(node: nodes.Node, names: Names) -> tuple[Known, list[Clash]]:
    """What an expression gives, and all that must go wrong in it."""
    look = _Look()
    return look.at(node, names), look.found


class _Look:
    def __init__(self) -> None:
        self.found: list[Clash] = []
        self._filters: list[tuple[nodes.Node, Mapping[str, Known]]] = []  # around what is looked at, with the fields

    def at(self, node: nodes.Node | None, names: Names) -> Known:
        """What a node gives; what goes wrong inside is noted."""
        reader = _READERS.get(type(node))
        return UNKNOWN if reader is None else reader(self, node, names)

    def note(self, node: nodes.Node, operator: str, left: Known, right: Known, subject: nodes.Node) -> None:
        self.found.append(Clash(node.at, operator, left.kind, right.kind, _said(subject)))

    # ------------------------------------------------------------ values

    def literal(self, node: nodes.Literal, names: Names) -> Known:
        kind = KINDS.get(type(node.value), ANY)
        return UNKNOWN if kind == "null" else Known(kind)

    def name(self, node: nodes.Name, names: Names) -> Known:
        if self._filters and node.name not in names and node.name not in _GIVEN:
            source, fields = self._filters[-1]
            self.found.append(Clash(node.at, "[]", "context", node.name, _said(source), tuple(fields)))
        return names.get(node.name, UNKNOWN)

    def path(self, node: nodes.Path, names: Names) -> Known:
        source = self.at(node.source, names)
        if source.kind == "context" and source.fields is not None:
            if node.name not in source.fields:
                self.note(node, ".", source, Known(node.name), node.source)
            return source.fields.get(node.name, UNKNOWN)
        return UNKNOWN

    def list_literal(self, node: nodes.ListLiteral, names: Names) -> Known:
        items = [self.at(item, names) for item in node.items]
        same = items and all(item == items[0] for item in items)
        return Known("list", item=items[0] if same else None)

    def context(self, node: nodes.ContextLiteral, names: Names) -> Known:
        inner = dict(names)
        for name, value in node.entries:
            inner[name] = self.at(value, inner)
        return Known("context", {name: inner[name] for name, _value in node.entries})

    # ------------------------------------------------------------ operators

    def comparison(self, node: nodes.Comparison, names: Names) -> Known:
        left, right = self.at(node.left, names), self.at(node.right, names)
        if _apart(left, right) and not (node.operator in ("=", "!=") and _moments(left, right)):
            self.note(node, node.operator, left, right, node.left)
        return _BOOLEAN

    def between(self, node: nodes.Between, names: Names) -> Known:
        value = self.at(node.value, names)
        for end in (node.low, node.high):
            bound = self.at(end, names)
            if _apart(value, bound):
                self.note(end, "between", value, bound, node.value)
        return _BOOLEAN

    def within(self, node: nodes.In, names: Names) -> Known:
        value = self.at(node.value, names)
        inner = {**names, "?": value}
        for test in node.tests:
            for operand in _operands(test):
                bound = self.at(operand, inner)
                if bound.kind not in ("list", "range") and _apart(value, bound) and not _moments(value, bound):
                    self.note(operand, "in", value, bound, node.value)
        return _BOOLEAN

    def arithmetic(self, node: nodes.Arithmetic, names: Names) -> Known:
        left, right = self.at(node.left, names), self.at(node.right, names)
        if ANY in (left.kind, right.kind):
            return UNKNOWN
        if (left.kind, right.kind) not in _FITTING[node.operator]:
            self.note(node, node.operator, left, right, node.left)
            return UNKNOWN
        return left if left.kind == right.kind and left.kind in ("number", "string") else UNKNOWN

    def negation(self, node: nodes.Negation, names: Names) -> Known:
        return self.at(node.operand, names)

    def logical(self, node: nodes.Logical, names: Names) -> Known:
        for part in node.parts:
            found = self.at(part, names)
            if _apart(found, _BOOLEAN):
                self.note(part, "and" if node.conjunction else "or", found, _BOOLEAN, part)
        return _BOOLEAN

    def truth(self, node: nodes.InstanceOf, names: Names) -> Known:
        self.at(node.value, names)
        return _BOOLEAN

    # ------------------------------------------------------------ branches, loops, calls

    def conditional(self, node: nodes.Conditional, names: Names) -> Known:
        self.at(node.condition, names)
        then, otherwise = self.at(node.then, names), self.at(node.otherwise, names)
        return then if then == otherwise else UNKNOWN

    def filtered(self, node: nodes.Filter, names: Names) -> Known:
        """Inside, a name may be a field of an item: only of an item whose fields are known can anything be told."""
        source = self.at(node.source, names)
        item = source.item if source.kind == "list" else None
        plain = item is not None and item.kind not in (ANY, "context", "list")
        fields = {} if plain else item.fields if item is not None else None
        if item is not None and fields is not None:
            self._filters.append((node.source, fields))
            self.at(node.condition, {**names, **fields, "item": item})
            self._filters.pop()
        return UNKNOWN

    def loop(self, node: nodes.For, names: Names) -> Known:
        self.at(node.body, self._bound(node.iterators, names))
        return Known("list")

    def quantified(self, node: nodes.Quantified, names: Names) -> Known:
        self.at(node.body, self._bound(node.iterators, names))
        return _BOOLEAN

    def _bound(self, iterators: tuple[nodes.Iterator, ...], names: Names) -> Names:
        inner = dict(names)
        for one in iterators:
            source = self.at(one.source, inner)
            inner[one.name] = (source.item or UNKNOWN) if source.kind == "list" and one.end is None else UNKNOWN
        return inner

    def mistake(self, node: nodes.Mistake, names: Names) -> Known:
        for part in node.parts:
            self.at(part, names)
        return UNKNOWN

    def call(self, node: nodes.Call, names: Names) -> Known:
        for argument in node.arguments:
            self.at(argument, names)
        return UNKNOWN if node.name in names else _CALLS.get(node.name, UNKNOWN)


def _apart(left: Known, right: Known) -> bool:
    return ANY not in (left.kind, right.kind) and left.kind != right.kind


def _moments(left: Known, right: Known) -> bool:
    """A date may equal a date and time."""
    return left.kind in _MOMENTS and right.kind in _MOMENTS


def _operands(test: nodes.Node) -> list[nodes.Node]:
    """What the tested value is compared with."""
    if isinstance(test, nodes.OperatorTest):
        return [test.operand]
    if not isinstance(test, nodes.ExpressionTest) or test.mentions_value:
        return []
    if isinstance(test.expression, nodes.RangeLiteral):
        return [end for end in (test.expression.start, test.expression.end) if end is not None]
    return [test.expression]


def _said(node: nodes.Node) -> str:
    """A name or path as it is written; nothing for anything longer."""
    if isinstance(node, nodes.Path):
        source = _said(node.source)
        return f"{source}.{node.name}" if source else ""
    return node.name if isinstance(node, nodes.Name) else ""


_READERS: Mapping[type, Callable[[_Look, AnyType, Names], Known]] = {
    nodes.Literal: _Look.literal,
    nodes.Name: _Look.name,
    nodes.Path: _Look.path,
    nodes.Filter: _Look.filtered,
    nodes.ListLiteral: _Look.list_literal,
    nodes.ContextLiteral: _Look.context,
    nodes.Conditional: _Look.conditional,
    nodes.For: _Look.loop,
    nodes.Quantified: _Look.quantified,
    nodes.Logical: _Look.logical,
    nodes.Comparison: _Look.comparison,
    nodes.Between: _Look.between,
    nodes.In: _Look.within,
    nodes.Arithmetic: _Look.arithmetic,
    nodes.Negation: _Look.negation,
    nodes.InstanceOf: _Look.truth,
    nodes.Call: _Look.call,
    nodes.Mistake: _Look.mistake,
}
