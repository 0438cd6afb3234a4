"""One sentence for the person who just acted: who has it now, and until when."""

from __future__ import annotations

from datetime import datetime

from engine.calendar import describe_due
from engine.casework.case import Saved
from engine.i18n import N_, _
from engine.platform import Platform

ENDED = {
    "completed": N_("流程已办结"),
    "rejected": N_("流程已驳回办结"),
    "withdrawn": N_("流程已撤销"),
    "rolled_back": N_("变更已回退，流程办结"),
    "lapsed": N_("流程已失效办结"),
    "cancelled": N_("流程已取消"),
    "failed": N_("流程因错误结束"),
    "terminated": N_("流程已终止"),
}


def next_sentence(platform: Platform, saved: Saved, now: datetime) -> str:
    """For example 已交 何静（平台管理部）办理“下达实施令”，11-09 17:30 到期."""
    if saved.ended:
        return _(ENDED.get(saved.outcome, "流程已办结"))
    if not saved.new_tasks:
        return _("已提交，等待其他人办理")
    first = saved.new_tasks[0]
    same = [task for task in saved.new_tasks if task.name == first.name]
    asked = [member for task in same for member in ((task.holder,) if task.holder else task.members)]
    people = [f"{member.name}（{member.department}）" for member in asked]
    who = "、".join(people[:3]) + (_(" 等 {n} 人", n=len(people)) if len(people) > 3 else "")
    if not people:
        return _("下一环节“{step}”无人可办，已通知系统管理员", step=first.name)
    if first.work.due is None:
        return _("已交{who}办理“{step}”", who=who, step=first.name)
    deadline = first.work.node.deadline
    due = describe_due(first.work.due, now, "hour" if deadline and deadline.unit == "hour" else "workday")
    return _("已交{who}办理“{step}”，{due} 到期", who=who, step=first.name, due=due.text)
