"""Tokens → syntax tree, by recursive descent; one method a level of precedence.

expression    or › and › comparison › + - › * / › ** › unary - › path, filter, instance of › primary
unary tests   the text of a decision table's cell
"""

from engine.feel.parser.entry import parse_expression, parse_unary_tests, parse_with_types

__all__ = ["parse_expression", "parse_unary_tests", "parse_with_types"]
