"""The two ways in, with a cache: trees are immutable and shared by all threads."""

from __future__ import annotations

from functools import lru_cache

from engine.feel import nodes
from engine.feel.errors import FeelError
from engine.feel.lexer import tokenize
from engine.feel.parser.tests import Parser

_NO_NAMES: frozenset[str] = frozenset()


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
