"""What the log keeps of a condition that was looked at: whether it held, and on which values.

From the values a page can say the reasons, in whatever language; they are kept only where they are few and plain, else
the reasons themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from engine.bpmn.model import Flow
from engine.bpmn.variables import isolate
from engine.feel import NOW, compile_expression
from engine.feel.explain import explain
from engine.i18n import _, in_source_language

MOST_WHY = 300
"""Characters of the reasons of one condition."""
MOST_VALUES = 30
"""Values kept for one condition, those inside of others counted, too."""
LONGEST = 100
"""Characters of a text that is kept."""
_SHARED = frozenset({str, bool, int, Decimal, type(None)})
"""Kinds of value that came out of the variables and cannot change: no copy is needed."""


def weighed(
    flow: Flow, held: bool, context: Mapping[str, Any], labels: Callable[[], Mapping[str, str]]
) -> dict[str, Any]:
    """The entry for a flow with a condition; `context` holds the present moment where the condition asks for it.

    With its values the reasons can be told whenever somebody reads; only where they are too many, or not plain, or the
    moment counts, the reasons are written down now, in Chinese.
    """
    assert flow.condition is not None
    condition = compile_expression(flow.condition)
    values = {name: context[name] for name in condition.looked_at if name in context}
    if NOW not in context and _weight(values) <= MOST_VALUES:
        kept = values if all(type(value) in _SHARED for value in values.values()) else isolate(values)
        return {"flow": flow.id, "held": held, "values": kept}
    with in_source_language():
        text = explain(flow.condition, context, labels()).text
    return {"flow": flow.id, "held": held, "why": _cut(text)}


def why(condition: str, told: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """The reasons of such an entry: in the language in force where its values are kept, else as written down."""
    if "values" in told:
        again = explain(condition, told["values"], labels)
        if again.held == told["held"]:
            return _cut(again.text)
    return str(told.get("why") or _("当时的依据没有记下"))


def _weight(value: Any) -> int:
    """How many plain values there are; too many for what JSON does not give back as it was."""
    kind = type(value)
    if kind is str:
        return 1 if len(value) <= LONGEST else MOST_VALUES + 1
    if kind in _SHARED:
        return 1
    if (kind is dict or kind is list) and len(value) <= MOST_VALUES:
        return 1 + sum(map(_weight, value.values() if kind is dict else value))
    return MOST_VALUES + 1


def _cut(text: str) -> str:
    return text if len(text) <= MOST_WHY else text[: MOST_WHY - 1] + "…"
