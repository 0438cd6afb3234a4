"""The smallest parts: literals, names, calls, lists, contexts, ranges, functions, if, for, some, every."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from decimal import Overflow
from functools import partial

from engine.feel import nodes
from engine.feel.budget import MAX_ITERATORS
from engine.feel.builtins import is_function_name
from engine.feel.errors import FeelSyntaxError, FeelUnsupported
from engine.feel.lexer import Token, TokenKind
from engine.feel.parser.cursor import MOST_WORDS, is_word
from engine.feel.parser.types import TypeParser
from engine.feel.temporal import parse_temporal
from engine.feel.types import Type
from engine.feel.values import CONTEXT
from engine.i18n import _

_CONSTANTS = {"true": True, "false": False, "null": None}
_MOST_WORDS = 6  # in one function name: "years and months duration" has four
_WORDS = (TokenKind.NAME, TokenKind.KEYWORD)
HALF_OPEN = ("<", "<=", ">", ">=")
"""What begins a range with one end."""


class PrimaryParser(TypeParser, ABC):
    """Reads primaries; what lies inside their brackets is read by `expression`."""

    def __init__(self, tokens: list[Token], names: Iterable[str] = (), types: Mapping[str, Type] | None = None) -> None:
        super().__init__(tokens, names, types)
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

    def _temporal(self, token: Token) -> nodes.Node:
        value = parse_temporal(token.text)
        if value is None:
            return nodes.Mistake(token.at, _('@"{text}" 不是日期、时间或时长', text=token.text))
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
            return self._function()
        if self.known_name() is not None:  # `in a list`: no expression begins with such a keyword
            return self._name_or_call()
        self.fail()

    def _bracket(self) -> nodes.Node:
        token = self.token
        if self.at("(") and is_word(self.ahead(1), "=", "!="):
            return self._point()
        if self.take("("):
            return self._parenthesised(token)
        if self.take("["):
            return self._list(token)
        if self.take("{"):
            return self._context(token)
        if self.take("?"):
            self.questions += 1
            return nodes.Name(token.at, "?")
        if self.take("]"):  # the other way to exclude the start: ]1..5]
            start = self.arithmetic()
            self.need("..")
            return self.range_end(token, start)
        self.fail()

    def _parenthesised(self, opening: Token) -> nodes.Node:
        sign = self.take(*HALF_OPEN)
        if sign is not None:
            half_open = self.half_open(sign, opening.at)
            self.need(")")
            return half_open
        inner = self.expression()
        if self.take(".."):
            return self.range_end(opening, inner)
        self.need(")")
        return inner

    def range_end(self, opening: Token, start: nodes.Node) -> nodes.RangeLiteral:
        """The rest of a range after `..`; `opening` is its bracket."""
        end = self.arithmetic()
        closing = self.take("]", ")", "[") or self.need("]")
        return nodes.RangeLiteral(opening.at, start, end, opening.text == "[", closing.text == "]")

    def half_open(self, sign: Token, at: int) -> nodes.RangeLiteral:
        """The rest of `< 5` as a value: everything below."""
        bound = self.arithmetic()
        included = sign.text in ("<=", ">=")
        if sign.text.startswith("<"):
            return nodes.RangeLiteral(at, None, bound, False, included)
        return nodes.RangeLiteral(at, bound, None, included, False)

    def _point(self) -> nodes.Node:
        """`(= 5)`: the range of one value; `(!= 5)`: all but that."""
        differs, at = is_word(self.ahead(1), "!="), self.advance(2).at
        bound = self.arithmetic()
        self.need(")")
        return nodes.OutsideLiteral(at, bound) if differs else nodes.RangeLiteral(at, bound, bound, True, True)

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
        mistake: nodes.Mistake | None = None
        with self.inside() as declared:
            while not self.take("}"):
                at = self.token.at
                key = self._key()
                self.need(":")
                if key in entries:
                    mistake = mistake or nodes.Mistake(at, _("上下文的键重复：{key}", key=key))
                entries[key] = self.expression()
                self.declare(declared, key)
                if not self.take(","):
                    self.need("}")
                    break
        return mistake or nodes.ContextLiteral(opening.at, tuple(entries.items()))

    def _key(self) -> str:
        token = self.token
        if token.kind is TokenKind.STRING:
            return self.advance().text
        if token.kind not in _WORDS:
            raise FeelSyntaxError(_("这里应为上下文的键，却是 {found}", found=token.text or "…"), token.at)
        return self.new_name(":")

    def _name_or_call(self) -> nodes.Node:
        at = self.token.at
        known = self.known_name()
        words = self._words_before_bracket()
        if words is not None and (known is None or len(words) > known[0]):
            self.advance(len(words))
            return self.called(partial(nodes.Call, at, " ".join(words)))
        count, name = known or (1, self.token.text)
        self.advance(count)
        return self.called(partial(nodes.Call, at, name)) if known and self.at("(") else nodes.Name(at, name)

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

    def called(self, call: Callable[[tuple[nodes.Node, ...], tuple[str, ...] | None], nodes.Node]) -> nodes.Node:
        """A call with its arguments, and their names where they are passed by name; a mistake where these are not to be
        told apart."""
        self.need("(")
        arguments: list[nodes.Node] = []
        names: list[str] = []
        wrong: tuple[int, str] | None = None
        if self.take(")"):
            return call((), None)
        while True:
            at = self.token.at
            name = self._argument_name()
            if name is not None:
                if name in names:
                    wrong = wrong or (at, _("参数重复：{name}", name=name))
                names.append(name)
            arguments.append(self.expression())
            if names and len(names) != len(arguments):
                wrong = wrong or (at, _("参数要么都按名称写，要么都按顺序写"))
            if not self.take(","):
                self.need(")")
                given = tuple(arguments)
                return nodes.Mistake(*wrong, given) if wrong else call(given, tuple(names) or None)

    def _argument_name(self) -> str | None:
        """`start position:` before an argument."""
        count = 0
        while self.ahead(count).kind in (*_WORDS, TokenKind.NUMBER) and count < MOST_WORDS:
            count += 1
        if not count or self.token.kind is TokenKind.NUMBER or not is_word(self.ahead(count), ":"):
            return None
        name = self.new_name(":")
        self.need(":")
        return name

    def _function(self) -> nodes.Node:
        at = self.advance().at
        self.need("(")
        parameters: dict[str, Type | None] = {}
        wrong: tuple[int, str] | None = None
        with self.inside() as declared:
            while not self.take(")"):
                if parameters:
                    self.need(",")
                where = self.token.at
                name = self.new_name(":", ",", ")")
                if name in parameters:
                    wrong = wrong or (where, _("参数重复：{name}", name=name))
                parameters[name], unknown = self.known_type() if self.take(":") else (None, None)
                wrong = wrong or unknown
                self.declare(declared, name)
            if self.token.text == "external":
                raise FeelUnsupported(_("不运行外部函数（external）"), self.token.at)
            body = self.expression()
        return nodes.Mistake(*wrong) if wrong else nodes.FunctionDefinition(at, tuple(parameters.items()), body)

    def _conditional(self) -> nodes.Node:
        at = self.advance().at
        condition = self.expression()
        self.need("then")
        then = self.expression()
        self.need("else")
        return nodes.Conditional(at, condition, then, self.expression())

    def _for(self) -> nodes.Node:
        at = self.advance().at
        with self.inside() as declared:
            iterators = self._iterators(declared)
            self.need("return")
            return nodes.For(at, iterators, self.expression())

    def _quantified(self) -> nodes.Node:
        token = self.advance()
        with self.inside() as declared:
            iterators = self._iterators(declared)
            self.need("satisfies")
            return nodes.Quantified(token.at, token.text == "every", iterators, self.expression())

    def _iterators(self, declared: list[str]) -> tuple[nodes.Iterator, ...]:
        iterators: list[nodes.Iterator] = []
        while True:
            if self.token.kind is not TokenKind.NAME:
                self.fail(_("变量名"))
            name = self.new_name("in")
            self.need("in")
            source = self.expression()
            end = self.expression() if self.take("..") else None
            self.declare(declared, name)
            iterators.append(nodes.Iterator(name, source, end))
            if not self.take(","):
                return tuple(iterators)
            if len(iterators) == MAX_ITERATORS:
                raise FeelSyntaxError(_("一个循环最多 {n} 个变量", n=MAX_ITERATORS), self.token.at)
