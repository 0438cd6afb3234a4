"""The options of a choice: written in the file, or brought by the platform under the name of a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.feel import from_feel
from engine.forms.model import Computable, Option
from engine.forms.rules import Notes, compiled
from engine.forms.values import decimal_of, same_option, shown
from engine.i18n import _

#: The lists of options that the platform can bring.
SOURCES = re.compile(r"projects|experts|departments|blueprints|people(:[a-z][a-z-]{0,39})?")
MAX_OPTIONS = 500


def options(component: Mapping[str, Any], notes: Notes) -> tuple[Option, ...]:
    """The written options of a choice."""
    if component["type"] not in ("select", "radio", "checklist", "taglist"):
        return ()
    values = component.get("values")
    if sum(bool(component.get(name)) for name in ("values", "valuesKey", "valuesExpression")) > 1:
        notes.note("form.options", _("values、valuesKey 和 valuesExpression 只能写一个"), component)
        return ()
    if component.get("valuesKey") or component.get("valuesExpression"):
        return ()
    if not isinstance(values, list) or not values:
        notes.note(
            "form.options",
            _("没有选项；请写 values，或写 valuesKey 和 properties.source，或写 valuesExpression"),
            component,
        )
        return ()
    if len(values) > MAX_OPTIONS:
        notes.note("form.options", _("选项超过 {n} 个，请改用 valuesKey", n=MAX_OPTIONS), component)
        return ()
    return tuple(option for option in _written(values, component, notes))


def _written(values: list[Any], component: Mapping[str, Any], notes: Notes) -> Iterator[Option]:
    seen: list[Option] = []
    for one in values:
        value, label = (one.get("value"), one.get("label")) if isinstance(one, dict) else (None, None)
        if not isinstance(label, str) or not label.strip() or not _usable(value):
            notes.note("form.options", _("每个选项都须有 label 和 value（文字、数字或 true/false）"), component)
            continue
        if any(same_option(value, other.value) for other in seen):
            notes.note("form.options", _("选项的值 {value} 用了两次", value=str(value)[:40]), component)
            continue
        notes.check_text("values", label, component)
        assert isinstance(value, str | int | float | bool)
        seen.append(Option(value, label.strip()))
        yield seen[-1]


def _usable(value: Any) -> bool:
    if isinstance(value, bool):
        return True
    return bool(value.strip()) if isinstance(value, str) else decimal_of(value) is not None


def offer(component: Mapping[str, Any], notes: Notes) -> Computable | None:
    """valuesExpression: options that are computed from the data."""
    if component["type"] not in ("select", "radio", "checklist", "taglist") or not component.get("valuesExpression"):
        return None
    return compiled(component["valuesExpression"], "valuesExpression", component, notes)


def offered(value: Any) -> tuple[Option, ...]:
    """The options that an expression gave, read as form-js reads them: values, or contexts of value and label."""
    found: list[Option] = []
    for one in from_feel(value[:MAX_OPTIONS]) if isinstance(value, list) else ():
        chosen, label = (one.get("value"), one.get("label")) if isinstance(one, dict) else (one, None)
        if not isinstance(chosen, Decimal | str | int | float | bool) or not _usable(chosen):
            continue
        kept = float(chosen) if isinstance(chosen, Decimal) else chosen
        if not any(same_option(kept, other.value) for other in found):
            found.append(Option(kept, label if isinstance(label, str) and label else shown(kept)))
    return tuple(found)


def source(component: Mapping[str, Any], notes: Notes) -> str | None:
    """properties.source of a choice whose options the platform brings."""
    custom = component.get("properties")
    named = custom.get("source") if isinstance(custom, dict) else None
    if component["type"] not in ("select", "radio", "checklist", "taglist"):
        return None
    key = component.get("valuesKey")
    if not key:
        if named:
            notes.note("form.options", _("写了 properties.source 还须写 valuesKey"), component)
        return None
    if not isinstance(key, str) or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,59}", key):
        notes.note("form.options", _("valuesKey 只能用字母、数字和下划线"), component)
    if not isinstance(named, str) or not SOURCES.fullmatch(named):
        message = _("properties.source 须是 projects、experts、departments、blueprints、people 或 people:角色代码")
        notes.note("form.options", message, component)
        return None
    return named
