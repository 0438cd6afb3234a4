"""会签规则: a vote can be counted as drawn (`engine.bpmn.voting`)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.expressions import feel_of
from engine.bpmn.gate.diagram import Diagram, finding, label, short
from engine.bpmn.names import bpmn, camunda, guicheng
from engine.bpmn.voting import KINDS, RULES, needed_by
from engine.errors import Finding
from engine.i18n import _

_BESIDE = (*KINDS, "return")
"""Kinds of action that may stand on the buttons of a vote."""


def check_votes(diagram: Diagram) -> Iterator[Finding]:
    """Each vote says its rule, has people to ask and buttons that can be counted, and is the only rule of its end."""
    for task in diagram.all("userTask"):
        votes = task.findall(f"{bpmn('extensionElements')}/{guicheng('vote')}")
        if len(votes) > 1:
            message = _("{it}的会签规则设置了多次，请只保留一份（guicheng:vote）。", it=label(task))
            yield finding(task, "repeated_extension", message)
        for vote in votes[:1]:
            yield from _rule(task, vote)
            yield from _asked(task, vote)
            yield from _buttons(task)


def _rule(task: Element, vote: Element) -> Iterator[Finding]:
    rule, value = vote.get("rule") or "", (vote.get("value") or "").strip()
    if rule not in RULES:
        message = _(
            "{it}的会签规则「{rule}」不能识别，只能是 {choices}。",
            it=label(task),
            rule=short(rule),
            choices=" / ".join(RULES),
        )
        yield finding(task, "bad_vote", message)
    elif rule == "all":
        if value:
            message = _("{it}的会签规则是全体同意，不用填人数或比例；请删除（value）。", it=label(task))
            yield finding(task, "bad_vote", message)
    elif feel_of(value) is None and not _fits(rule, value):
        wanted = _("从 1 起的整数") if rule == "at_least" else _("1 到 100 的整数，即百分之几")
        message = _(
            "{it}的会签规则的值「{value}」应是{wanted}，或以 = 开头的表达式；请改正（value）。",
            it=label(task),
            value=short(value),
            wanted=wanted,
        )
        yield finding(task, "bad_vote", message)
    if not (vote.get("result") or "").strip():
        message = _("{it}的会签没有结果变量，表决结果会丢失；请填写（result）。", it=label(task))
        yield finding(task, "no_result", message)


def _fits(rule: str, value: str) -> bool:
    if not (value.isascii() and value.isdecimal() and len(value) <= 9):
        return False
    needed = needed_by(rule, int(value), 1)
    return needed is not None and needed[0] > 0


def _asked(task: Element, vote: Element) -> Iterator[Finding]:
    loop = task.find(bpmn("multiInstanceLoopCharacteristics"))
    if loop is None:
        message = _("{it}有会签规则，但不是多人办理；请设置由哪些人办理，或删除会签规则。", it=label(task))
        yield finding(task, "bad_vote", message)
        return
    if loop.find(bpmn("completionCondition")) is not None:
        message = _("{it}既有会签规则又有提前结束条件，只能用一种；请删除多余的。", it=label(task))
        yield finding(task, "bad_vote", message)
    veto = vote.get("veto")
    if veto is None:
        return
    if feel_of(veto) is None:
        message = _("{it}的一票否决人应是以 = 开头的表达式，给出人员列表；请改正（veto）。", it=label(task))
        yield finding(task, "bad_vote", message)
    if loop.get(camunda("elementVariable")) is None and loop.find(bpmn("inputDataItem")) is None:
        message = _("{it}有一票否决人，但会签没有按人列出（集合和其中一项的变量）；请填写。", it=label(task))
        yield finding(task, "bad_vote", message)


def _buttons(task: Element) -> Iterator[Finding]:
    actions = task.find(f"{bpmn('extensionElements')}/{guicheng('actions')}")
    kinds = [item.get("kind") for item in actions.iterfind(guicheng("action"))] if actions is not None else []
    if actions is None or "agree" not in kinds or not actions.get("variable"):
        message = _(
            "{it}是会签，要有“同意”的按钮和记录选择的变量；请在“办理动作”里补上（guicheng:actions）。", it=label(task)
        )
        yield finding(task, "bad_vote", message)
    other = [kind for kind in kinds if kind not in _BESIDE]
    if other:
        message = _(
            "{it}是会签，按钮类型只能是 {choices}，「{kind}」不能计票；请改正。",
            it=label(task),
            choices=" / ".join(_BESIDE),
            kind=short(other[0] or ""),
        )
        yield finding(task, "bad_vote", message)
