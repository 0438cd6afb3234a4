"""What the platform itself does in 应急处置 (第5.3.3条): times, notices, reports and the summary.

`drill` says that it is a drill: only those who take part are told, documents are marked 演练 and take no number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

COMMAND = "emergency"
EXECUTIVE = "executive"
BEIJING = timezone(timedelta(hours=8))


def register(
    context: Any, *, discovered_at: datetime | None, phoned_at: datetime | None, drill: bool | None
) -> dict[str, Any]:
    """分别记下事件的发现时间和报告时间。

    discovered_at: 发现时间；其他流程转来而没有写明的，以转来之时为准
    phoned_at: 事先电话报告的时间，可为空
    drill: 是否演练，可为空
    返回 discovered_at: 发现时间
    返回 reported_at: 报告时间：电话报告的时间，没有的为现在
    返回 report_delay: 从发现到报告相隔的分钟数
    返回 drill: 是否演练
    """
    reported = phoned_at or context.now
    discovered = min(discovered_at or reported, reported)
    return {
        "discovered_at": discovered,
        "reported_at": reported,
        "report_delay": _minutes(reported - discovered),
        "drill": drill is True,
    }


def answer_reporter(context: Any, *, reporter: str | None, answer: str, drill: bool) -> dict[str, Any]:
    """把研判结论告诉报告人。

    reporter: 报告人账号
    answer: 研判结论
    drill: 是否演练
    """
    if reporter:
        text = f"{_mark(drill)}你报告的事件（{context.case['number']}）经研判为{answer}，不启动应急响应。感谢报告。"
        context.notify.send([reporter], text)
    return {}


def attach_plan(context: Any) -> dict[str, Any]:
    """取现行的应急预案。

    返回 plan: 现行预案（number 编号、title 名称、version 版本）
    错误 NO_PLAN: 还没有现行的应急预案
    """
    plan = context.documents.in_force("YJYA")
    if plan is None:
        context.error("NO_PLAN", "还没有现行的应急预案，由应急指挥组先定临时处置方案。")
    return {"plan": plan}


def call_out(
    context: Any, *, level: str, what: str, duties: list[dict[str, Any]], plan: dict[str, Any] | None, drill: bool
) -> dict[str, Any]:
    """通知应急指挥组、分管领导和承担处置任务的各方。

    level: 事件级别
    what: 发生了什么
    duties: 处置分工（role、title、task）
    plan: 现行应急预案，可为空
    drill: 是否演练；演练不通知未参演的人
    返回 level_set_at: 定级的时刻
    """
    by = f"，按《{plan['title']}》（{plan['number']}）处置" if plan else "，没有现行预案，按临时处置方案处置"
    _tell(context, [duty["role"] for duty in duties], f"已启动{level}应急响应：{what}{by}。", drill)
    return {"level_set_at": context.now}


def change_level(
    context: Any,
    *,
    level: str,
    new_level: str,
    reason: str | None,
    by: str | None,
    changes: list[dict[str, Any]],
    duties: list[dict[str, Any]],
    reporting: dict[str, Any],
) -> dict[str, Any]:
    """记下级别的调整。

    level: 原级别
    new_level: 新级别
    reason: 调整理由
    by: 谁调整的（账号）；其他流程要求调整的可为空
    changes: 以前的调整
    duties: 原来的分工
    reporting: 原来的报告要求
    返回 level: 现在的级别
    返回 level_changes: 全部调整（at 时间、before 原级别、after 新级别、reason 理由、by 何人）
    返回 level_set_at: 调整的时刻
    返回 prior_roles: 调整前已有任务的角色
    返回 was_required: 调整前是否须报告
    """
    change = {"at": context.now, "before": level, "after": new_level, "reason": reason or "", "by": by or ""}
    return {
        "level": new_level,
        "level_changes": [*changes, change],
        "level_set_at": context.now,
        "prior_roles": [duty["role"] for duty in duties],
        "was_required": reporting["required"],
    }


def tell_change(
    context: Any, *, changes: list[dict[str, Any]], duties: list[dict[str, Any]], drill: bool
) -> dict[str, Any]:
    """通知各方事件级别已经调整。

    changes: 级别调整记录，最后一条为本次
    duties: 现在的分工
    drill: 是否演练
    """
    last = changes[-1]
    text = f"事件级别由{last['before']}调整为{last['after']}：{last['reason']} 时限、报告要求和分工已重新核定。"
    _tell(context, [duty["role"] for duty in duties], text, drill)
    return {}


def tell_late(context: Any, *, what: str, drill: bool) -> dict[str, Any]:
    """告知分管领导和应急指挥组某件事已经逾期。

    what: 逾期的事
    drill: 是否演练；演练只告知应急指挥组
    """
    _tell(context, [], f"{what}已超过规定时限，请立即督促。", drill)
    return {}


def issue_report(
    context: Any,
    *,
    kind: str,
    what: str,
    level: str,
    place: str | None,
    impact: str | None,
    discovered_at: datetime,
    reported_at: datetime,
    situation: str,
    measures: str,
    ask: str | None,
    recipient: str,
    due: datetime | None,
    reports: list[dict[str, Any]],
    plan: dict[str, Any] | None,
    drill: bool,
) -> dict[str, Any]:
    """按本案内容出具事件报告（DOCX、PDF），记下是否逾期。

    kind: 首报、续报或转报
    what: 发生了什么
    level: 事件级别
    place: 受影响的系统或部位
    impact: 影响程度
    discovered_at: 发现时间
    reported_at: 内部报告时间
    situation: 目前情况
    measures: 已采取的措施
    ask: 需要的支援
    recipient: 报告给谁
    due: 到期时刻
    reports: 以前的报告
    plan: 现行应急预案，可为空
    drill: 是否演练
    返回 reports: 全部报告（kind、at 出具时间、due 到期时刻、late_minutes 逾期分钟数、number 编号、recipient）
    """
    late = max(0, _minutes(context.now - due)) if due is not None else 0
    title = f"{_mark(drill)}网络安全事件{kind}"
    facts = [
        ["项目", "内容"],
        ["案件编号", context.case["number"]],
        ["报告给", recipient],
        ["事件级别", level],
        ["受影响的系统或部位", place or "正在核实"],
        ["影响程度", impact or "正在核实"],
        ["发现时间", _clock(discovered_at)],
        ["内部报告时间", _clock(reported_at)],
        ["本次报告时间", _clock(context.now)],
        ["报告时限", _clock(due) if due is not None else "—"],
        ["是否逾期", f"逾期 {late} 分钟" if late else "按时"],
        ["执行的预案", f"{plan['title']}（{plan['number']}）" if plan else "临时处置方案"],
    ]
    sections = [
        {"heading": "一、基本情况", "table": facts},
        {"heading": "二、事件经过", "text": what},
        {"heading": "三、目前情况", "text": situation},
        {"heading": "四、已采取的措施", "text": measures},
        {"heading": "五、需要的支援", "text": ask or "暂无。"},
    ]
    issued = context.documents.issue("YJBG", title, sections, number=not drill)
    made = {"kind": kind, "at": context.now, "due": due, "late_minutes": late, "number": issued["number"]}
    return {"reports": [*reports, {**made, "recipient": recipient}]}


def issue_summary(
    context: Any,
    *,
    what: str,
    level: str,
    place: str | None,
    discovered_at: datetime,
    reported_at: datetime,
    recovered_on: datetime,
    report_delay: int,
    cause: str,
    damage: str,
    review: str,
    lessons: str,
    measures: list[dict[str, Any]] | None,
    level_changes: list[dict[str, Any]],
    containment: list[dict[str, Any]],
    reports: list[dict[str, Any]],
    plan: dict[str, Any] | None,
    drill: bool,
) -> dict[str, Any]:
    """按本案内容出具总结报告（DOCX、PDF）。

    what: 发生了什么
    level: 最后的事件级别
    place: 受影响的系统或部位
    discovered_at: 发现时间
    reported_at: 内部报告时间
    recovered_on: 恢复时间
    report_delay: 从发现到内部报告的分钟数
    cause: 事件原因
    damage: 影响和损失
    review: 处置评价
    lessons: 经验教训
    measures: 改进措施
    level_changes: 级别调整记录
    containment: 各方先期处置
    reports: 已出具的报告
    plan: 现行应急预案，可为空
    drill: 是否演练
    返回 report: 总结报告文书
    """
    facts = [
        ["项目", "内容"],
        ["案件编号", context.case["number"]],
        ["事件级别", level],
        ["受影响的系统或部位", place or "—"],
        ["发现时间", _clock(discovered_at)],
        ["内部报告时间", f"{_clock(reported_at)}（发现后 {report_delay} 分钟）"],
        ["恢复时间", _clock(recovered_on)],
        ["从发现到恢复", f"{_minutes(recovered_on - discovered_at)} 分钟"],
        ["执行的预案", f"{plan['title']}（{plan['number']}）" if plan else "临时处置方案"],
    ]
    sections: list[dict[str, Any]] = [
        {"heading": "一、基本情况", "table": facts},
        {"heading": "二、事件经过", "text": what},
        {"heading": "三、级别调整", "table": _table(["时间", "调整", "理由"], _changes(level_changes))},
        {"heading": "四、先期处置", "table": _table(["任务", "情况"], _done(containment))},
        {"heading": "五、法定报告", "table": _table(["报告", "时间", "报告给", "逾期"], _reports(reports))},
        {"heading": "六、事件原因", "text": cause},
        {"heading": "七、影响和损失", "text": damage},
        {"heading": "八、处置评价", "text": review},
        {"heading": "九、经验教训", "text": lessons},
        {"heading": "十、改进措施", "table": _table(["问题", "责任部门", "严重程度"], _measures(measures))},
    ]
    title = f"{_mark(drill)}网络安全事件总结报告"
    return {"report": context.documents.issue("YJBG", title, sections, number=not drill)}


# ---------------------------------------------------------------- within


def _tell(context: Any, roles: Iterable[str], text: str, drill: bool) -> None:
    """Everybody in these groups and in command; the executives, too, unless it is a drill."""
    groups = [COMMAND, *roles] if drill else [COMMAND, EXECUTIVE, *roles]
    found = [one["account"] for role in dict.fromkeys(groups) for one in context.people.of_role(role)]
    context.notify.send(list(dict.fromkeys(found)), f"{_mark(drill)}{context.case['title'][:60]}：{text}")


def _mark(drill: bool) -> str:
    return "【演练】" if drill else ""


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def _table(head: list[str], rows: list[list[str]]) -> list[list[str]]:
    """The rows under their headings; one that says so where there are none."""
    return [head, *(rows or [["无", *([""] * (len(head) - 1))]])]


def _changes(changes: list[dict[str, Any]]) -> list[list[str]]:
    return [[_clock(one["at"]), f"{one['before']} → {one['after']}", one["reason"]] for one in changes]


def _done(containment: list[dict[str, Any]]) -> list[list[str]]:
    return [[one["title"], one["done"]] for one in containment]


def _reports(reports: list[dict[str, Any]]) -> list[list[str]]:
    return [
        [
            one["kind"],
            _clock(one["at"]),
            one["recipient"],
            f"{one['late_minutes']} 分钟" if one["late_minutes"] else "否",
        ]
        for one in reports
    ]


def _measures(measures: list[dict[str, Any]] | None) -> list[list[str]]:
    return [[one["problem"], one["department"], one["severity"]] for one in measures or []]
