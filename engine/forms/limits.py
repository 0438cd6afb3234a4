"""Least and most of numbers, texts, dates and rows: written in the file, or computed when a form is checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.forms.model import Limit
from engine.forms.rules import DATE_LIMITS, At, Notes, compiled, validate_of, whole
from engine.forms.values import decimal_of
from engine.i18n import _

#: Lengths for fields that name none.
DEFAULT_LENGTH: Mapping[str, int] = {"textfield": 500, "textarea": 5000}
LONGEST_TEXT = 20_000
MAX_ROWS = 200


def limits(component: Mapping[str, Any], notes: Notes) -> dict[str, Limit]:
    """min, max, minLength, maxLength, notBefore, notAfter: written or computed; texts get a default length."""
    kind, validate = component["type"], validate_of(component)
    found: dict[str, Limit] = {}
    if kind == "number":
        for name in ("min", "max"):
            _number_limit(name, validate.get(name), component, notes, found)
    if kind in DEFAULT_LENGTH:
        found["maxLength"] = DEFAULT_LENGTH[kind]
        for name in ("minLength", "maxLength"):
            _length_limit(name, validate.get(name), component, notes, found)
    custom = component.get("properties")
    if isinstance(custom, dict):
        for name in DATE_LIMITS:
            if name in custom:
                _date_limit(name, custom[name], component, notes, found)
    for low, high in (("min", "max"), ("minLength", "maxLength"), DATE_LIMITS):
        a, b = found.get(low), found.get(high)
        if a is not None and b is not None and not callable(a) and not callable(b) and a > b:  # type: ignore[operator]  # of one kind
            notes.note("form.rule", _("{low} 大于 {high}，没有值能满足；请改正", low=low, high=high), component)
    return found


def _number_limit(name: str, value: Any, component: Mapping[str, Any], notes: Notes, found: dict[str, Limit]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str) and value.startswith("="):
        limit: Limit | None = compiled(value, name, component, notes)
    else:
        limit = decimal_of(value)
        if limit is None:
            notes.note("form.rule", _("{name} 须是数字或以 = 开头的表达式", name=name), component)
    if limit is not None:
        found[name] = limit


def _length_limit(name: str, value: Any, component: Mapping[str, Any], notes: Notes, found: dict[str, Limit]) -> None:
    if isinstance(value, str) and value.startswith("="):
        expression = compiled(value, name, component, notes)
        if expression:
            found[name] = expression
        return
    length = whole({name: value, "id": component.get("id")}, name, At(notes, component), None, LONGEST_TEXT)
    if length is not None:
        found[name] = length


def _date_limit(name: str, value: Any, component: Mapping[str, Any], notes: Notes, found: dict[str, Limit]) -> None:
    if component["type"] != "datetime" or component.get("subtype", "date") == "time":
        notes.note("form.rule", _("{name} 只用于日期", name=name), component)
        return
    if isinstance(value, str) and value.startswith("="):
        expression = compiled(value, name, component, notes)
        if expression:
            found[name] = expression
        return
    try:
        found[name] = date.fromisoformat(value)
    except (TypeError, ValueError):
        notes.note("form.rule", _("{name} 须是 2026-11-06 这样的日期或以 = 开头的表达式", name=name), component)


def limit_names(component: Mapping[str, Any]) -> dict[str, str]:
    """What the two dates are called in messages: properties.notAfterName "合同工期"."""
    custom = component.get("properties")
    if not isinstance(custom, dict):
        return {}
    return {name: custom[f"{name}Name"] for name in DATE_LIMITS if isinstance(custom.get(f"{name}Name"), str)}


def row_limits(component: Mapping[str, Any], notes: Notes) -> tuple[int, int]:
    """properties.minItems and properties.maxItems of a dynamic list (form-js keeps properties as texts)."""
    custom = component.get("properties")
    found = {"minItems": 0, "maxItems": 100}
    if isinstance(custom, dict):
        for name in found:
            text = str(custom.get(name, found[name]))
            if text.isascii() and text.isdigit() and int(text[:6]) <= MAX_ROWS:
                found[name] = int(text)
            else:
                notes.note("form.rule", _("{name} 须是 0 到 {most} 的整数", name=name, most=MAX_ROWS), component)
    if found["minItems"] > found["maxItems"]:
        notes.note("form.rule", _("minItems 大于 maxItems，没有值能满足；请改正"), component)
    return found["minItems"], found["maxItems"]
