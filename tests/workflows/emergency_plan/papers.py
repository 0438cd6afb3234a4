"""Filled-in forms of 应急预案编制与修订."""

from __future__ import annotations

from typing import Any

from tests.workflows.case import Case
from tests.workflows.stage import Stage

KEY = "emergency_plan"
EXPERTS = ("张伟民", "冯博", "何远")
TRAINEES = ("刘海涛", "罗成")
DRAFT: dict[str, Any] = {
    "plan_title": "网络安全事件应急预案",
    "plan_scope": "适用于平台发生的各级网络安全事件。",
    "plan_roles": "应急指挥组统一指挥，运维组处置，安全管理部取证。",
    "plan_steps": "报告、研判、启动、处置、恢复、总结。",
    "plan_reporting": "较大及以上事件按规定时限报告。",
}
VOTE = {"completeness": "完整", "feasibility": "可行"}


def propose(stage: Stage, cause: str = "修订") -> Case:
    """Somebody of the command proposes it."""
    return Case(stage, KEY, "秦峰", plan_name="网络安全事件应急预案", cause=cause, why_now="上级要求更新。")


def draft(case: Case, experts: tuple[str, ...] = EXPERTS, departments: tuple[str, ...] = ("information",)) -> Case:
    """起草."""
    accounts = case.stage.organisation.accounts
    named = {"panel": [accounts[name] for name in experts], "trainees": [accounts[name] for name in TRAINEES]}
    return case.do("起草", "送审", by="秦峰", **DRAFT, **named, consulted=list(departments))


def review(case: Case, *acts: str) -> Case:
    """The departments answer, then the experts vote."""
    case.do("征求意见", "提交意见", by="王建国", position="无异议")
    for name, act in zip(EXPERTS, acts, strict=False):
        case.do("专家评审", act, by=name, **VOTE)
    return case


def approve(case: Case) -> Case:
    """Both levels."""
    case.do("安全审核", "同意", by="罗成")
    return case.do("领导批准", "同意", by="高振东")
