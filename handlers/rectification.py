"""What the platform does in 问题整改 (第4.3.2条): notices, reminders, the new deadline, the report at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def issue_notice(
    context: Any,
    *,
    problem: str,
    basis: str | None,
    department: str,
    due: date,
    notify: list[str | None],
    evidence: str | None = None,
    severity: str | None = None,
    source: str | None = None,
) -> dict[str, Any]:
    """编号、归档整改通知，告知提出问题的人。

    problem: 问题
    basis: 依据
    department: 责任部门代码
    due: 整改期限
    notify: 要通知的人员账号
    evidence: 证据
    severity: 严重程度
    source: 来源
    返回 notice: 通知的编号、文件、下达日期和整改期限
    """
    sections = [
        {"heading": "问题", "text": problem},
        {"heading": "证据", "text": evidence or "见附件。"},
        {"heading": "依据", "text": basis or "平台管理办法第 4.3.2 条"},
        {"heading": "要求", "text": f"{severity or '一般'}问题，{_day(due)} 前整改并报送证据。不服的可以申诉。"},
        {"heading": "来源", "text": source or context.case["number"]},
    ]
    document = context.documents.issue("ZGTZ", "整改通知", sections)
    _tell(context, notify, f"整改通知已下达，期限 {_day(due)}：{_short(problem)}")
    return {"notice": {**document, "department": department, "issued_on": context.now.date(), "due": due}}


def revoke(context: Any, *, notice: Mapping[str, Any], problem: str, notify: list[str | None]) -> dict[str, Any]:
    """申诉成立，撤销整改通知，告知有关人员。

    notice: 原整改通知
    problem: 问题
    notify: 要通知的人员账号
    返回 rectification_outcome: 交回调用流程的结果，closed
    返回 rectification_report: 整改报告，结论为申诉成立
    """
    _tell(context, notify, f"申诉成立，整改通知已撤销：{_short(problem)}")
    report = {
        "case": context.case["number"],
        "notice": dict(notice),
        "problem": problem,
        "conclusion": "申诉成立，撤销",
    }
    return {"rectification_outcome": "closed", "rectification_report": report}


def remind(context: Any, *, problem: str, due: date, notify: list[str | None]) -> dict[str, Any]:
    """提醒责任人整改将到期。

    problem: 问题
    due: 整改期限
    notify: 要通知的人员账号
    """
    _tell(context, notify, f"整改将于 {_day(due)} 到期，请抓紧；不能按期完成的请申请延期：{_short(problem)}")
    return {}


def extend(
    context: Any,
    *,
    due: date,
    new_due: date,
    extensions: list[dict[str, Any]] | None,
    approved_by: str,
    reason: str,
    notify: list[str | None],
) -> dict[str, Any]:
    """把整改期限顺延到新的日期，记下这一次延期，告知责任人。

    due: 原期限
    new_due: 新期限
    extensions: 以前批准的延期
    approved_by: 批准人账号
    reason: 延期理由
    notify: 要通知的人员账号
    返回 due: 新期限
    返回 extensions: 全部批准的延期
    """
    granted = {"from": due, "to": new_due, "by": approved_by, "reason": reason}
    _tell(context, notify, f"整改期限由 {_day(due)} 延至 {_day(new_due)}。")
    return {"due": new_due, "extensions": [*(extensions or []), granted]}


def close(
    context: Any,
    *,
    problem: str,
    rounds: int,
    notice: Mapping[str, Any],
    facts: Mapping[str, Any],
    verified_by: str,
    notify: list[str | None],
) -> dict[str, Any]:
    """整改合格：写出整改报告，告知有关人员。

    problem: 问题
    rounds: 第几轮合格
    notice: 整改通知
    facts: 报告里的各项内容
    verified_by: 复查人账号
    notify: 要通知的人员账号
    返回 rectification_outcome: 交回调用流程的结果，closed
    返回 rectification_report: 整改报告
    """
    _tell(context, notify, f"整改经第 {rounds} 轮复查合格，已办结：{_short(problem)}")
    rows = [["项目", "内容"], *([name, _said(value)] for name, value in facts.items())]
    sections = [
        {"heading": "问题", "text": problem},
        {"heading": "整改和复查", "table": rows},
        {"heading": "结论", "text": f"第 {rounds} 轮复查合格。"},
    ]
    document = context.documents.issue("ZGTZ", "整改报告", sections, number=False)
    report = {
        "case": context.case["number"],
        "notice": dict(notice),
        "document": document,
        "problem": problem,
        "conclusion": "整改合格",
        "rounds": rounds,
        "verified_by": verified_by,
        "closed_on": context.now.date(),
        **facts,
    }
    return {"rectification_outcome": "closed", "rectification_report": report}


def hand_over(
    context: Any,
    *,
    problem: str,
    rounds: int,
    notice: Mapping[str, Any],
    reason: str,
    due: date,
    notify: list[str | None],
    findings: str | None = None,
) -> dict[str, Any]:
    """整改转为违规处理：写明事由，告知有关人员。

    problem: 问题
    rounds: 到第几轮
    notice: 整改通知
    reason: 移交事由
    due: 当时的整改期限
    notify: 要通知的人员账号
    findings: 最后一次复查的情况
    返回 rectification_outcome: 交回调用流程的结果，handed_over
    返回 rectification_report: 整改报告
    返回 facts: 移交违规处理的事实
    """
    facts = f"整改通知 {notice['number']} 要求 {_day(due)} 前整改“{_short(problem)}”，到第 {rounds} 轮，{reason}。"
    if findings:
        facts += f"复查情况：{findings}"
    _tell(context, notify, f"整改因{reason}移交违规处理：{_short(problem)}")
    report = {
        "case": context.case["number"],
        "notice": dict(notice),
        "problem": problem,
        "conclusion": f"{reason}，移交违规处理",
        "rounds": rounds,
    }
    return {"rectification_outcome": "handed_over", "rectification_report": report, "facts": facts}


def _tell(context: Any, accounts: Iterable[str | None], text: str) -> None:
    context.notify.send([account for account in dict.fromkeys(accounts) if account], text)


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _said(value: Any) -> str:
    return _day(value) if isinstance(value, date) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
