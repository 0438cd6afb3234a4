"""Ranges written in a text that arrives as data, `[1..10)`: two literals, never an expression."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.builtins.arguments import string
from engine.feel.builtins.registry import NotApplicable
from engine.feel.errors import FeelError
from engine.feel.lexer import Token, TokenKind, tokenize
from engine.feel.operators import at_most, negate
from engine.feel.temporal import parse_date, parse_date_and_time, parse_duration, parse_temporal, parse_time
from engine.feel.values import CONTEXT, Range, Value

_CONSTRUCTORS = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_and_time,
    "duration": parse_duration,
}


def parse_range(text: Value) -> Range:
    """The range of a text. Raises NotApplicable if it is none or is the wrong way round."""
    try:
        tokens = tokenize(string(text).strip())[:-1]
    except FeelError:
        raise NotApplicable from None
    words = [token.text if token.kind is TokenKind.SYMBOL else "" for token in tokens]
    if len(tokens) < 4 or words[0] not in ("[", "(", "]") or words[-1] not in ("]", ")", "[") or ".." not in words:
        raise NotApplicable
    middle = words.index("..")
    start, end = _literal(tokens[1:middle]), _literal(tokens[middle + 1 : -1])
    bound = end if start is None else start
    if bound is None or at_most(bound, end if end is not None else bound) is not True:
        raise NotApplicable
    low, high = words[0] == "[", words[-1] == "]"
    if (start is None and low) or (end is None and high):
        raise NotApplicable
    return Range(start, end, low, high)


def _literal(tokens: list[Token]) -> Value:
    """A number, a text, or a temporal value; None where nothing is written."""
    kinds = [token.kind for token in tokens]
    if not tokens:
        return None
    value: Value = None
    if kinds == [TokenKind.NUMBER]:
        value = _number(tokens[0])
    elif kinds == [TokenKind.SYMBOL, TokenKind.NUMBER] and tokens[0].text == "-":
        value = negate(_number(tokens[1]))
    elif kinds == [TokenKind.STRING]:
        value = tokens[0].text
    elif kinds == [TokenKind.AT]:
        value = parse_temporal(tokens[0].text)
    elif len(tokens) >= 4:
        value = _constructed(tokens)
    if value is None:
        raise NotApplicable
    return value


def _number(token: Token) -> Decimal:
    return CONTEXT.create_decimal(token.text)


def _constructed(tokens: list[Token]) -> Value:
    """`date("2026-01-01")`"""
    *name, opening, argument, closing = tokens
    parse = _CONSTRUCTORS.get(" ".join(token.text for token in name))
    if parse is None or argument.kind is not TokenKind.STRING or (opening.text, closing.text) != ("(", ")"):
        raise NotApplicable
    return parse(argument.text)
