"""Filled-in forms of 应急处置, and the ways through it that many scenarios share."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine.clock import LOCAL
from tests.workflows.case import Case
from tests.workflows.stage import Stage

KEY = "emergency_response"
OTHER = "其他网络运营者"
INFRASTRUCTURE = "关键信息基础设施"
STATE = "中央和国家机关及其直属单位"
SITUATION = {"situation": "登录服务不可用，正在排查是否有数据外泄。", "measures_taken": "已断开外网，保全日志。"}
DONE = {"contain_done": "已隔离两台服务器并保全日志。", "contain_effect": "已控制"}
RECOVERY = {"recover_steps": "重装系统并从备份恢复数据。", "recover_data": "已找回"}
SUMMARY: dict[str, Any] = {
    "cause": "弱口令被利用，攻击者取得一台服务器的权限。",
    "damage": "服务中断三小时，没有数据外泄。",
    "review": "预案可用，通知偏慢。",
    "lessons": "口令管理须收紧，值班通知须自动化。",
    "plan_revision": "不需要",
}
MEASURES = [
    {"problem": "弱口令没有定期清查", "department": "security", "severity": "较大"},
    {"problem": "值班通知靠人工转达", "department": "platform", "severity": "一般"},
]


def ago(stage: Stage, **span: float) -> str:
    """A moment before now, as the browser sends it."""
    return minute(stage.clock.now() - timedelta(**span))


def minute(moment: datetime) -> str:
    """A moment as the browser sends it."""
    return moment.astimezone(LOCAL).replace(second=0, microsecond=0).isoformat()


def report(stage: Stage, by: str = "陈思远", **changes: Any) -> Case:
    """Somebody reports: three fields."""
    three = {"what": "案件系统打不开，页面提示文件被加密。", "impact": "核心功能中断"}
    return Case(stage, KEY, by, **{**three, "discovered_at": ago(stage, minutes=20), **changes})


def confirm(case: Case, level: str = "III级", operator: str = OTHER, by: str = "秦峰", step: str = "研判定级") -> Case:
    """The commander confirms a level."""
    return case.do(
        step, "启动响应", by=by, level=level, operator_kind=operator, assess_basis="已与运维组核实，影响三个部门。"
    )


def contain(case: Case) -> Case:
    """Everybody who has a duty does it."""
    people = {"ops": "刘海涛", "security": "罗成", "platform": "何静", "supervision": "沈雨桐", "executive": "林淑华"}
    for duty in case.variables["duties"]:
        case.do("先期处置", "报告处置情况", by=people[duty["role"]], **DONE)
    return case


def improvise(case: Case) -> Case:
    """No plan is in force: 临时处置方案."""
    return case.do("临时处置方案", "下达方案", by="秦峰", improvised_plan="先断网隔离，再从备份恢复，专人值守。")


def recover(case: Case, act: str = "已恢复") -> Case:
    """恢复运行 and its verification."""
    case.do("恢复运行", "报告恢复情况", by="刘海涛", **RECOVERY)
    found = {
        "recover_checked": ["服务可用", "数据完整"],
        "recovered_on": minute(case.now),
        "recover_evidence": "登录、查询、上传均正常。",
    }
    return case.do("验证恢复", act, by="何静", **found)


def tell(case: Case, step: str = "限时报告", act: str = "出具报告", by: str = "秦峰") -> Case:
    """One of the reports."""
    return case.do(step, act, by=by, **SITUATION)


def summary(**changes: Any) -> dict[str, Any]:
    """The form of 总结."""
    return {**SUMMARY, **changes}


def summarise(case: Case, **changes: Any) -> Case:
    """总结 and its approval."""
    case.do("总结", "提交总结", by="秦峰", **summary(**changes))
    return case.do("审定总结", "同意", by="高振东")
