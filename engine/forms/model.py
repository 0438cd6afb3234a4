"""What a form is once it is read: fields, groups and lists, with the rules that each must keep.

The gate makes these values from form-js JSON, and everything else works on them: `schema` (marshmallow), `conditions`
(what is hidden), `present` (how it reads). Words of form-js are kept where they mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

#: What an option may stand for in JSON.
OptionValue = str | int | float | bool


class Computable(Protocol):
    """A compiled FEEL expression, as far as forms use it."""

    @property
    def text(self) -> str:
        """Its source."""
        ...

    @property
    def names(self) -> frozenset[str]:
        """The free variables of the text."""
        ...

    @property
    def item_names(self) -> frozenset[str]:
        """Names inside filters: fields of the items, or variables."""
        ...

    def __call__(self, context: Mapping[str, Any]) -> Any:
        """The value in that context."""
        ...


#: A limit that is written in the file, or computed from the data when the form is checked.
Limit = Decimal | int | date | Computable


class Option(NamedTuple):
    """One choice of a select, radio, checklist or taglist: what is stored, and what people read."""

    value: OptionValue
    label: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """One component that holds a value.

    `type` is form-js's type; `hides` are the conditions of the component and of the groups around it that have no path
    of their own (any of them true: the field is hidden). `limits` knows `min` and `max` (numbers), `minLength` and
    `maxLength` (texts), `notBefore` and `notAfter` (dates). `source` names the list of options that the caller brings;
    without it `options` are the choices, or what `offer` computes. `formula` is set for `expression` fields, whose
    value is always computed here. `paper` is the variable with the questions that an exam or marks field asks.
    """

    key: str
    label: str
    type: str
    id: str = ""
    required: bool = False
    description: str = ""
    hides: tuple[Computable, ...] = ()
    readonly: bool | Computable = False
    disabled: bool = False
    default: Any = None
    limits: Mapping[str, Limit] = field(default_factory=dict)
    limit_names: Mapping[str, str] = field(default_factory=dict)
    pattern: Any = None
    pattern_message: str = ""
    validation_type: str = ""
    decimals: int | None = None
    step: Decimal | None = None
    prefix: str = ""
    unit: str = ""
    subtype: str = ""
    future_only: bool = False
    options: tuple[Option, ...] = ()
    source: str | None = None
    offer: Computable | None = None
    formula: Computable | None = None
    paper: str = ""

    @property
    def many(self) -> bool:
        """Whether the value is a list of choices."""
        return self.type in ("checklist", "taglist")

    @property
    def chosen(self) -> bool:
        """Whether the value comes from options."""
        return self.type in ("select", "radio", "checklist", "taglist")

    @property
    def empty(self) -> Any:
        """What form-js holds for the field before anybody has typed: conditions see it."""
        if self.type in ("textfield", "textarea"):
            return ""
        if self.type == "checkbox":
            return False
        if self.paper:
            return {}
        return [] if self.many else None


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group with a path: its fields lie in a mapping of their own under `key`."""

    key: str
    label: str
    scope: Scope
    id: str = ""
    hides: tuple[Computable, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A dynamic list: `key` holds a list of mappings with the fields of `scope`."""

    key: str
    label: str
    scope: Scope
    id: str = ""
    hides: tuple[Computable, ...] = ()
    at_least: int = 0
    at_most: int = 100
    first: int = 1


Node = Field | Group | Rows


@dataclass(frozen=True)
class Scope:
    """Keys that live in one mapping, in the order of the form.

    `order` is the sequence in which conditions and formulas are settled: whatever a node looks at comes before it.
    """

    nodes: tuple[Node, ...]
    order: tuple[Node, ...]

    def get(self, key: str) -> Node | None:
        """The node of that key."""
        return next((node for node in self.nodes if node.key == key), None)

    def fields(self) -> Iterator[Field]:
        """All fields in the order of the form, those in groups and lists too."""
        for node in self.nodes:
            if isinstance(node, Field):
                yield node
            else:
                yield from node.scope.fields()
