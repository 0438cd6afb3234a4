"""The two ways in, with a cache: trees are immutable and shared by all threads."""

from __future__ import annotations

from functools import lru_cache

from engine.feel import nodes
from engine.feel.errors import FeelError
from engine.feel.lexer import tokenize
from engine.feel.parser.tests import Parser


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> nodes.Node:
    """The tree of an expression; raises FeelSyntaxError with its place."""
    try:
        return Parser(tokenize(text)).whole_expression()
    except FeelError as error:
        raise error.located(text) from None


@lru_cache(maxsize=4096)
def parse_unary_tests(text: str) -> nodes.UnaryTests:
    """The tree of a cell; an empty text is read as `-`. Raises like `parse_expression`."""
    try:
        return Parser(tokenize(text)).whole_tests()
    except FeelError as error:
        raise error.located(text) from None
