"""Filled-in forms of 项目验收, and the ways through it that many scenarios share."""

from __future__ import annotations

from typing import Any

from tests.workflows.case import Case
from tests.workflows.stage import Stage

SOFTWARE_PAPERS = [
    "合同及补充协议",
    "需求和设计文档",
    "测试报告",
    "安全测评报告",
    "试运行报告",
    "用户和运维手册",
    "源代码及部署包",
]
APPLICATION: dict[str, Any] = {
    "project": "XM-2026-02",
    "project_kind": "软件开发",
    "completed_on": "2026-10-20",
    "trial_days": 90,
    "completion": "合同约定的 6 个专题、42 项指标、3 个对外接口全部完成。",
    "self_check": "自检 126 项用例全部通过，试运行期间可用率 99.95%。",
    "documents": SOFTWARE_PAPERS,
    "contact_phone": "13810035744",
}
CHECKED = {"contract_done": True, "trial_ok": True, "documents_ok": True}
GROUP = ("王建国", "唐颖", "李敏", "张伟民", "冯博")
"""Leader, two from departments, two experts: the least for a project of 330."""
REVIEWS = {"功能": "唐颖", "性能": "李敏", "安全": "张伟民", "可靠性": "冯博"}
ITEM = {"demand": "合同约定", "finding": "现场核对并留存截图。", "evidence": "评审记录 PS-01"}
"""An item of a review, but for what it is about and its points."""
MENDED = {"rectification_outcome": "closed", "rounds": 1, "rectification_report": "已整改"}


RECHECKED = {"recheck_finding": "按要求重测，结果达到约定。", "recheck_evidence": "复测记录.csv"}


def apply(stage: Stage, by: str = "钱程", **changes: Any) -> Case:
    """A contractor applies."""
    return Case(stage, "acceptance", by, **{**APPLICATION, **changes})


def accepted(stage: Stage, **changes: Any) -> Case:
    """受理: the group is to be formed."""
    return apply(stage, **changes).do("形式审查", "受理", by="何静", **CHECKED)


def form_group(case: Case, names: tuple[str, ...] = GROUP, experts: int = 2, unchecked: bool = False) -> Case:
    """选定验收组 with these people: the leader first, the experts last."""
    accounts = [case.stage.organisation.accounts[name] for name in names]
    data = {
        "group_leader": accounts[0],
        "department_members": accounts[1 : len(accounts) - experts],
        "group_experts": accounts[len(accounts) - experts :],
        "group_size": len(accounts),
        "review_plan": "周三在信息中心集中评审，承建单位到场配合。",
    }
    return case.do("选定验收组", "通知组员确认", by="何静", unchecked=unchecked, **data)


def confirm(case: Case, names: tuple[str, ...] = GROUP) -> Case:
    """These members confirm that nothing binds them to the contractor."""
    for name in names:
        case.do("确认无利害关系", "确认参加", by=name, no_conflict=True, available=True)
    return case


def in_review(stage: Stage, **changes: Any) -> Case:
    """The group stands and its leader has told who reviews what."""
    case = confirm(form_group(accepted(stage, **changes)))
    people = {
        f"{key}_reviewer": case.stage.organisation.accounts[REVIEWS[aspect]]
        for key, aspect in zip(("function", "performance", "security", "reliability"), REVIEWS, strict=True)
    }
    return case.do("评审分工", "下达分工", by="王建国", assign_notes="按合同逐项核对。", **people)


def judge(case: Case, aspect: str, *points: int) -> Case:
    """One review; each item gets its points."""
    items = [{**ITEM, "subject": f"{aspect}第 {n} 项", "points": given} for n, given in enumerate(points, 1)]
    return case.do(f"{aspect}评审", "提交评审", by=REVIEWS[aspect], items=items, summary="评审意见见各条。")


def reviewed(stage: Stage, **points: tuple[int, ...]) -> Case:
    """All four reviews; 90 points where nothing else is said."""
    case = in_review(stage)
    for aspect in REVIEWS:
        judge(case, aspect, *points.get(aspect, (90, 90)))
    return case


def vote(case: Case, **acts: str) -> Case:
    """Each member named votes."""
    for name, act in acts.items():
        case.do("验收会签", act, by=name, read_all=True)
    return case


def agree(case: Case) -> Case:
    """Four of five agree: that is two thirds."""
    return vote(case, 王建国="同意", 唐颖="同意", 李敏="同意", 张伟民="同意")


def to_be_mended(stage: Stage) -> Case:
    """Agreed with two failed items: both are being rectified."""
    return agree(reviewed(stage, 性能=(90, 60), 安全=(50, 90)))


def recheck(case: Case, by: str, points: int) -> Case:
    """复验 of the one item that this reviewer has failed."""
    return case.do("复验不合格项", "提交复验", by=by, recheck_points=points, **RECHECKED)
