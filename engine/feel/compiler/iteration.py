"""for, some, every: each round pays the price of its body in advance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.feel import nodes
from engine.feel.budget import MAX_ITEMS, too_many_steps
from engine.feel.compiler.code import BUDGET, Code, Frame, Run, Scope, compile_node, compiles
from engine.feel.errors import FeelLimitError
from engine.feel.far import FarDate, day_at, day_number
from engine.feel.values import Range, Value
from engine.i18n import _


class _NotIterable(Exception):
    """A loop over null or over what is no list: the loop is null."""


@dataclass(frozen=True, slots=True)
class _Loop:
    """One iterator, compiled."""

    slot: int
    source: Run
    end: Run | None
    at: int


def _compile_iterators(iterators: tuple[nodes.Iterator, ...], scope: Scope) -> tuple[list[_Loop], Scope, int]:
    loops: list[_Loop] = []
    cost = 1
    for iterator in iterators:
        source = compile_node(iterator.source, scope)
        end = None if iterator.end is None else compile_node(iterator.end, scope)
        scope = scope.bind(iterator.name)
        loops.append(_Loop(scope.slot, source.run, None if end is None else end.run, iterator.source.at))
        cost += source.cost + (0 if end is None else end.cost)
    return loops, scope, cost


def _rounds(loops: list[_Loop], frame: Frame, price: int, index: int = 0) -> Iterator[None]:
    """One round for each combination of the iterators, the last one turning fastest; the names are in their slots."""
    loop = loops[index]
    budget = frame[BUDGET]
    last = index == len(loops) - 1
    for value in _values(loop, frame):
        budget.steps -= price
        if budget.steps < 0:
            raise too_many_steps(loop.at)
        frame[loop.slot] = value
        if last:
            yield
        else:
            yield from _rounds(loops, frame, price, index + 1)


def _values(loop: _Loop, frame: Frame) -> Iterable[Value]:
    source = loop.source(frame)
    if loop.end is not None:
        return _span(source, loop.end(frame), loop.at)
    if isinstance(source, list):
        return source
    if isinstance(source, Range):
        return _inside(source, loop.at)
    if source is None:
        raise _NotIterable
    return [source]


def _inside(interval: Range, at: int) -> Iterable[Value]:
    if interval.start is None or interval.end is None or interval.outside:
        raise _NotIterable
    excluded = ([] if interval.start_included else [interval.start]) + ([] if interval.end_included else [interval.end])
    return (value for value in _span(interval.start, interval.end, at) if value not in excluded)


def _span(start: Value, end: Value, at: int) -> Iterable[Value]:
    """All whole numbers or days from start to end, downwards too."""
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        if start != start.to_integral_value() or end != end.to_integral_value():
            raise _NotIterable
        if max(start.adjusted(), end.adjusted()) > 15 or abs(end - start) >= MAX_ITEMS:
            raise FeelLimitError(_("范围太大，最多 {n} 项", n=MAX_ITEMS), at)
        return map(Decimal, _steps(int(start), int(end)))
    if type(start) in (date, FarDate) and type(end) in (date, FarDate):
        first, last = day_number(start), day_number(end)
        if abs(last - first) >= MAX_ITEMS:
            raise FeelLimitError(_("范围太大，最多 {n} 项", n=MAX_ITEMS), at)
        return map(day_at, _steps(first, last))
    raise _NotIterable


def _steps(first: int, last: int) -> range:
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


@compiles
def compile_for(node: nodes.For, scope: Scope) -> Code:
    """The list of what the body gave; null if there was nothing to go over. `partial` is that list so far."""
    loops, inner, cost = _compile_iterators(node.iterators, scope)
    inner = inner.bind("partial")
    body = compile_node(node.body, inner)
    run_body, price, at = body.run, body.cost + 1, node.at
    partial = inner.slot if inner.slot in scope.layout.read else None

    def run(frame: Frame) -> Value:
        result: list[Value] = []
        try:
            for _round in _rounds(loops, frame, price):
                if partial is not None:
                    frame[BUDGET].spend(len(result), at)
                    frame[partial] = result.copy()
                result.append(run_body(frame))
                if len(result) > MAX_ITEMS:
                    raise FeelLimitError(_("列表太长，最多 {n} 项", n=MAX_ITEMS), at)
        except _NotIterable:
            return None
        return result

    return Code(run, cost + body.cost)


@compiles
def compile_quantified(node: nodes.Quantified, scope: Scope) -> Code:
    """`some` is a long `or`, `every` a long `and`; the first deciding round ends it."""
    loops, inner, cost = _compile_iterators(node.iterators, scope)
    body = compile_node(node.body, inner)
    test, price = body.run, body.cost + 1
    neutral = node.every
    deciding = not neutral

    def run(frame: Frame) -> Value:
        result: bool | None = neutral
        try:
            for _round in _rounds(loops, frame, price):
                value = test(frame)
                if value is deciding:
                    return deciding
                if value is not neutral:
                    result = None
        except _NotIterable:
            return None
        return result

    return Code(run, cost + body.cost)
