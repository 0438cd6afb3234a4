"""The smallest parts of expressions: literals, names, calls, lists, contexts, ranges, if, for, some, every."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Overflow

from engine.feel import nodes
from engine.feel.budget import MAX_ITERATORS
from engine.feel.builtins import is_function_name
from engine.feel.errors import FeelSyntaxError, FeelUnsupported
from engine.feel.lexer import Token, TokenKind
from engine.feel.parser.cursor import Cursor, is_word
from engine.feel.temporal import parse_temporal
from engine.feel.values import CONTEXT
from engine.i18n import _

_CONSTANTS = {"true": True, "false": False, "null": None}
_MOST_WORDS = 6  # in one function name: "years and months duration" has four
_WORDS = (TokenKind.NAME, TokenKind.KEYWORD)


class PrimaryParser(Cursor, ABC):
    """Reads primaries; what lies inside their brackets is read by `expression`."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.questions = 0  # how many `?` were read so far

    @abstractmethod
    def expression(self) -> nodes.Node:
        """Any expression."""

    @abstractmethod
    def arithmetic(self) -> nodes.Node:
        """An expression that binds tighter than comparisons: the end of a range."""

    def primary(self) -> nodes.Node:
        """One primary."""
        token = self.token
        if token.kind is TokenKind.NUMBER:
            return self._number(self.advance())
        if token.kind is TokenKind.STRING:
            return nodes.Literal(token.at, self.advance().text)
        if token.kind is TokenKind.AT:
            return self._temporal(self.advance())
        if token.kind is TokenKind.NAME:
            return self._name_or_call()
        if token.kind is TokenKind.KEYWORD:
            return self._keyword()
        return self._bracket()

    def _number(self, token: Token) -> nodes.Literal:
        try:
            return nodes.Literal(token.at, CONTEXT.create_decimal(token.text))
        except Overflow:
            raise FeelSyntaxError(_("数字超出范围"), token.at) from None

    def _temporal(self, token: Token) -> nodes.Literal:
        value = parse_temporal(token.text)
        if value is None:
            raise FeelSyntaxError(_('@"{text}" 不是日期、时间或时长', text=token.text), token.at)
        return nodes.Literal(token.at, value)

    def _keyword(self) -> nodes.Node:
        token = self.token
        if token.text in _CONSTANTS:
            return nodes.Literal(token.at, _CONSTANTS[self.advance().text])
        if token.text == "if":
            return self._conditional()
        if token.text == "for":
            return self._for()
        if token.text in ("some", "every"):
            return self._quantified()
        if token.text == "function":
            raise FeelUnsupported(_("暂不支持函数定义，请直接写出表达式或改用判定表"), token.at)
        self.fail()

    def _bracket(self) -> nodes.Node:
        token = self.token
        if self.take("("):
            return self._parenthesised(token)
        if self.take("["):
            return self._list(token)
        if self.take("{"):
            return self._context(token)
        if self.take("?"):
            self.questions += 1
            return nodes.Name(token.at, "?")
        if self.at("]"):
            raise FeelUnsupported(_("不支持用反向方括号写开区间，请用圆括号，例如 (1..5]"), token.at)
        self.fail()

    def _parenthesised(self, opening: Token) -> nodes.Node:
        inner = self.expression()
        if self.take(".."):
            return self.range_end(opening, inner)
        self.need(")")
        return inner

    def range_end(self, opening: Token, start: nodes.Node) -> nodes.RangeLiteral:
        """The rest of a range after `..`; `opening` is its bracket."""
        end = self.arithmetic()
        closing = self.take("]", ")") or self.need("]")
        return nodes.RangeLiteral(opening.at, start, end, opening.text == "[", closing.text == "]")

    def _list(self, opening: Token) -> nodes.Node:
        items: list[nodes.Node] = []
        if not self.take("]"):
            items.append(self.expression())
            if self.take(".."):
                return self.range_end(opening, items[0])
            while self.take(","):
                items.append(self.expression())
            self.need("]")
        return nodes.ListLiteral(opening.at, tuple(items))

    def _context(self, opening: Token) -> nodes.Node:
        entries: dict[str, nodes.Node] = {}
        while not self.take("}"):
            key = self.advance()
            if key.kind not in (*_WORDS, TokenKind.STRING):
                raise FeelSyntaxError(_("这里应为上下文的键，却是 {found}", found=key.text or "…"), key.at)
            self.need(":")
            if key.text in entries:
                raise FeelSyntaxError(_("上下文的键重复：{key}", key=key.text), key.at)
            entries[key.text] = self.expression()
            if not self.take(","):
                self.need("}")
                break
        return nodes.ContextLiteral(opening.at, tuple(entries.items()))

    def _name_or_call(self) -> nodes.Node:
        words = self._words_before_bracket()
        if words is None:
            token = self.advance()
            return nodes.Name(token.at, token.text)
        at = self.token.at
        for _word in words:
            self.advance()
        return nodes.Call(at, " ".join(words), self._arguments())

    def _words_before_bracket(self) -> list[str] | None:
        """The words from here to an opening bracket, if they are a function's name.

        `date and time(x)` is one name, `paid and (x)` is not. Unknown names are calls too if no keyword is among them:
        the compiler then says which function was meant.
        """
        words: list[str] = []
        keywords = False
        while len(words) < _MOST_WORDS and (token := self.ahead(len(words))).kind in _WORDS:
            words.append(token.text)
            keywords = keywords or token.kind is TokenKind.KEYWORD
        if not is_word(self.ahead(len(words)), "("):
            return None
        return words if not keywords or is_function_name(" ".join(words)) else None

    def _arguments(self) -> tuple[nodes.Node, ...]:
        self.need("(")
        arguments: list[nodes.Node] = []
        if self.take(")"):
            return ()
        while True:
            if self.token.kind is TokenKind.NAME and is_word(self.ahead(1), ":"):
                raise FeelUnsupported(_("暂不支持按名称传参数，请按顺序写参数"), self.token.at)
            arguments.append(self.expression())
            if not self.take(","):
                self.need(")")
                return tuple(arguments)

    def _conditional(self) -> nodes.Node:
        at = self.advance().at
        condition = self.expression()
        self.need("then")
        then = self.expression()
        self.need("else")
        return nodes.Conditional(at, condition, then, self.expression())

    def _for(self) -> nodes.Node:
        at = self.advance().at
        iterators = self._iterators()
        self.need("return")
        return nodes.For(at, iterators, self.expression())

    def _quantified(self) -> nodes.Node:
        token = self.advance()
        iterators = self._iterators()
        self.need("satisfies")
        return nodes.Quantified(token.at, token.text == "every", iterators, self.expression())

    def _iterators(self) -> tuple[nodes.Iterator, ...]:
        iterators: list[nodes.Iterator] = []
        while True:
            if self.token.kind is not TokenKind.NAME:
                self.fail(_("变量名"))
            name = self.advance().text
            self.need("in")
            source = self.expression()
            end = self.expression() if self.take("..") else None
            iterators.append(nodes.Iterator(name, source, end))
            if not self.take(","):
                return tuple(iterators)
            if len(iterators) == MAX_ITERATORS:
                raise FeelSyntaxError(_("一个循环最多 {n} 个变量", n=MAX_ITERATORS), self.token.at)
