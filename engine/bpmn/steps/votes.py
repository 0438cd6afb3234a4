"""A vote within a multi-instance: who is asked, how it begins, what each answer counts as."""

from __future__ import annotations

from typing import Any

from engine.bpmn.loops import MultiInstance
from engine.bpmn.machine import Machine
from engine.bpmn.records import Token
from engine.bpmn.voting import KINDS, Ballot, Vote, needed_by
from engine.errors import ExecutionError
from engine.i18n import _


def one_each(elements: list[Any]) -> list[Any]:
    """Everybody once, at the first place: who is named twice still has one vote."""
    found: list[Any] = []
    for element in elements:
        if element not in found:
            found.append(element)
    return found


def opened(machine: Machine, token: Token, vote: Vote, elements: list[Any]) -> Ballot:
    """The ballot as the vote begins: its rule keeps the values that it has now. Raises ExecutionError for values that
    the rule cannot use."""
    node, context = token.node, machine.context(token)
    value = machine.value_of(vote.value or "", context, node)
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    needed = needed_by(vote.rule, value, len(elements))
    if needed is None:
        raise ExecutionError(
            _(
                "「{name}」的会签规则 {text} 得到 {value}，不能计票：人数应是 0 或以上的整数，"
                "比例应是 0 到 100 的整数或分数 {{numerator, denominator}}；"
                "本次操作没有保存，请检查之前填写的内容或流程图。",
                name=node.name or node.id,
                text=vote.value,
                value=value,
            )
        )
    veto = machine.value_of(vote.veto, context, node) if vote.veto else None
    named = veto if isinstance(veto, list) else [veto]
    return Ballot(vote.rule, len(elements), needed, [one for one in elements if veto is not None and one in named])


def cast(machine: Machine, child: Token, ballot: Ballot, spec: MultiInstance) -> None:
    """Count a finished instance by the kind of the action that was chosen."""
    actions, local = child.node.actions, child.local or {}
    chosen = machine.context(child).get(actions.variable) if actions is not None and actions.variable else None
    kind = next((one.kind for one in actions.items if one.value == chosen), None) if actions is not None else None
    if kind not in KINDS:
        raise ExecutionError(
            _("「{name}」没有表态，不能计票；请选择同意、不同意或弃权。", name=child.node.name or child.node.id)
        )
    ballot.count(kind, local.get(spec.element) if spec.element is not None else None)
