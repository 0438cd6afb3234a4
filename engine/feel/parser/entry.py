"""The two ways in, with a cache: trees are immutable and shared by all threads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.feel import nodes
from engine.feel.errors import FeelError
from engine.feel.lexer import tokenize
from engine.feel.parser.tests import Parser
from engine.feel.types import Type

_NO_NAMES: frozenset[str] = frozenset()
_TYPED = ("instance", "function")  # what types may follow


def parse_with_types(text: str, names: frozenset[str], types: Mapping[str, Type]) -> nodes.Node:
    """As `parse_expression`, in a model that has types of its own; not kept where the text may use them."""
    if not types or not any(word in text for word in _TYPED):
        return parse_expression(text, names)
    try:
        return Parser(tokenize(text), names, types).whole_expression()
    except FeelError as error:
        raise error.located(text) from None


@lru_cache(maxsize=4096)
def parse_expression(text: str, names: frozenset[str] = _NO_NAMES) -> nodes.Node:
    """The tree of an expression; raises FeelSyntaxError with its place.

    `names` are variables and fields with spaces or operators in their names (`first name`, `a-b`), which are read as
    one name only when they are known; those that the text itself gives need not be among them.
    """
    try:
        return Parser(tokenize(text), names).whole_expression()
    except FeelError as error:
        raise error.located(text) from None


@lru_cache(maxsize=4096)
def parse_unary_tests(text: str, names: frozenset[str] = _NO_NAMES) -> nodes.UnaryTests:
    """The tree of a cell; an empty text is read as `-`. Raises like `parse_expression`."""
    try:
        return Parser(tokenize(text), names).whole_tests()
    except FeelError as error:
        raise error.located(text) from None
