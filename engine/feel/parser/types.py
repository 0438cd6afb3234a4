"""Types in texts: `list<number>`, `context<name: string>`, `function<number> -> string`, and those of a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.feel.budget import MAX_NESTING
from engine.feel.errors import FeelSyntaxError
from engine.feel.lexer import Token, TokenKind
from engine.feel.parser.cursor import Cursor
from engine.feel.parser.known import KnownNames
from engine.feel.types import SIMPLE_TYPES, ContextOf, FunctionOf, ListOf, RangeOf, Type
from engine.i18n import _

_MOST_WORDS = 4  # years and months duration


class TypeParser(Cursor):
    """Reads types; `types` are those of a model by name."""

    def __init__(self, tokens: list[Token], names: Iterable[str] = (), types: Mapping[str, Type] | None = None) -> None:
        super().__init__(tokens, names)
        self._types = types or {}
        self._unknown: tuple[int, str] | None = None

    def known_type(self) -> tuple[Type, tuple[int, str] | None]:
        """A type; and the place and the name of the first one in it that is none. Raises FeelSyntaxError where no name
        stands at all."""
        self._unknown = None
        return self.type(), self._unknown

    def type(self, nesting: int = 0) -> Type:
        """One type; Any for a name that is none, of which a note is taken."""
        if nesting > MAX_NESTING:
            raise FeelSyntaxError(_("表达式嵌套太深，最多 {n} 层", n=MAX_NESTING), self.token.at)
        own = self._own_type()
        if own is not None:
            return own
        name = self._type_name()
        if name in ("list", "range") and self.take("<"):
            member = self.type(nesting + 1)
            self.need(">")
            return ListOf(member) if name == "list" else RangeOf(member)
        if name == "context" and self.take("<"):
            return ContextOf(self._type_fields(nesting))
        if name == "function" and self.take("<"):
            parameters: list[Type] = []
            while not self.take(">"):
                if parameters:
                    self.need(",")
                parameters.append(self.type(nesting + 1))
            self.need("->")
            return FunctionOf(tuple(parameters), self.type(nesting + 1))
        return SIMPLE_TYPES[name]

    def _own_type(self) -> Type | None:
        """A type of the model, which may have several words or a dot in its name."""
        if not self._types:
            return None
        known = KnownNames(self._types).longest(self._tokens, self._index)
        count, name = known or (1, self.token.text)
        if name not in self._types or self.token.kind not in (TokenKind.NAME, TokenKind.KEYWORD):
            return None
        self.advance(count)
        return self._types[name]

    def _type_name(self) -> str:
        at = self.token.at
        words: list[str] = []
        best = ""
        while self.ahead(len(words)).kind in (TokenKind.NAME, TokenKind.KEYWORD) and len(words) < _MOST_WORDS:
            words.append(self.ahead(len(words)).text)
            name = " ".join(words)
            best = name if name in SIMPLE_TYPES else best
        if not best:
            wrong = _("不认识的类型 {name}", name=" ".join(words[:1]) or self.token.text)
            if self.token.kind is not TokenKind.NAME:
                raise FeelSyntaxError(wrong, at)
            self._unknown = self._unknown or (at, wrong)
            self.advance()
            return "Any"
        self.advance(len(best.split()))
        return best

    def _type_fields(self, nesting: int) -> tuple[tuple[str, Type], ...]:
        fields: list[tuple[str, Type]] = []
        while not self.take(">"):
            if fields:
                self.need(",")
            name = self.new_name(":")
            self.need(":")
            fields.append((name, self.type(nesting + 1)))
        return tuple(fields)
