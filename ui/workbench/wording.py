"""Words and small choices of the task page that follow from what a task offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from engine.i18n import _
from engine.queries.values import ActionView, OutcomeView
from ui.filters import arrowless
from ui.workbench.blueprint import blueprint

AGREEING = frozenset({"approve", "agree"})
FORWARD = ("approve", "agree", "submit")
"""Kinds of the primary act, the first that exists."""


@blueprint.app_template_global()
def phrases(actions: Sequence[ActionView]) -> list[str]:
    """常用语 that fit the acts: a judgement, a vote or a report."""
    kinds = {action.kind for action in actions}
    if not kinds & AGREEING:
        return [_("已按要求办理"), _("详见附件")]
    words = [_("同意"), _("同意，请按计划实施")]
    if "oppose" in kinds:
        return [_("同意"), _("同意，建议关注实施风险"), _("依据不足，不同意")]
    return [*words, _("请补充说明依据")] if "return" in kinds else words


@blueprint.app_template_global()
def next_line(outcomes: Sequence[OutcomeView]) -> str:
    """The sentence at the left of the action bar: who gets it next by the primary act."""
    for kind in FORWARD:
        for outcome in outcomes:
            if outcome.kind == kind and not outcome.next.startswith("→"):
                return _("填完必填项后，这里会说明交给谁、多久办完。")
            if outcome.kind == kind:
                following = arrowless(outcome.next)
                detail = _("，") + outcome.detail if outcome.detail else ""
                return _("{act}后：{next}{detail}", act=outcome.label, next=following, detail=detail)
    return ""


@blueprint.app_template_global()
def menu(task: Any) -> list[tuple[str, dict[str, str]]]:
    """What 更多 holds beside the acts of the diagram: 转办, 放回待认领."""
    entries = []
    if task.can_transfer:
        address = url_for("workbench.transfer", task_id=task.task_id)
        entries.append((_("转办"), {"data-post": address, "data-confirm": "transfer", "data-hotkey": "z"}))
    if getattr(task, "can_release", False):
        entries.append((_("放回待认领"), {"data-post": url_for("workbench.release", task_id=task.task_id)}))
    return entries


@blueprint.app_template_global()
def consequence(task: Any, action: ActionView) -> str:
    """What an act that is hard to undo leads to, for its confirm dialog."""
    outcome = next((one for one in task.outcomes if one.action == action.value), None)
    if outcome is None:
        return ""
    text = _("{act}后：{next}。", act=action.label, next=arrowless(outcome.next))
    if outcome.detail:
        text += outcome.detail
    if any(other.kind == "return" for other in task.actions):
        text += _("只需补充材料时，请用退回。")
    return text


@blueprint.app_template_global()
def told_people(task: Any, action: ActionView) -> list[tuple[str, str]]:
    """受影响的人和事项 of such an act: the applicant, and whoever has worked on the case."""
    rows = [(str(task.starter), _("申请人，收到{act}结果和理由", act=action.label))]
    worked = {str(word.person) for step in task.timeline for word in step.opinions if word.at}
    others = sorted(worked - {str(task.starter)})
    if len(others) > 3:
        rows.append((_("{names} 等 {n} 人", names="、".join(others[:2]), n=len(others)), _("已办理的意见保留备查")))
    else:
        rows.extend((who, _("已办理的意见保留备查")) for who in others)
    return rows
