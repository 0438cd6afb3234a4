"""Operators by precedence, paths, filters and `instance of`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from engine.feel import nodes
from engine.feel.budget import MAX_NESTING
from engine.feel.errors import FeelSyntaxError
from engine.feel.lexer import Token, TokenKind
from engine.feel.parser.cursor import is_word
from engine.feel.parser.primary import HALF_OPEN, PrimaryParser
from engine.feel.temporal import SPACED_PARTS
from engine.feel.types import Type
from engine.i18n import _

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
# What may stand behind a whole range, and never at the beginning of a filter.
_WORDS_AFTER_RANGE = ("and", "or", "then", "else", "return", "satisfies", "in", "between", "instance")
_AFTER_RANGE = (")", "]", "}", ",", ".", *_WORDS_AFTER_RANGE, *COMPARISONS)
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}


class ExpressionParser(PrimaryParser):
    """Reads expressions."""

    def __init__(self, tokens: list[Token], names: Iterable[str] = (), types: Mapping[str, Type] | None = None) -> None:
        super().__init__(tokens, names, types)
        self._nesting = 0
        self._in_range_end = False

    def range_end(self, opening: Token, start: nodes.Node) -> nodes.RangeLiteral:
        """The rest of a range after `..`."""
        outer, self._in_range_end = self._in_range_end, True
        result = super().range_end(opening, start)
        self._in_range_end = outer
        return result

    def expression(self) -> nodes.Node:
        """Any expression; counts how deep we are, because the parser recurses."""
        outer, self._in_range_end = self._in_range_end, False
        result = self._any()
        self._in_range_end = outer
        return result

    def _any(self) -> nodes.Node:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise FeelSyntaxError(_("表达式嵌套太深，最多 {n} 层", n=MAX_NESTING), self.token.at)
        result = self._logical("or", lambda: self._logical("and", self._comparison))
        self._nesting -= 1
        return result

    def _logical(self, word: str, operand: Callable[[], nodes.Node]) -> nodes.Node:
        at = self.token.at
        parts = [operand()]
        while self.take(word):
            parts.append(operand())
        return parts[0] if len(parts) == 1 else nodes.Logical(at, word == "and", tuple(parts))

    def _comparison(self) -> nodes.Node:
        left = self.arithmetic()
        token = self.take(*COMPARISONS, "between", "in")
        if token is None:
            return left
        result: nodes.Node
        if token.text == "between":
            low = self.arithmetic()
            self.need("and")
            result = nodes.Between(token.at, left, low, self.arithmetic())
        elif token.text == "in":
            result = nodes.In(token.at, left, self._in_tests())
        else:
            result = nodes.Comparison(token.at, token.text, left, self._compared(token.text))
        if self.at(*COMPARISONS, "between", "in"):
            raise FeelSyntaxError(_("比较不能连写，请用 and 或 between"), self.token.at)
        return result

    def _compared(self, operator: str) -> nodes.Node:
        """The right side of a comparison; `r = >= 2` asks for a range with one end."""
        sign = self.take(*HALF_OPEN) if operator in ("=", "!=") else None
        return self.arithmetic() if sign is None else self.half_open(sign, sign.at)

    def _in_tests(self) -> tuple[nodes.Node, ...]:
        """`in x`, `in (x, < 3, [1..5])`; `in (1..5]` is a range, not a bracket around 1."""
        opening = self.take("(")
        if opening is None:
            return (self._test(self.arithmetic),)
        first = self._test(self.expression)
        if isinstance(first, nodes.ExpressionTest) and self.take(".."):
            interval = self.range_end(opening, first.expression)
            return (nodes.ExpressionTest(opening.at, interval, first.mentions_value),)
        tests = [first]
        while self.take(","):
            tests.append(self._test(self.expression))
        self.need(")")
        return tuple(tests)

    def _test(self, operand: Callable[[], nodes.Node]) -> nodes.Node:
        token = self.take(*COMPARISONS)
        if token is not None:
            return nodes.OperatorTest(token.at, token.text, self.arithmetic())
        at, questions = self.token.at, self.questions
        return nodes.ExpressionTest(at, operand(), self.questions > questions)

    def positive_tests(self) -> tuple[nodes.Node, ...]:
        """Tests with commas between."""
        tests = [self._test(self.expression)]
        while self.take(","):
            tests.append(self._test(self.expression))
        return tuple(tests)

    def arithmetic(self, least: int = 1) -> nodes.Node:
        """Operators that bind at least so tightly; all are left-associative."""
        left = self._unary()
        while self.at(*_BINDING) and _BINDING[self.token.text] >= least:
            token = self.advance()
            left = nodes.Arithmetic(token.at, token.text, left, self.arithmetic(_BINDING[token.text] + 1))
        return left

    def _unary(self) -> nodes.Node:
        signs: list[Token] = []
        while (sign := self.take("-")) is not None:
            signs.append(sign)
        operand = self._postfix()
        for sign in reversed(signs):
            operand = nodes.Negation(sign.at, operand)
        return operand

    def _postfix(self) -> nodes.Node:
        result = self.primary()
        while True:
            token = self.token
            if self.take("."):
                result = nodes.Path(token.at, result, self._part_name())
            elif self.at("[") and not self._closes_a_range():
                self.advance()
                result = nodes.Filter(token.at, result, self.expression())
                self.need("]")
            elif self.take("instance"):
                if self.advance().text != "of":
                    raise FeelSyntaxError(_("instance 后面应为 of"), self._tokens[self._index - 1].at)
                type_, unknown = self.known_type()
                result = nodes.Mistake(*unknown, (result,)) if unknown else nodes.InstanceOf(token.at, result, type_)
            elif self.at("("):
                result = self.called(partial(nodes.Invocation, token.at, result))
            else:
                return result

    def _closes_a_range(self) -> bool:
        """Whether the `[` here ends a range that leaves its end out, `[1..5[`: nothing follows that it could hold."""
        if not self._in_range_end:
            return False
        following = self.ahead(1)
        return following.kind is TokenKind.END or is_word(following, *_AFTER_RANGE)

    def _part_name(self) -> str:
        known = self.known_field()
        if known is not None:
            self.advance(known[0])
            return known[1]
        token = self.advance()
        if token.kind not in (TokenKind.NAME, TokenKind.KEYWORD):
            raise FeelSyntaxError(_("点号后面应为名称"), token.at)
        spaced = f"{token.text} {self.token.text}"
        if spaced in SPACED_PARTS and self.token.kind is TokenKind.NAME:
            self.advance()
            return spaced
        return token.text
