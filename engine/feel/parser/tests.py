"""Whole texts: an expression, or the unary tests of a cell."""

from __future__ import annotations

from engine.feel import nodes
from engine.feel.lexer import TokenKind
from engine.feel.parser.cursor import is_word
from engine.feel.parser.expressions import ExpressionParser


class Parser(ExpressionParser):
    """Reads one text to its end."""

    def whole_expression(self) -> nodes.Node:
        """The text is one expression."""
        result = self.expression()
        self._need_end()
        return result

    def whole_tests(self) -> nodes.UnaryTests:
        """The text is a cell: `-`, tests, or `not(tests)`."""
        at = self.token.at
        if self.token.kind is TokenKind.END:
            return nodes.UnaryTests(at, (), negated=False)
        if self.at("-") and self.ahead(1).kind is TokenKind.END:
            return nodes.UnaryTests(at, (), negated=False)
        if self._is_negation():
            self.advance()
            self.need("(")
            tests = self.positive_tests()
            self.need(")")
            self._need_end()
            return nodes.UnaryTests(at, tests, negated=True)
        tests = self.positive_tests()
        self._need_end()
        return nodes.UnaryTests(at, tests, negated=False)

    def _is_negation(self) -> bool:
        """Whether the whole cell is `not(…)`, so that commas and comparisons inside are tests, not arguments."""
        if self.token.text != "not" or not is_word(self.ahead(1), "("):
            return False
        depth = 0
        for index, token in enumerate(self._tokens):
            depth += is_word(token, "(", "[", "{")
            depth -= is_word(token, ")", "]", "}")
            if depth == 0 and index > 1:
                return self._tokens[index + 1].kind is TokenKind.END
            if token.kind is TokenKind.END:
                break
        return True

    def _need_end(self) -> None:
        if self.token.kind is not TokenKind.END:
            self.fail()
