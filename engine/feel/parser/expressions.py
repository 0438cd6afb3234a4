"""Operators by precedence, paths, filters and `instance of`."""

from __future__ import annotations

from collections.abc import Callable

from engine.feel import nodes
from engine.feel.budget import MAX_NESTING
from engine.feel.errors import FeelSyntaxError, FeelUnsupported
from engine.feel.lexer import Token, TokenKind
from engine.feel.names import ANY_TYPE, SIMPLE_TYPES
from engine.feel.parser.cursor import is_word
from engine.feel.parser.primary import PrimaryParser
from engine.feel.temporal import SPACED_PARTS
from engine.i18n import _

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}


class ExpressionParser(PrimaryParser):
    """Reads expressions."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self._nesting = 0

    def expression(self) -> nodes.Node:
        """Any expression; counts how deep we are, because the parser recurses."""
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
            result = nodes.Comparison(token.at, token.text, left, self.arithmetic())
        if self.at(*COMPARISONS, "between", "in"):
            raise FeelSyntaxError(_("比较不能连写，请用 and 或 between"), self.token.at)
        return result

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
            elif self.take("["):
                result = nodes.Filter(token.at, result, self.expression())
                self.need("]")
            elif self.take("instance"):
                result = nodes.InstanceOf(token.at, result, self._type())
            elif self.at("("):
                raise FeelUnsupported(_("只能按名称调用内置函数"), token.at)
            else:
                return result

    def _part_name(self) -> str:
        token = self.advance()
        if token.kind not in (TokenKind.NAME, TokenKind.KEYWORD):
            raise FeelSyntaxError(_("点号后面应为名称"), token.at)
        spaced = f"{token.text} {self.token.text}"
        if spaced in SPACED_PARTS and self.token.kind is TokenKind.NAME:
            self.advance()
            return spaced
        return token.text

    def _type(self) -> str:
        if self.advance().text != "of":
            raise FeelSyntaxError(_("instance 后面应为 of"), self._tokens[self._index - 1].at)
        at = self.token.at
        words: list[str] = []
        best = ""
        while self.ahead(len(words)).kind in (TokenKind.NAME, TokenKind.KEYWORD) and len(words) < 4:
            words.append(self.ahead(len(words)).text)
            name = " ".join(words)
            best = name if name in SIMPLE_TYPES or name == ANY_TYPE else best
        if not best:
            if words and words[0] == "function":
                raise FeelUnsupported(_("暂不支持函数类型"), at)
            raise FeelSyntaxError(_("不认识的类型 {name}", name=" ".join(words[:1]) or self.token.text), at)
        for _word in best.split():
            self.advance()
        if is_word(self.token, "<") and best in ("list", "context", "range"):
            raise FeelUnsupported(_("暂不支持带成员类型的 {name}<…>，请只写 {name}", name=best), at)
        return best
