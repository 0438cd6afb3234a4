"""Compiled expressions: what the rest of the product calls."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from engine.feel.budget import Budget, too_deep_calls
from engine.feel.compiler import BUDGET, Code, Layout, Scope, compile_cell, compile_node
from engine.feel.errors import FeelError, FeelSyntaxError, FeelValueError
from engine.feel.parser import parse_expression, parse_unary_tests
from engine.feel.values import PLAIN, Value, to_feel
from engine.i18n import _

_NOTHING: Mapping[str, Any] = {}
_EXACT = 10**34  # whole numbers below need no rounding
_NO_NAMES: frozenset[str] = frozenset()


class Expression:
    """One FEEL expression, ready to be evaluated by any thread any number of times.

    `text` is its source; `names` are the variables it needs; `item_names` are names inside filters, which may be fields
    of the items or variables; `looked_at` are both in order. `mistakes` are wrong calls and the like, which give null.
    """

    __slots__ = ("_blank", "_free", "_run", "item_names", "looked_at", "mistakes", "names", "text")

    def __init__(self, text: str, code: Code, layout: Layout) -> None:
        self.text = text
        self.names, self.item_names = names_of(layout)
        self.looked_at = tuple(sorted(self.names | self.item_names))
        self._run = code.run
        self.mistakes = tuple(mistake.located(text) for mistake in layout.mistakes)
        self._blank: list[Any] = [None] * layout.size
        self._free = tuple(layout.free.items())

    def __call__(self, context: Mapping[str, Any] = _NOTHING) -> Value:
        """The value in a context of variables; missing ones are null.

        The result may share lists and contexts with the context: read it only, or take a copy by `from_feel`. Raises
        FeelError with the place in the text when a budget is used up or a value from outside does not fit.
        """
        frame = self._blank.copy()
        frame[BUDGET] = Budget()
        try:
            for name, slot in self._free:
                value: Any = context.get(name)
                kind = value.__class__
                if kind in PLAIN:
                    frame[slot] = value
                elif kind is int and -_EXACT < value < _EXACT:  # the most frequent change, without a call
                    frame[slot] = Decimal(value)
                else:
                    frame[slot] = to_feel(value)
        except FeelError:
            fill(frame, self._free, context)  # the slow way, which knows whose fault it is
        try:
            return self._run(frame)
        except FeelError as error:
            raise error.located(self.text) from None
        except RecursionError:
            raise too_deep_calls().located(self.text) from None

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


class UnaryTests:
    """The tests of one cell; `names` and `mistakes` as in Expression."""

    __slots__ = ("_blank", "_free", "_run", "_slot", "item_names", "mistakes", "names", "text")

    def __init__(self, text: str, code: Code | None, layout: Layout, slot: int) -> None:
        self.text = text
        self.names, self.item_names = names_of(layout)
        self.mistakes = tuple(mistake.located(text) for mistake in layout.mistakes)
        self._run = (lambda frame: True) if code is None else code.run
        self._blank: list[Any] = [None] * layout.size
        self._free = tuple(layout.free.items())
        self._slot = slot

    def __call__(
        self, value: object, context: Mapping[str, Any] = _NOTHING, budget: Budget | None = None
    ) -> bool | None:
        """Whether a value passes: true, false or null; a larger evaluation hands in its budget. Raises like
        `Expression`."""
        frame = self._blank.copy()
        frame[BUDGET] = Budget() if budget is None else budget
        try:
            frame[self._slot] = to_feel(value)
            fill(frame, self._free, context)
            result = self._run(frame)
        except FeelError as error:
            raise error.located(self.text) from None
        except RecursionError:
            raise too_deep_calls().located(self.text) from None
        return result if isinstance(result, bool) else None


def names_of(layout: Layout) -> tuple[frozenset[str], frozenset[str]]:
    """Variables for certain, and names that may be fields; the reserved keys of the time are neither."""
    free = {name for name in layout.free if not name.endswith("()")}
    return frozenset(layout.certain), frozenset(free - layout.certain)


def fill(frame: list[Any], free: tuple[tuple[str, int], ...], context: Mapping[str, Any]) -> None:
    """Put the variables of a context into their slots; the error names the variable that does not fit."""
    for name, slot in free:
        try:
            frame[slot] = to_feel(context.get(name))
        except FeelError as error:
            raise FeelValueError(_("变量 {name}：{reason}", name=name, reason=error.reason)) from None


@lru_cache(maxsize=4096)
def compile_expression(text: str, names: frozenset[str] = _NO_NAMES) -> Expression:
    """Compile an expression (without a leading `=`); the same text gives the same object, shared by all threads.

    `names` are names of variables and fields with spaces or operators inside, see `parse_expression`.

    What can be read but not called — an unknown function, other arguments than it takes — evaluates to null, as DMN 1.5
    says in 10.3.2.13; it is among the `mistakes` of the expression. What is to be published goes through
    `check_expression`.

    Raises FeelSyntaxError (FeelUnsupported for what is refused by name), always with its place.
    """
    tree = parse_expression(text, names)
    layout = Layout()
    try:
        code = compile_node(tree, Scope(layout))
    except FeelError as error:
        raise error.located(text) from None
    return Expression(text, code, layout)


@lru_cache(maxsize=4096)
def compile_unary_tests(text: str, names: frozenset[str] = _NO_NAMES) -> UnaryTests:
    """Compile the text of a cell, such as `-`, `"a","b"`, `< 5`, `[1..5)`, `not(…)` or a condition with `?`."""
    tree = parse_unary_tests(text, names)
    layout = Layout()
    scope = Scope(layout).bind("?")
    try:
        code = compile_cell(tree, scope)
    except FeelError as error:
        raise error.located(text) from None
    return UnaryTests(text, code, layout, scope.slot)


def check_expression(text: str, names: frozenset[str] = _NO_NAMES) -> Expression:
    """As `compile_expression`, for what is to be published: raises the first of its mistakes, too."""
    expression = compile_expression(text, names)
    for mistake in expression.mistakes:
        raise _again(mistake)
    return expression


def check_unary_tests(text: str, names: frozenset[str] = _NO_NAMES) -> UnaryTests:
    """As `compile_unary_tests`, for what is to be published: raises the first of its mistakes, too."""
    tests = compile_unary_tests(text, names)
    for mistake in tests.mistakes:
        raise _again(mistake)
    return tests


def _again(mistake: FeelSyntaxError) -> FeelSyntaxError:
    """A copy: what is kept and shared by threads must not gather the traces of those who raise it."""
    return type(mistake)(mistake.reason, mistake.at, mistake.text)
