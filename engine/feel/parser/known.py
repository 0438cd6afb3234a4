"""Names of several words or with operators inside, which can be read only by those who know them."""

from __future__ import annotations

from collections.abc import Iterable

from engine.feel.errors import FeelError
from engine.feel.lexer import Token, TokenKind, tokenize

_WORDS = (TokenKind.NAME, TokenKind.KEYWORD, TokenKind.NUMBER)


class KnownNames:
    """Names by their words; names of one word are no question and not kept."""

    __slots__ = ("_by_first",)

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """From now on this name is read as one."""
        words = _words(name)
        if len(words) > 1:
            self._by_first.setdefault(words[0], []).append((words, name))

    def remove(self, name: str) -> None:
        """Undo the last `add` of this name."""
        words = _words(name)
        if len(words) > 1:
            known = self._by_first[words[0]]
            del known[len(known) - 1 - known[::-1].index((words, name))]

    def longest(self, tokens: list[Token], index: int) -> tuple[int, str] | None:
        """The longest known name that begins at a token: how many tokens it takes, and its spelling."""
        best: tuple[int, str] | None = None
        for words, name in self._by_first.get(tokens[index].text, ()):
            count = len(words)
            if (best is None or count > best[0]) and tuple(
                token.text for token in tokens[index : index + count] if token.kind is not TokenKind.STRING
            ) == words:
                best = count, name
        return best


def has_operators(name: str) -> bool:
    """Whether reading a name as one takes a calculation apart from it: `a-b`."""
    return any(not word.isalnum() and not word.isidentifier() for word in _words(name))


def _words(name: str) -> tuple[str, ...]:
    try:
        return tuple(token.text for token in tokenize(name)[:-1])
    except FeelError:
        return ()
