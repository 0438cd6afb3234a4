"""What the platform itself does in 项目验收 (第2.3.1条): who may judge, the certificate, the result in the project."""

from __future__ import annotations

from datetime import date, datetime, timedelta
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


def put_forward(context: Any, *, project: str) -> dict[str, Any]:
    """登记本件为该项目在办的验收申请；已有另一件在办的不登记，交受理条件判断。

    project: 项目编号
    返回 other_application: 在办的另一件验收申请的编号，没有的为空
    """
    return {"other_application": context.projects.put_forward(project)}


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
    today = _today(context.now)
    names = {one["account"]: one["name"] for role in ("staff", "experts") for one in context.people.of_role(role)}
    papers = _certificate(
        facts, project_kind, result, today, application, group, reviews, scores, ballot, rechecks, names
    )
    number = context.documents.issue("YSZS", f"{facts['name']}验收证书", papers)["number"]
    context.projects.accept(project, result=result, on=today, certificate=number)
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


def _certificate(
    facts: dict[str, Any],
    project_kind: str,
    result: str,
    today: date,
    application: dict[str, Any],
    group: dict[str, Any],
    reviews: list[dict[str, Any]],
    scores: dict[str, Any],
    ballot: dict[str, Any],
    rechecks: list[dict[str, Any]],
    names: dict[str, str],
) -> list[dict[str, Any]]:
    """The sections of the certificate."""
    members = [names.get(account, account) for account in group["members"]]
    rows = [["评审项", "评审人", "内容", "发现", "证据", "得分"]]
    for review in reviews:
        who = names.get(review["reviewer"], review["reviewer"])
        rows += [[review["aspect"], who, row["subject"], *_judged(row)] for row in review["items"]]
    sections: list[dict[str, Any]] = [
        {
            "heading": "项目概况",
            "table": [
                ["事项", "内容"],
                ["项目", f"{facts['name']}（{facts['code']}）"],
                ["项目类型", project_kind],
                ["合同额", f"{facts['contract_amount']} 万元"],
                ["建设范围", facts["scope"]],
                ["完工日期", _text(application["completed_on"])],
                ["试运行", f"{_text(application['trial_days'])} 天"],
                ["提交资料", "、".join(application["documents"])],
            ],
        },
        {"heading": "验收组", "text": f"组长：{members[0]}；组员：{'、'.join(members[1:])}。"},
        {"heading": "评审情况", "table": rows},
        {
            "heading": "得分",
            "text": f"功能 {_text(scores['functional'])}，性能 {_text(scores['performance'])}，"
            f"安全 {_text(scores['security'])}，可靠性 {_text(scores['reliability'])}；综合 {_text(scores['total'])}。",
        },
    ]
    if rechecks:
        again = [[one["aspect"], one["name"], *_judged(one)] for one in rechecks]
        sections.append({"heading": "整改复验", "table": [["评审项", "内容", "复验发现", "证据", "得分"], *again]})
    asked = f"验收组 {ballot['total']} 人，需 {ballot['needed']} 人同意"
    cast = f"同意 {ballot['agree']} 人，不同意 {ballot['oppose']} 人，弃权 {ballot['abstain']} 人"
    sections.append({"heading": "会签", "text": f"{asked}；{cast}。"})
    sections.append({"heading": "结论", "text": f"{today:%Y年%m月%d日}，验收{result}。"})
    return sections


def _judged(row: dict[str, Any]) -> list[str]:
    """What was found, on which evidence (cases of older versions did not ask for it), and the points."""
    return [row["finding"], _text(row.get("evidence")), _text(row["points"])]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _option(person: dict[str, Any]) -> dict[str, str]:
    return {"value": person["account"], "label": f"{person['name']}（{person['department']}）"}


def _today(now: datetime) -> date:
    return now.astimezone(HERE).date()
