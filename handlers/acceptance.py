"""What the platform itself does in 项目验收 (第2.3.1条): who may judge, the certificate, the result in the project."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")
HANDS_IN_CHANGES = (
    "department_approval",
    "platform_approval",
    "executive_approval",
    "issue_order",
    "implement",
    "settle_baseline",
)
"""Steps of 项目变更审批 by which somebody has approved or implemented a change."""


def tell_not_admitted(context: Any, *, applicant: str, project_name: str, reason: str) -> dict[str, Any]:
    """把不受理的理由告知申请人。

    applicant: 申请人账号
    project_name: 项目名称
    reason: 不受理的理由，间隔未满的写明可以申请的日期
    """
    context.notify.send([applicant], f"“{project_name}”的验收申请不受理：{reason}。")
    return {}


def find_candidates(
    context: Any,
    *,
    project: str,
    applicant: str,
    unavailable: list[dict[str, str]],
    members_min: Decimal | int,
    experts_min: Decimal | int,
) -> dict[str, Any]:
    """列出可以进入验收组的人，排除应当回避的人。

    project: 项目编号
    applicant: 申请人账号
    unavailable: 声明回避或逾期未确认的人 [{person, why}]
    members_min: 全组最少人数
    experts_min: 专家最少人数
    返回 candidates: 可选人员 staff_options、expert_options，人数 staff、experts，被排除的人 excluded，是否够 enough
    """
    reasons = {one["account"]: "承建单位人员" for one in context.people.of_role("contractor")}
    reasons[applicant] = "申请人"
    reasons |= dict.fromkeys(context.projects.involved(project, HANDS_IN_CHANGES), "批准或实施过本项目变更")
    reasons |= {one["person"]: one["why"] for one in unavailable}
    experts = context.people.of_role("experts")
    known = {one["account"] for one in experts}
    staff = [one for one in context.people.of_role("staff") if one["account"] not in known]
    excluded = [f"{one['name']}（{reasons[one['account']]}）" for one in staff + experts if one["account"] in reasons]
    staff, experts = ([one for one in group if one["account"] not in reasons] for group in (staff, experts))
    enough = len(experts) >= experts_min and bool(staff) and len(staff) + len(experts) >= members_min
    return {
        "candidates": {
            "staff_options": [_option(one) for one in staff],
            "expert_options": [_option(one) for one in experts],
            "staff": len(staff),
            "experts": len(experts),
            "excluded": excluded,
            "enough": enough,
        }
    }


def certify(
    context: Any,
    *,
    project: str,
    project_kind: str,
    result: str,
    application: dict[str, Any],
    group: dict[str, Any],
    reviews: list[dict[str, Any]],
    scores: dict[str, Any],
    ballot: dict[str, Any],
    rechecks: list[dict[str, Any]],
    notify: list[str],
) -> dict[str, Any]:
    """登记项目已验收，签发编号的验收证书并归档，告知有关人员。

    project: 项目编号
    project_kind: 项目类型
    result: 验收结果，通过或整改后通过
    application: 申请内容（完工日期、试运行天数、完成情况、自检结论、资料）
    group: 验收组（members、leader）
    reviews: 四项评审（aspect、reviewer、items、score、summary）
    scores: 各项得分和综合得分
    ballot: 会签结果
    rechecks: 复验过的不合格项；没有整改的为空
    notify: 要通知的人员账号
    返回 certificate: 验收证书编号
    返回 result: 验收结果
    错误 ALREADY_ACCEPTED: 项目已由另一件验收，没有签发
    """
    facts = context.projects.facts(project)
    if facts is None or facts.get("accepted_on") is not None:
        context.error("ALREADY_ACCEPTED", "项目已由另一件验收，本件不另发证书。")
    number = f"YSZS-{context.case['number']}"
    context.projects.accept(project, result=result, on=_today(context.now), certificate=number)
    owners = [one["account"] for one in context.people.of_role("platform")]
    told = list(dict.fromkeys([*notify, *owners]))
    context.notify.send(told, f"“{facts['name']}”验收{result}，验收证书 {number} 已归档。")
    return {"certificate": number, "result": result}


def record_failure(
    context: Any, *, project: str, cause: str, waiting_days: Decimal | int, notify: list[str]
) -> dict[str, Any]:
    """登记项目验收未通过和可以再次申请的日期，告知有关人员。

    project: 项目编号
    cause: 未通过的事由
    waiting_days: 多少个日历天之后可以再次申请
    notify: 要通知的人员账号
    返回 again_from: 可以再次申请的日期
    """
    again_from = _today(context.now) + timedelta(days=int(waiting_days))
    facts = context.projects.fail_acceptance(project, again_from=again_from) or context.projects.facts(project)
    text = f"“{facts['name']}”验收不通过（{cause}），{again_from} 起可以再次申请。"
    context.notify.send(list(dict.fromkeys(notify)), text)
    return {"again_from": again_from}


def _option(person: dict[str, Any]) -> dict[str, str]:
    return {"value": person["account"], "label": f"{person['name']}（{person['department']}）"}


def _today(now: datetime) -> Any:
    return now.astimezone(HERE).date()
