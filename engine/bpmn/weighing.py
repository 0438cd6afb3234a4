"""What the log keeps of a condition that a gateway looked at: whether it held, why in Chinese, and on which values.

With the values a page can say the reasons in another language as well; they are kept only where they are few and plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.bpmn.model import Flow
from engine.bpmn.variables import isolate
from engine.feel import compile_expression
from engine.feel.explain import explain
from engine.i18n import in_source_language

MOST_WHY = 300
"""Characters of the reasons of one condition."""
MOST_VALUES = 30
"""Values kept for one condition, those inside of others counted, too."""
LONGEST = 100
"""Characters of a text that is kept."""


def weighed(flow: Flow, held: bool, context: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """The entry for a flow with a condition; `context` holds the present moment where the condition asks for it."""
    assert flow.condition is not None
    with in_source_language():
        text = explain(flow.condition, context, labels).text
    told = {"flow": flow.id, "held": held, "why": _cut(text)}
    condition = compile_expression(flow.condition)
    values = {name: context[name] for name in sorted(condition.names | condition.item_names) if name in context}
    return told | {"values": isolate(values)} if _weight(values) <= MOST_VALUES else told


def why(condition: str, told: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """The reasons of such an entry in the language in force, else as they were written down."""
    if "values" not in told:
        return str(told["why"])
    again = explain(condition, told["values"], labels)
    return _cut(again.text) if again.held == told["held"] else str(told["why"])


def _weight(value: Any) -> int:
    """How many plain values there are; too many for what JSON does not give back as it was."""
    if isinstance(value, dict | list) and len(value) <= MOST_VALUES:
        return 1 + sum(map(_weight, value.values() if isinstance(value, dict) else value))
    if isinstance(value, str):
        return 1 if len(value) <= LONGEST else MOST_VALUES + 1
    return 1 if value is None or isinstance(value, bool | int | Decimal) else MOST_VALUES + 1


def _cut(text: str) -> str:
    return text if len(text) <= MOST_WHY else text[: MOST_WHY - 1] + "…"
