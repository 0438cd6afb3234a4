"""Filled-in forms of 考核与补考, and the ways through it that many scenarios share."""

from __future__ import annotations

from typing import Any

from tests.workflows.case import Case
from tests.workflows.stage import Stage

PLAN: dict[str, Any] = {
    "plan_title": "2026年度用户考核",
    "assessment_kind": "年度考核",
    "blueprint": "annual",
    "opens_on": "2026-11-16",
    "heads": ["leizhen"],
    "business": ["chensiyuan", "zhongxiaoyan"],
    "technical": ["dengkai"],
    "plan_note": "操作技能考核在信息中心机房。",
}


def propose(stage: Stage, **changes: Any) -> Case:
    """培训管理员 hands a plan in."""
    return Case(stage, "assessment", "方圆", **{**PLAN, **changes})


def published(stage: Stage, **changes: Any) -> Case:
    """The plan is approved: everybody's own assessment is called."""
    return propose(stage, **changes).do("审批考核计划", "同意", by="周岚", plan_fit="适当")


def passes(case: Case, total: int = 85, rounds: int = 1) -> Case:
    """The first open assessment of a person ends well."""
    history = [{"round": n, "paper": n, "total": total} for n in range(1, rounds + 1)]
    verdict = {"conclusion": "合格", "level": "合格"}
    return case.called_ends(
        "个人考核", assessment_outcome="合格", verdict=verdict, total=total, rounds=rounds, history=history
    )
