"""A filled-in form as people read it: label and text, in the order of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from engine.clock import LOCAL
from engine.forms.conditions import Chosen
from engine.forms.model import Field, Group, Option, Rows, Scope
from engine.forms.papers import say_paper
from engine.forms.values import decimal_of, places, same_option
from engine.i18n import _

#: What stands where nothing was filled in.
NOTHING = "—"
#: Units that are written close to the number.
_CLOSE = frozenset({"%", "％", "‰", "°", "℃"})


def rows(scope: Scope, shown: Mapping[str, Any], options: Mapping[str, Sequence[Option]]) -> list[tuple[str, str]]:
    """(label, text) of all that is in `shown` (the tree that `conditions.visible` leaves)."""
    return _rows(scope, shown, options, "")


def _rows(
    scope: Scope, shown: Mapping[str, Any], options: Mapping[str, Sequence[Option]], before: str
) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for node in scope.nodes:
        if node.key not in shown:
            continue
        value = shown[node.key]
        if isinstance(node, Group):
            found += _rows(node.scope, value, options, before)
        elif isinstance(node, Rows):
            for number, row in enumerate(value):
                head = f"{before}{node.label} {number + 1} · "
                found += _rows(node.scope, row, options, head)
        elif node.type != "expression":
            found.append((before + node.label, text_of(node, value, options)))
    return found


def text_of(node: Field, value: Any, options: Mapping[str, Sequence[Option]]) -> str:
    """One value in words."""
    if node.type == "checkbox":
        return _("是") if value is True else _("否")
    choices = options.get(node.source, ()) if node.source else node.options
    if isinstance(value, Chosen):
        value, choices = value.value, value.options
    if value is None or value == "" or value == []:
        return NOTHING
    if node.paper:
        return say_paper(node.type, value) or NOTHING
    if node.chosen:
        values = value if isinstance(value, list | tuple) else [value]
        return "、".join(_label_of(one, choices) for one in values)
    if node.type == "number":
        return _number(node, value)
    if node.type == "datetime":
        return _moment(node, value)
    return _with_unit(node, str(value))


def _label_of(value: Any, choices: Sequence[Option]) -> str:
    return next((option.label for option in choices if same_option(option.value, value)), str(value))


def _number(node: Field, value: Any) -> str:
    number = decimal_of(value)
    if number is None:
        return str(value)
    least = 2 if node.unit == "万元" else node.decimals or 0
    return _with_unit(node, f"{number:,.{max(places(number), least)}f}")


def _with_unit(node: Field, text: str) -> str:
    gap = "" if node.unit in _CLOSE else " "
    text = f"{node.prefix} {text}" if node.prefix else text
    return f"{text}{gap}{node.unit}" if node.unit else text


def _moment(node: Field, value: Any) -> str:
    """Dates as in tables: 2026-11-06 09:30, on the wall clock of Asia/Shanghai."""
    try:
        if node.subtype == "date":
            return _as_date(value).isoformat()
        if node.subtype == "time":
            return f"{value if isinstance(value, time) else time.fromisoformat(str(value)):%H:%M}"
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{moment.astimezone(LOCAL) if moment.tzinfo else moment:%Y-%m-%d %H:%M}"


def _as_date(value: Any) -> date:
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).date() if value.tzinfo else value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
