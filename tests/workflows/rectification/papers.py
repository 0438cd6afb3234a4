"""Filled-in forms of 问题整改, and the ways through it that many scenarios share."""

from __future__ import annotations

from typing import Any

from tests.workflows.case import Case
from tests.workflows.stage import Stage

PROBLEM: dict[str, Any] = {
    "problem": "执法支队 12 个账号离岗后未停用，仍能登录平台。",
    "evidence": "比对人事名册与账号清单，12 个账号最近一周有登录记录。",
    "basis": "账号管理规定第 6 条",
    "department": "enforcement",
    "severity": "一般",
    "found_in": "监督检查",
}
REQUEST: dict[str, Any] = {
    "problem": "并发 500 时查询响应 6.2 秒，超过约定的 3 秒。",
    "evidence": "性能评审记录第 4 项",
    "basis": "建设合同附件 2",
    "department": "information",
    "due": None,
    "severity": "较大",
    "source": "项目验收 YS-2026-0001",
    "measure_no": "YS-2026-0001-4",
}
"""What acceptance or an emergency hands over."""
PLAN = {
    "plan_cause": "离岗手续没有抄送平台管理部。",
    "plan_measures": "逐个停用账号，并把离岗手续接入账号审批。",
    "plan_finish": "2026-11-20",
}
DONE = {
    "progress": "已完成",
    "work_done": "12 个账号已全部停用，离岗手续已接入。",
    "work_finished": "2026-11-12",
    "recurrence": "已落实",
}
LATER = {
    "progress": "申请延期",
    "extension_days": 5,
    "extension_reason": "还有三个账号的数据没有移交完，移交后才能停用。",
}
REPORT = {"report_checked": "已全部整改", "report_evidence": "真实完整", "report_note": "同意报送。"}
APPEAL = {
    "appeal_evidence": "充分",
    "appeal_checked": "查阅材料",
    "appeal_findings": "名册与账号清单均属实，离岗日期有据可查。",
}
URGE = {"delay_reason": "安排不当", "promised_date": "2026-12-10", "urge_measures": "指定专人，每日报进度。"}


def raise_problem(stage: Stage, by: str = "沈雨桐", **changes: Any) -> Case:
    """监督管理部 raises a problem by hand."""
    return Case(stage, "rectification", by, **{**PROBLEM, **changes})


def called(stage: Stage, **changes: Any) -> Case:
    """Another procedure, begun by the contractor, calls this one."""
    return Case.called(stage, "rectification", "钱程", **{**REQUEST, **changes})


def accept(case: Case, by: str = "雷震", rectifier: str = "陈思远") -> Case:
    """签收, naming who rectifies."""
    return case.do("签收整改通知", "接受整改", by=by, rectifier=case.stage.organisation.accounts[rectifier])


def plan(case: Case, by: str = "陈思远") -> Case:
    """制定整改方案."""
    return case.do("制定整改方案", "开始实施", by=by, **PLAN)


def ask_for_time(case: Case, by: str = "陈思远", **changes: Any) -> Case:
    """申请延期."""
    return case.do("实施整改", "提交", by=by, **{**LATER, **changes})


def grant(case: Case, days: int = 5, by: str = "郭立民") -> Case:
    """批延期."""
    return case.do("批延期", "同意延期", by=by, extension_risk="可控", approved_days=days)


def rectify(case: Case, by: str = "陈思远", leader: str = "雷震") -> Case:
    """实施整改 and 审核报送."""
    return case.do("实施整改", "提交", by=by, **DONE).do("审核报送", "报送复查", by=leader, **REPORT)


def findings(solved: str = "已消除", true: str = "属实") -> dict[str, Any]:
    """The form of 复查."""
    return {
        "verify_method": "系统核验",
        "verified_on": "2026-11-13",
        "problem_solved": solved,
        "evidence_true": true,
        "verification_findings": f"逐个登录 12 个账号，{solved}。",
    }


def verify(case: Case, act: str = "合格", by: str = "郭立民") -> Case:
    """复查."""
    solved, true = {"合格": ("已消除", "属实"), "不合格，再改": ("部分消除", "属实")}.get(act, ("未消除", "不属实"))
    return case.do("复查", act, by=by, **findings(solved, true))


def one_round(case: Case, act: str) -> Case:
    """方案、实施、报送、复查 with that conclusion."""
    return verify(rectify(plan(case)), act)
