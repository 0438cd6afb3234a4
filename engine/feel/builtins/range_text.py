"""Ranges written in a text that arrives as data, `[1..10)` or `>= 5`: of literals, never of expressions."""

from __future__ import annotations

from engine.feel.budget import Budget
from engine.feel.builtins.arguments import string
from engine.feel.builtins.registry import NotApplicable, find_function
from engine.feel.errors import FeelError
from engine.feel.lexer import Token, TokenKind, tokenize
from engine.feel.operators import at_most, compared, negate
from engine.feel.temporal import parse_temporal
from engine.feel.values import CONTEXT, Range, Value

_CONSTRUCTORS = frozenset({"date", "time", "date and time", "duration", "years and months duration"})
_COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
_DEEPEST = 3  # date and time(date(2026, 1, 1), …) has two


def parse_range(text: Value) -> Range:
    """The range of a text. Raises NotApplicable if it is none or is the wrong way round."""
    try:
        reader = _Reader(tokenize(string(text).strip()))
    except FeelError:
        raise NotApplicable from None
    found = reader.whole()
    if reader.token.kind is not TokenKind.END:
        raise NotApplicable
    return found


class _Reader:
    """Reads the tokens of one range."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._index = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._index]

    def whole(self) -> Range:
        """`[1..10)`, `>= 5` or `(>= 5)`."""
        opening = self._take("(", "[", "]")
        sign = self._take(*_COMPARISONS) if opening in ("(", "") else ""
        if sign:
            found = compared(sign, self._literal())
            if found is None or (opening and not self._take(")")):
                raise NotApplicable
            return found
        start = None if self._at("..") else self._literal()
        if not opening or not self._take(".."):
            raise NotApplicable
        end = None if self._at("]", ")", "[") else self._literal()
        closing = self._take("]", ")", "[")
        low, high = opening == "[", closing == "]"
        bound = end if start is None else start
        if not closing or bound is None or at_most(bound, bound if end is None else end) is not True:
            raise NotApplicable
        if (start is None and low) or (end is None and high):
            raise NotApplicable
        return Range(start, end, low, high)

    def _at(self, *symbols: str) -> bool:
        return self.token.kind is TokenKind.SYMBOL and self.token.text in symbols

    def _take(self, *symbols: str) -> str:
        return self._advance().text if self._at(*symbols) else ""

    def _advance(self) -> Token:
        token = self.token
        if token.kind is TokenKind.END:
            raise NotApplicable
        self._index += 1
        return token

    def _literal(self, depth: int = 0) -> Value:
        """A number, a text, a temporal value or the call that makes one."""
        if self._take("-"):
            return negate(self._number(self._advance()))
        kind = self.token.kind
        if kind is TokenKind.NUMBER:
            return self._number(self._advance())
        if kind is TokenKind.STRING:
            return self._advance().text
        value = parse_temporal(self._advance().text) if kind is TokenKind.AT else self._constructed(depth)
        if value is None:
            raise NotApplicable
        return value

    def _number(self, token: Token) -> Value:
        if token.kind is not TokenKind.NUMBER:
            raise NotApplicable
        return CONTEXT.create_decimal(token.text)

    def _constructed(self, depth: int) -> Value:
        """`date("2026-01-01")`, `date and time(date(2026, 1, 1), time("09:00:00"))`"""
        words: list[str] = []
        while not self._at("("):
            words.append(self._advance().text)
        name = " ".join(words)
        if name not in _CONSTRUCTORS or depth == _DEEPEST:
            raise NotApplicable
        self._advance()
        arguments = [self._literal(depth + 1)]
        while self._take(","):
            arguments.append(self._literal(depth + 1))
        if not self._take(")"):
            raise NotApplicable
        return find_function(name, 0).as_function().call(Budget(), 0, arguments)
