"""What the platform does in 违规处理 (第4.1.1、4.1.3、4.3.2条): the decision, limits of accounts, the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

SUSPEND = "停用账号"


def issue_decision(
    context: Any,
    *,
    person: str,
    facts: str,
    grade: str,
    measure: str,
    votes: Mapping[str, Any],
    appeal_days: int,
    statement: str | None = None,
    basis: str | None = None,
) -> dict[str, Any]:
    """处理决定编号、归档，送达当事人。

    person: 当事人账号
    facts: 查明的事实
    grade: 级别
    measure: 处理措施
    votes: 委员会表决结果
    appeal_days: 可以申诉的工作日数
    statement: 陈述和申辩
    basis: 依据
    返回 decision: 处理决定的编号和文件
    """
    sections = [
        {"heading": "查明的事实", "text": facts},
        {"heading": "陈述和申辩", "text": statement or "到期没有提出。"},
        {"heading": "依据", "text": basis or "平台使用规定"},
        {"heading": "级别和措施", "text": f"{grade}；{measure}"},
        {"heading": "表决", "text": f"委员 {votes['total']} 人，同意 {votes['agree']} 人，须 {votes['needed']} 人。"},
        {"heading": "申诉", "text": f"不服的，送达后 {appeal_days} 个工作日内可以申诉。"},
    ]
    document = context.documents.issue("WGJD", "违规处理决定", sections)
    _tell(context, [person], f"违规处理决定 {document['number']} 已送达，{appeal_days} 个工作日内可以申诉。")
    return {"decision": document}


def close_without(context: Any, *, notify: list[str | None]) -> dict[str, Any]:
    """委员会没有通过，不予处理，告知有关人员。

    notify: 要通知的人员账号
    返回 violation_outcome: 结果
    """
    _tell(context, notify, "委员会没有通过处理措施，本案不予处理。")
    return {"violation_outcome": "不予处理"}


def revoke(context: Any, *, decision: Mapping[str, Any], notify: list[str | None]) -> dict[str, Any]:
    """申诉成立，撤销处理决定，告知有关人员。

    decision: 处理决定
    notify: 要通知的人员账号
    返回 violation_outcome: 结果
    """
    _tell(context, notify, f"违规处理决定 {decision['number']} 经复核撤销。")
    return {"violation_outcome": "已撤销"}


def apply_measure(context: Any, *, person: str, measure: str, days: int, decision: Mapping[str, Any]) -> dict[str, Any]:
    """停用账号的直接执行，到期自动恢复；其他措施不动账号。

    person: 当事人账号
    measure: 处理措施
    days: 停用的自然日数
    decision: 处理决定
    返回 applied: 是否已由平台执行
    """
    reason = f"违规处理决定 {decision['number']}：{measure}"
    if measure == SUSPEND:
        context.accounts.suspend(person, reason, context.now + timedelta(days=int(days)))
    return {"applied": measure == SUSPEND}


def archive(
    context: Any,
    *,
    decision: Mapping[str, Any],
    measure: str,
    applied: bool,
    notify: list[str | None],
    note: str | None = None,
) -> dict[str, Any]:
    """处理过程归档，告知有关人员。

    decision: 处理决定
    measure: 执行的措施
    applied: 是否由平台执行
    notify: 要通知的人员账号
    note: 人工执行的情况
    返回 violation_outcome: 结果
    """
    done = "由平台执行" if applied else note or ""
    sections = [
        {"heading": "处理决定", "text": str(decision["number"])},
        {"heading": "执行的措施", "text": f"{measure}。{done}"},
    ]
    context.documents.issue("WGJD", "违规处理执行记录", sections, number=False)
    _tell(context, notify, f"违规处理决定 {decision['number']} 已执行并归档。")
    return {"violation_outcome": measure}


def _tell(context: Any, accounts: Iterable[str | None], text: str) -> None:
    context.notify.send([account for account in dict.fromkeys(accounts) if account], text)
