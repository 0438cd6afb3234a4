"""What is known of a variable before any case has run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from engine.i18n import _


@dataclass(frozen=True)
class Choice:
    """One of the values that a variable can have."""

    value: str | int | float | bool
    label: str


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A name that expressions may use.

    `type` is FEEL's: string, number, boolean, date, time, date and time, list, context, or Any. A context has `fields`,
    a list of contexts those of its items; `item` is the type of a list's items. `origin` says in words where it comes
    from. Not `always`: there are ways to this place on which it is still null. `own`: the step itself writes it, so
    that only what is evaluated at its end sees it. `closed`: it has no other values than its `choices`; a number is
    `whole`, at `least`, at `most`, where every writer sees to it. `guessed`: type and fields are what they most likely
    are, good for completing a name, not for calling it wrong.
    """

    name: str
    label: str = ""
    type: str = "Any"
    detail: str = ""
    origin: str = ""
    item: str = "Any"
    fields: tuple[Variable, ...] = ()
    choices: tuple[Choice, ...] = ()
    always: bool = True
    own: bool = False
    closed: bool = False
    guessed: bool = False
    whole: bool = False
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class Shape:
    """The type of a value, with the fields of a context or of a list's items."""

    type: str = "Any"
    fields: tuple[Variable, ...] = ()
    item: str = "Any"  # the type of a list's items

    def named(self, name: str, label: str = "", origin: str = "") -> Variable:
        """A variable of this shape."""
        return Variable(
            name=name,
            label=label,
            type=self.type,
            detail=type_name(self.type),
            item=self.item,
            fields=self.fields,
            origin=origin,
        )


def type_name(kind: str) -> str:
    """What people call a type."""
    names = {
        "string": _("文本"),
        "number": _("数字"),
        "boolean": _("是或否"),
        "date": _("日期"),
        "time": _("时间"),
        "date and time": _("日期时间"),
        "list": _("列表"),
        "context": _("一组值"),
    }
    return names.get(kind, _("任意值"))


def merged(variables: Iterable[Variable]) -> list[Variable]:
    """One of each name, in order; several writers of a name are told together, and types that differ are any."""
    found: dict[str, Variable] = {}
    origins: dict[str, list[str]] = {}
    for one in variables:
        told = origins.setdefault(one.name, [])
        if one.origin and one.origin not in told:
            told.append(one.origin)
        known = found.get(one.name)
        found[one.name] = one if known is None else _both(known, one)
    joined = ((one, _joined(origins[name])) for name, one in found.items())
    return [one if one.origin == origin else replace(one, origin=origin) for one, origin in joined]


def _both(first: Variable, second: Variable) -> Variable:
    richer = second if first.type == "Any" or (not first.fields and second.fields) else first
    if "Any" not in (first.type, second.type) and first.type != second.type:
        richer = replace(richer, type="Any", detail=type_name("Any"), fields=(), choices=())
    elif first.choices != second.choices:
        choices = (*first.choices, *(choice for choice in second.choices if choice not in first.choices))
        richer = replace(richer, choices=choices)
    least = None if first.least is None or second.least is None else min(first.least, second.least)
    most = None if first.most is None or second.most is None else max(first.most, second.most)
    return replace(
        richer,
        always=first.always or second.always,
        own=first.own and second.own,
        closed=first.closed and second.closed,
        guessed=first.guessed or second.guessed or _differ(first, second),
        whole=first.whole and second.whole,
        least=least,
        most=most,
    )


def _differ(first: Variable, second: Variable) -> bool:
    """Whether what one writer leaves is not what is told of both."""
    return (first.type == "Any") != (second.type == "Any") or first.fields != second.fields or first.item != second.item


def _joined(origins: list[str]) -> str:
    shown = "、".join(origins[:3])
    return _("{shown}等 {n} 处", shown=shown, n=len(origins)) if len(origins) > 3 else shown
