"""How pages speak of what an engine did: shared by real cases and by try-outs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine import bpmn
from engine.bpmn.weighing import why
from engine.feel.dmn import Decision, answer_text
from engine.i18n import _

BACK = frozenset({"return", "rework"})
"""Kinds of acts that send work back."""


def headline(value: Any, decision: Decision | None) -> str:
    """A decision's value when it is one word (变更定级：重大), two at most under their names (审批链：结论 = 批准);
    contexts of many figures stay in the log."""
    if not isinstance(value, dict):
        return f"：{value}" if isinstance(value, str) and value else ""
    words = {name: word for name, word in value.items() if isinstance(word, str) and 0 < len(word) <= 12}
    if len(value) == 1 and words:
        return f"：{next(iter(words.values()))}"
    told = answer_text(dict(list(words.items())[:2]), decision)
    return f"：{told}" if told else ""


def rules_told(matched: Sequence[Mapping[str, Any]]) -> list[str]:
    """The rules of a table that matched, one line each with the values that met their tests, as the log has them."""
    words = {"True": _("是"), "False": _("否"), "None": _("（空）")}
    lines = []
    for rule in matched:
        met = [
            f"{label} = {words.get(value, value)}" + (f"（{cell}）" if cell else "")
            for label, value, cell in rule.get("inputs", ())
            if cell.strip() not in ("", "-")
        ]
        head = _("规则 {n}", n=rule.get("rule", "")) + (f" {rule['text']}" if rule.get("text") else "")
        lines.append(_("{rule}：{met}", rule=head, met="，".join(met)) if met else head)
    return lines


def weighed(process: bpmn.Definition, conditions: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> list[str]:
    """The conditions that a gateway looked at, one line each: “通过”的条件不成立：同意 是 “否”."""
    lines = []
    for one in conditions:
        flow = process.flows.get(one["flow"])
        way = way_of(process, flow) if flow is not None else one["flow"]
        reasons = why(flow.condition if flow is not None and flow.condition else "null", one, labels)
        held = _("“{way}”的条件成立：{why}", way=way, why=reasons)
        lines.append(held if one["held"] else _("“{way}”的条件不成立：{why}", way=way, why=reasons))
    return lines


def way_of(process: bpmn.Definition, flow: bpmn.Flow) -> str:
    """What a way is called: its own name, else where it leads."""
    return flow.name or process.nodes[flow.target].name or flow.target


def flow_state(process: bpmn.Definition, flow: bpmn.Flow, act_kind: str) -> str:
    """How a diagram shows a flow that was taken: "back" where a 退回 or 返工 left a gateway, "no" where a 驳回 or a
    failed vote did, else "done". `act_kind` is the act that brought it about, "" for none."""
    if process.nodes[flow.source].kind != "exclusive_gateway":
        return "done"
    if act_kind in BACK:
        return "back"
    return "no" if act_kind == "reject" or flow.name.startswith(("未", "不通过")) else "done"
