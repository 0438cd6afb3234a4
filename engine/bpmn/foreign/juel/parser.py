"""Text → tree: the subset of JUEL that needs no Java, by precedence climbing."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.bpmn.foreign.juel.errors import NotTranslatable
from engine.bpmn.foreign.juel.lexer import Token, token_at
from engine.bpmn.foreign.juel.nodes import Binary, Call, Choice, Composite, Literal, Name, Node, Property, Unary
from engine.i18n import _

MAX_TEXT = 4000
MAX_DEPTH = 40
MAX_DIGITS = 30
_LEVELS: tuple[dict[str, str], ...] = (
    {"||": "or"},
    {"&&": "and"},
    {"==": "=", "!=": "!="},
    {"<": "<", "<=": "<=", ">": ">", ">=": ">="},
    {"+": "+", "-": "-"},
    {"*": "*", "/": "/", "%": "%"},
)
_OPENING = re.compile(r"(?<!\\)[$#]\{")


def parse_juel(text: str) -> Node:
    """The tree of a text with `${…}` or `#{…}` in it: one expression, or a `Composite`. Raises NotTranslatable."""
    if len(text) > MAX_TEXT:
        raise NotTranslatable(_("表达式太长，最多 {n} 个字符", n=MAX_TEXT))
    text = text.strip()
    parts: list[str | Node] = []
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        if opening.start() > at:
            parts.append(_plain(text[at : opening.start()]))
        node, at = _Parser(text, opening.end()).whole()
        parts.append(node)
    if at < len(text):
        parts.append(_plain(text[at:]))
    if len(parts) == 1:
        return parts[0] if not isinstance(parts[0], str) else Literal(parts[0])
    return Composite(tuple(parts))


def _plain(text: str) -> str:
    return re.sub(r"\\([$#]\{)", r"\1", text)


class _Parser:
    """Reads one expression from behind its opening brace."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._depth = 0
        self._token = token_at(text, at)

    def whole(self) -> tuple[Node, int]:
        """The expression up to its closing brace, and the place behind it."""
        if self._is("}"):
            raise NotTranslatable(_("${} 里是空的"))
        node = self._choice()
        if not self._is("}"):
            raise self._unexpected()
        return node, self._token.end

    # ---------------------------------------------------------------- rules

    def _choice(self) -> Node:
        self._deeper()
        test = self._binary(0)
        if self._taken("?"):
            then = self._choice()
            self._need(":")
            test = Choice(test, then, self._choice())
        self._depth -= 1
        return test

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self._binary(level + 1)
        while self._token.kind == "symbol" and self._token.text in _LEVELS[level]:
            operator = _LEVELS[level][self._next().text]
            node = Binary(operator, node, self._binary(level + 1))
        return node

    def _unary(self) -> Node:
        self._deeper()
        try:
            if self._taken("!"):
                return Unary("not", self._unary())
            if self._taken("-"):
                return Unary("-", self._unary())
            if self._token.kind == "name" and self._token.text == "empty":
                self._next()
                return Unary("empty", self._unary())
            return self._postfix(self._primary())
        finally:
            self._depth -= 1

    def _postfix(self, node: Node) -> Node:
        while True:
            if self._taken("."):
                name = self._name()
                node = Call(node, name, self._arguments()) if self._taken("(") else Property(node, Literal(name))
            elif self._taken("["):
                node = Property(node, self._choice())
                self._need("]")
            else:
                return node

    def _primary(self) -> Node:
        token = self._token
        if token.kind == "number":
            self._next()
            number = Decimal(token.text)
            if number.adjusted() > MAX_DIGITS or number.adjusted() < -MAX_DIGITS:
                raise NotTranslatable(_("数 {number} 太大或太小", number=token.text))
            return Literal(number)
        if token.kind == "text":
            self._next()
            return Literal(token.text)
        if self._taken("("):
            node = self._choice()
            self._need(")")
            return node
        if token.kind != "name":
            raise self._unexpected()
        if token.text in ("true", "false", "null"):
            self._next()
            return Literal({"true": True, "false": False, "null": None}[token.text])
        return self._named(self._name())

    def _named(self, name: str) -> Node:
        if name == "instanceof":
            raise NotTranslatable(_("不能用 instanceof"), java=True)
        if self._taken("("):
            return Call(None, name, self._arguments())
        ahead = self._function_behind_prefix()
        if ahead is not None:
            return Call(None, f"{name}:{ahead}", self._arguments())
        return Name(name)

    def _function_behind_prefix(self) -> str | None:
        """`prefix:name(` is a function; in `a ? b : c` the colon belongs to the choice."""
        if not self._is(":"):
            return None
        name = token_at(self._text, self._token.end)
        if name.kind != "name" or name.at != self._token.end:
            return None
        bracket = token_at(self._text, name.end)
        if bracket.text != "(" or bracket.kind != "symbol":
            return None
        self._token = token_at(self._text, bracket.end)
        return name.text

    def _arguments(self) -> tuple[Node, ...]:
        found: list[Node] = []
        if self._taken(")"):
            return ()
        while True:
            found.append(self._choice())
            if self._taken(")"):
                return tuple(found)
            self._need(",")

    # ---------------------------------------------------------------- words

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotTranslatable(_("表达式嵌套超过 {n} 层", n=MAX_DEPTH))

    def _next(self) -> Token:
        token = self._token
        self._token = token_at(self._text, token.end)
        return token

    def _is(self, symbol: str) -> bool:
        return self._token.kind == "symbol" and self._token.text == symbol

    def _taken(self, symbol: str) -> bool:
        found = self._is(symbol)
        if found:
            self._next()
        return found

    def _need(self, symbol: str) -> None:
        if not self._taken(symbol):
            raise self._unexpected()

    def _name(self) -> str:
        if self._token.kind != "name":
            raise self._unexpected()
        return self._next().text

    def _unexpected(self) -> NotTranslatable:
        if self._token.kind == "end":
            return NotTranslatable(_("表达式没有写完，缺少右花括号"))
        if self._is("="):
            return NotTranslatable(_("不能在表达式里赋值；比较用 =="))
        return NotTranslatable(_("这里不该有 {word}", word=self._token.text))
