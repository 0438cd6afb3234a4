"""操作日志: the entries of a case's log in words, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.i18n import N_, _
from engine.jsondata import load
from engine.queries.timeline import History


@dataclass(frozen=True)
class LogRow:
    """One entry of 操作日志; `hash` is its link in the chain."""

    at: datetime
    actor: str
    text: str
    node: str
    seq: int
    hash: str


TEXTS = {
    "case_started": N_("发起流程"),
    "task_completed": N_("办理“{name}”：{act}"),
    "task_claimed": N_("认领“{name}”"),
    "task_released": N_("把“{name}”放回待认领"),
    "task_transferred": N_("把“{name}”转办给{to}：{reason}"),
    "task_recalled": N_("撤回“{name}”"),
    "case_withdrawn": N_("撤销流程：{reason}"),
    "case_urged": N_("催办，通知 {people} 人"),
    "decision_made": N_("决策表判定：{explanation}"),
    "service_called": N_("自动处理：{topic}"),
    "error_caught": N_("处理出错，按流程图转入：{message}"),
    "reminder_due": N_("提醒即将到期"),
    "draft_handed_in": N_("时间到，自动交上“{name}”已保存的内容"),
    "deadline_passed": N_("已到期，提醒并上报"),
    "message_received": N_("收到消息：{message}"),
    "returned": N_("退回"),
    "case_ended": N_("流程结束"),
    "deadlines_recomputed": N_("放假安排公布，重新推算到期时间"),
    "activity_started": N_("环节开始"),
    "vote_counted": N_("会签计票：同意 {agree}，不同意 {oppose}，弃权 {abstain}，未表态 {silent}，需 {needed}"),
    "call_started": N_("调用流程 {key}"),
    "job_started": N_("开始自动任务：{topic}"),
    "job_failed": N_("自动任务第 {attempt} 次没有成功：{error}"),
    "incident_raised": N_("记为异常 {incident}：{error}"),
    "job_retried": N_("安排重试异常 {incident}"),
    "job_answered": N_("为异常 {incident} 填写了结果：{reason}"),
    "job_skipped": N_("跳过异常 {incident}：{reason}"),
    "job_closed": N_("异常 {incident} 标记为已处理：{reason}"),
    "message_sent": N_("发出消息：{message}"),
    "message_discarded": N_("删除没有人接收的消息 {message}：{reason}"),
    "signal_sent": N_("发出信号：{signal}"),
    "signal_received": N_("收到信号：{signal}"),
    "escalated": N_("升级处理 {code}"),
    "compensating": N_("撤销已经完成的步骤"),
    "case_suspended": N_("挂起流程：{reason}"),
    "case_resumed": N_("恢复办理：{reason}"),
    "case_terminated": N_("终止流程：{reason}"),
    "document_issued": N_("签发文书 {number}《{title}》"),
    "account_restricted": N_("限制{name}的权限：{reason}"),
    "restriction_lifted": N_("解除对{name}的权限限制"),
    "account_suspended": N_("停用{name}的账号（至 {until}）：{reason}"),
    "account_restored": N_("恢复{name}的账号"),
    "activity_cancelled": N_("环节取消"),
}


def log_rows(history: History) -> list[LogRow]:
    rows = []
    for event in reversed(history.events):
        template = TEXTS.get(event.kind)
        if template is None:
            continue
        if event.payload is None and "{" in template:
            template = N_("（内容已依法删除）")
        data = {
            "name": "",
            "act": "",
            "reason": "",
            "explanation": "",
            "topic": "",
            "message": "",
            **load(event.payload),
        }
        node = history.deployed.process.nodes.get(event.node_id)
        actor = str(history.names[event.actor_id]) if event.actor_id else _("平台")
        rows.append(LogRow(event.at, actor, _fill(template, data), node.name if node else "", event.seq, event.hash))
    return rows


def _fill(template: str, data: dict[str, Any]) -> str:
    try:
        return _(template, **data)
    except (KeyError, IndexError):  # the payload was erased
        return _("（内容已依法删除）")
