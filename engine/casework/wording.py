"""How pages speak of what an engine did: shared by real cases and by try-outs."""

from __future__ import annotations

from typing import Any

from engine import bpmn

BACK = frozenset({"return", "rework"})
"""Kinds of acts that send work back."""


def headline(value: Any) -> str:
    """A decision's value when it is one word (变更定级：重大); contexts of many figures stay in the log."""
    if isinstance(value, dict):
        words = [str(v) for v in value.values() if isinstance(v, str)]
        return f"：{words[0]}" if words and len(words[0]) <= 12 else ""
    return f"：{value}" if isinstance(value, str) and value else ""


def flow_state(process: bpmn.Definition, flow: bpmn.Flow, act_kind: str) -> str:
    """How a diagram shows a flow that was taken: "back" where a 退回 or 返工 left a gateway, "no" where a 驳回 or a
    failed vote did, else "done". `act_kind` is the act that brought it about, "" for none."""
    if process.nodes[flow.source].kind != "exclusive_gateway":
        return "done"
    if act_kind in BACK:
        return "back"
    return "no" if act_kind == "reject" or flow.name.startswith(("未", "不通过")) else "done"
