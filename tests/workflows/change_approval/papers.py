"""Filled-in forms of 项目变更审批, and the ways through it that many scenarios share."""

from __future__ import annotations

from typing import Any

from tests.workflows.case import Case
from tests.workflows.stage import Stage

EXPERTS = ("张伟民", "冯博", "何远", "吴志强", "郑雅文")

APPLICATION: dict[str, Any] = {
    "project": "XM-2026-03",
    "change_type": "需求变更",
    "change_title": "执法终端离线采集功能调整",
    "reason": "山区执法点网络不稳定，现场笔录与影像无法实时上传。",
    "content": "在执法终端增加离线采集与断点续传，恢复网络后 30 分钟内补传并校验。",
    "cost_change": "4.00",
    "schedule_change": 5,
    "scope_impact": "不影响范围",
    "urgency": "一般",
    "risk_level": "低",
    "contact_phone": "13810016755",
}
NIGHT_MODE: dict[str, Any] = {
    **APPLICATION,
    "change_title": "执法终端增加夜间模式",
    "reason": "夜间执法时屏幕过亮，影响观察和隐蔽，需增加夜间模式。",
    "content": "终端首页、笔录页和地图页增加深色配色，按时间自动切换。",
    "cost_change": 3,
    "schedule_change": 4,
}
"""Another small change, as the browser sends it."""
LARGER: dict[str, Any] = {"cost_change": "30.00", "schedule_change": 10}
MAJOR: dict[str, Any] = {
    "cost_change": "60.00",
    "schedule_change": 40,
    "scope_impact": "核心功能或对外接口",
    "new_scope": "配发移动执法终端 320 台，安装现场笔录、影像离线采集与定位软件，覆盖 28 个执法点。",
    "risk_level": "高",
    "risk_measures": "离线数据加密存储，补传后比对校验值；保留旧版本以便回退。",
}
NECESSITY = {"necessity_basis": ["业务需求变化"], "contract_scope": "合同范围内", "overlaps": "不重复"}
VOTE = {"feasibility": "可行", "cost_judgement": "合理", "risk_judgement": "可控", "no_conflict": True}
APPROVAL = {
    "approved_cost": "4.00",
    "approved_end_date": "2027-04-05",
    "window": "每周六 00:00–06:00",
    "agreement": "不需要",
}
REPORT = {
    "work_done": "已在全部 320 台终端安装离线采集模块并完成抽测。",
    "actual_cost": "3.80",
    "finished_on": "2026-12-01",
    "deviation": "一致",
    "backup_kept": "已备份",
}
FINDINGS = {
    "function_result": "一致",
    "operation_result": "无影响",
    "data_result": "正确",
    "verified_on": "2026-12-03",
    "verification_evidence": "抽取 20 台终端断网采集后补传，校验值全部一致。",
}


def propose(stage: Stage, by: str = "陈思远", **changes: Any) -> Case:
    """Somebody proposes a change."""
    return Case(stage, "change_approval", by, **{**APPLICATION, **changes})


def corrected(**changes: Any) -> dict[str, Any]:
    """The form of 修改补正: the application without its project."""
    return {key: value for key, value in {**APPLICATION, **changes}.items() if key != "project"}


def find_necessary(case: Case, by: str = "何静") -> Case:
    """必要性审查 passes."""
    return case.do("必要性审查", "通过", by=by, **NECESSITY)


def panel(case: Case, experts: tuple[str, ...], departments: tuple[str, ...] = ("information",)) -> dict[str, Any]:
    """The form of 组织论证."""
    return {
        "panel": [case.stage.organisation.accounts[name] for name in experts],
        "panel_size": len(experts),
        "affected_departments": list(departments),
        "review_mode": "书面论证",
        "review_focus": "离线数据的安全与完整",
    }


def call_experts(case: Case, experts: tuple[str, ...] = EXPERTS[:3], **more: Any) -> Case:
    """组织论证 with these experts."""
    return case.do("组织论证", "开始论证", by="何静", **panel(case, experts, **more))


def vote(case: Case, **acts: str) -> Case:
    """Each expert named votes."""
    for name, act in acts.items():
        case.do("专家论证", act, by=name, **VOTE)
    return case


def no_objection(case: Case, by: str = "王建国") -> Case:
    """A department has nothing against it."""
    return case.do("部门意见", "提交意见", by=by, position="无异议")


def pass_review(case: Case) -> Case:
    """Two of three experts and the one department agree."""
    return no_objection(vote(call_experts(case), 张伟民="同意", 冯博="同意"))


def pass_review_of_five(case: Case) -> Case:
    """Four of five experts and the one department agree."""
    call_experts(case, EXPERTS)
    return no_objection(vote(case, 张伟民="同意", 冯博="同意", 何远="同意", 吴志强="同意"))


def order(case: Case, implementer: str = "钱程", verifier: str = "钟晓燕", days: int = 10) -> Case:
    """下达实施令."""
    accounts = case.stage.organisation.accounts
    return case.do(
        "下达实施令",
        "下达",
        by="何静",
        implementer=accounts[implementer],
        verifier=accounts[verifier],
        window="每周六 00:00–06:00",
        implement_days=days,
        order_requirements="实施前备份，分两批更新，保留旧版本。",
    )


def approved_minor(stage: Stage, **changes: Any) -> Case:
    """A minor change with its order issued: 实施 is open."""
    case = find_necessary(propose(stage, **changes))
    case.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    return order(case)
