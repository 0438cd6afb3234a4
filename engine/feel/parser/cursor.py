"""A place in the row of tokens, and how to move and complain there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from engine.feel.errors import FeelSyntaxError
from engine.feel.lexer import Token, TokenKind
from engine.feel.parser.known import KnownNames, has_operators
from engine.i18n import _

MOST_WORDS = 12
"""Words of one name."""
_WORDS = (TokenKind.NAME, TokenKind.KEYWORD, TokenKind.NUMBER)
_SYMBOLS_IN_NAMES = ("+", "-", "*", "/", ".", "**")


class Cursor:
    """The reading position; the last token is always END and never passed.

    `_names` are the names in scope, `_fields` those that may stand after a dot: a context that was written down is
    forgotten as a scope, but not as a source of fields.
    """

    def __init__(self, tokens: list[Token], names: Iterable[str] = ()) -> None:
        self._tokens = tokens
        self._index = 0
        known = tuple(names)
        self._names = KnownNames(known)
        self._fields = KnownNames(known)

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self._tokens[self._index]

    def ahead(self, count: int) -> Token:
        """The token `count` places on, or END."""
        return self._tokens[min(self._index + count, len(self._tokens) - 1)]

    def advance(self, count: int = 1) -> Token:
        """Read tokens; the last one read."""
        token = self.token
        for _token in range(count):
            token = self.token
            if token.kind is not TokenKind.END:
                self._index += 1
        return token

    def at(self, *words: str) -> bool:
        """Whether the next token is one of these symbols or keywords."""
        return is_word(self.token, *words)

    def take(self, *words: str) -> Token | None:
        """Read the next token if it is one of these symbols or keywords."""
        return self.advance() if self.at(*words) else None

    def need(self, word: str) -> Token:
        """Read this symbol or keyword, or complain that it is missing."""
        if not self.at(word):
            self.fail(word)
        return self.advance()

    def known_name(self) -> tuple[int, str] | None:
        """A known name of several words from here: its tokens and its spelling."""
        return self._names.longest(self._tokens, self._index)

    def known_field(self) -> tuple[int, str] | None:
        """The same, of a field after a dot."""
        return self._fields.longest(self._tokens, self._index)

    def new_name(self, *ends: str) -> str:
        """Read a name that is being given, up to one of these symbols or keywords; it may have several words."""
        first = self.token
        if first.kind not in (TokenKind.NAME, TokenKind.KEYWORD):
            self.fail(_("变量名"))
        count = 1
        while not is_word(self.ahead(count), *ends):
            token = self.ahead(count)
            if count == MOST_WORDS or not (token.kind in _WORDS or is_word(token, *_SYMBOLS_IN_NAMES)):
                count = 1  # no end in sight: one word, and the complaint is about what follows it
                break
            count += 1
        name, end = "", first.at
        for token in self._tokens[self._index : self._index + count]:
            name += (" " if token.at > end else "") + token.text
            end = token.at + len(token.text)
        self.advance(count)
        return name

    @contextmanager
    def inside(self) -> Iterator[list[str]]:
        """A scope; names put into the list by `declare` are calculations again behind it."""
        declared: list[str] = []
        try:
            yield declared
        finally:
            for name in reversed(declared):
                self._names.remove(name)

    def declare(self, declared: list[str], name: str) -> None:
        """A name is known from here on: to the end of the scope if it has operators inside, else of the text."""
        self._names.add(name)
        self._fields.add(name)
        if has_operators(name):
            declared.append(name)

    def fail(self, missing: str | None = None) -> NoReturn:
        """Complain about the next token."""
        raise FeelSyntaxError(self._complaint(missing), self.token.at)

    def _complaint(self, missing: str | None) -> str:
        token = self.token
        before = self._tokens[self._index - 1] if self._index else None
        if before is not None and token.kind is TokenKind.NAME:
            if before.kind is TokenKind.NAME:
                return _("名称里不能有空格：{a} {b}", a=before.text, b=token.text)
            if before.kind is TokenKind.NUMBER:
                return _("数字后面不能直接写 {b}", b=token.text)
        if before is not None and before.text == "=" and token.text == "=":
            return _("相等只写一个 =")
        if token.kind is TokenKind.END:
            return _("表达式没有写完，缺少 {missing}", missing=missing) if missing else _("表达式没有写完")
        if missing:
            return _("这里应为 {missing}，却是 {found}", missing=missing, found=token.text)
        return _("这里不应出现 {found}", found=token.text)


def is_word(token: Token, *words: str) -> bool:
    """Whether a token is one of these symbols or keywords (a string with the same text is not)."""
    return token.text in words and token.kind in (TokenKind.SYMBOL, TokenKind.KEYWORD)
