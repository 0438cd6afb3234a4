"""Types of columns (`typeRef`)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel.types import Simple, Type
from engine.feel.values import Value, kind
from engine.i18n import _

ANY = "Any"
# What modelers write → FEEL's kind of value.
_TYPES: Mapping[str, str] = {
    "": ANY,
    "Any": ANY,
    "any": ANY,
    "number": "number",
    "integer": "number",
    "long": "number",
    "double": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "date and time": "date and time",
    "dayTimeDuration": "days and time duration",
    "days and time duration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "years and months duration": "years and months duration",
    "list": "list",
    "context": "context",
}


def known_type(reference: str) -> str | None:
    """The kind that a typeRef asks for, "Any", or None if it is unknown."""
    return _TYPES.get(reference.removeprefix("feel:").strip())


def known_kind(reference: str) -> Type | None:
    """The type that a typeRef of a simple kind asks for; None where it asks for nothing or is the model's own."""
    name = known_type(reference)
    return None if name is None or name == ANY else Simple(name)


def fits(value: Value, wanted: str) -> bool:
    """Whether a value is of a kind; null always is."""
    return wanted == ANY or value is None or kind(value) == wanted


def word_for(name: str) -> str:
    """A kind in the words of process owners."""
    words = {
        "number": _("数字"),
        "string": _("文本"),
        "boolean": _("是非值"),
        "date": _("日期"),
        "time": _("时间"),
        "date and time": _("日期时间"),
        "days and time duration": _("时长"),
        "years and months duration": _("年月时长"),
        "list": _("列表"),
        "context": _("上下文"),
        "range": _("范围"),
    }
    return words.get(name, name)
