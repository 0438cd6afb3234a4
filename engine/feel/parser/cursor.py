"""A place in the row of tokens, and how to move and complain there."""

from __future__ import annotations

from typing import NoReturn

from engine.feel.errors import FeelSyntaxError
from engine.feel.lexer import Token, TokenKind
from engine.i18n import _


class Cursor:
    """The reading position; the last token is always END and never passed."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._index = 0

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self._tokens[self._index]

    def ahead(self, count: int) -> Token:
        """The token `count` places on, or END."""
        return self._tokens[min(self._index + count, len(self._tokens) - 1)]

    def advance(self) -> Token:
        """Read one token."""
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
