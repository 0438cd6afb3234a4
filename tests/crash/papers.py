"""What people fill in, step by step, to bring a change to its end: the act and the form of each user task."""

from __future__ import annotations

from typing import Any

from tests.workflows.change_approval.papers import NIGHT_MODE

LARGER: dict[str, Any] = {
    **NIGHT_MODE,
    "change_title": "执法终端更换定位模块",
    "cost_change": 30,
    "schedule_change": 10,
}

_APPROVAL = {"approved_end_date": "2027-04-04", "window": "每周六 00:00–06:00", "agreement": "不需要"}

STEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "review_necessity": (
        "approve",
        {"necessity_basis": ["业务需求变化"], "contract_scope": "合同范围内", "overlaps": "不重复"},
    ),
    "form_panel": (
        "submit",
        {
            "panel": ["zhangweimin", "fengbo", "heyuan"],
            "affected_departments": ["finance", "information"],
            "panel_size": 3,
            "review_mode": "书面论证",
            "review_focus": "技术路线、费用测算和对在办业务的影响。",
        },
    ),
    "expert_review": (
        "agree",
        {"feasibility": "可行", "cost_judgement": "合理", "risk_judgement": "可控", "no_conflict": True},
    ),
    "department_opinion": ("submit", {"position": "无异议"}),
    "department_approval": ("department_approved", _APPROVAL),
    "platform_approval": ("platform_approved", _APPROVAL),
    "issue_order": (
        "submit",
        {
            "implementer": "qiancheng",
            "verifier": "zhongxiaoyan",
            "window": "每周六 00:00–06:00",
            "implement_days": 10,
            "order_requirements": "实施前备份，分两批更新，保留旧版本。",
        },
    ),
    "implement": (
        "submit",
        {
            "work_done": "已在全部终端安装并完成抽测，记录已归档。",
            "actual_cost": 2,
            "deviation": "一致",
            "backup_kept": "已备份",
        },
    ),
    "verify": (
        "pass",
        {
            "function_result": "一致",
            "operation_result": "无影响",
            "data_result": "正确",
            "verification_evidence": "按用例逐项复核，抽查 30 条数据，结果一致。",
        },
    ),
    "settle_baseline": (
        "confirm",
        {
            "baseline_end_date": "2027-04-04",
            "conflict_checked": "相容",
            "baseline_scope": "配发移动执法终端 320 台，安装现场笔录、影像采集与定位软件。",
        },
    ),
}


def act_at(node_id: str, today: str, cost: int) -> tuple[str, dict[str, Any]]:
    """The act and form of a step; `today` as ISO date, `cost` what the case asked for, in 万元."""
    action, data = STEPS[node_id]
    if node_id.endswith("_approval"):
        data = {**data, "approved_cost": cost}
    elif node_id == "implement":
        data = {**data, "finished_on": today}
    elif node_id == "verify":
        data = {**data, "verified_on": today}
    return action, data
