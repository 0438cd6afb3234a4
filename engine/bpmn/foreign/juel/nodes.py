"""What a text of JUEL says, as a tree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Literal:
    """null, true, 12.5 or 'text'."""

    value: Decimal | bool | str | None


@dataclass(frozen=True, slots=True)
class Name:
    """A variable."""

    text: str


@dataclass(frozen=True, slots=True)
class Property:
    """`of.key`, `of['key']`, `of[0]`; the key of the first is a text literal."""

    of: Node
    key: Node


@dataclass(frozen=True, slots=True)
class Call:
    """`of.method(…)`, or a function where `of` is None; `method` is `prefix:name` for one with a prefix."""

    of: Node | None
    method: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """`operator` is "not", "-" or "empty"."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """`operator` is one of and or = != < <= > >= + - * / %."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """`test ? then : otherwise`."""

    test: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Composite:
    """Plain text with expressions in it."""

    parts: tuple[str | Node, ...]


Node = Literal | Name | Property | Call | Unary | Binary | Choice | Composite
