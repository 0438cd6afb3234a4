"""The page of a case: where it stands, why, and how it came there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.casework.recall import recall_problem
from engine.casework.withdrawal import withdrawal_start
from engine.i18n import N_, _
from engine.jsondata import load
from engine.models import Definition, Instance, InstanceState, TaskState
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.casefile import CaseFile, FormDataView, sheet
from engine.queries.files import case_files
from engine.queries.marks import marks
from engine.queries.shared import visible_instance
from engine.queries.timeline import History, execution_of, read_history, timeline
from engine.queries.values import FileView, PersonRef, Sheet, StepView, WhyView
from engine.queries.why import why_sentences
from engine.regulation import clause_numbers


@dataclass(frozen=True)
class LogRow:
    """One entry of 操作日志; `hash` is its link in the chain."""

    at: datetime
    actor: str
    text: str
    node: str
    seq: int
    hash: str


@dataclass(frozen=True)
class CasePage:
    """Everything the case page shows."""

    instance_id: int
    revision: int
    number: str
    title: str
    tag: str
    state: str
    outcome: str
    procedure: str
    key: str
    version: int
    deployed_at: datetime
    definition_id: int
    clauses: list[str]
    starter: PersonRef
    started_at: datetime
    ended_at: datetime | None
    used: str
    why: WhyView | None
    timeline: list[StepView]
    key_data: list[tuple[str, str]]
    forms: list[FormDataView]
    files: list[FileView]
    log: list[LogRow]
    can_urge: bool
    can_withdraw: bool
    withdraw_label: str
    recall_task_id: int | None
    my_task_id: int | None
    sheet: Sheet


def case_page(platform: Platform, actor: Actor, instance_id: int) -> CasePage:
    """The case, if this person may read it; else `NotFound`."""
    with platform.database.read() as session:
        instance = visible_instance(session, actor, instance_id)
        history = _history(platform, session, instance)
        case = CaseFile(session, history)
        files = case_files(session, instance.id)
        running = instance.state == InstanceState.RUNNING
        withdrawal = withdrawal_start(execution_of(platform, session, history)) if running else None
        open_tasks = [t for t in history.tasks if t.state == TaskState.OPEN]
        clauses = clause_numbers(history.deployed.process.clauses)
        deployed_at = session.scalar(select(Definition.created_at).where(Definition.id == instance.definition_id))
        starter = instance.starter_id == actor.id
        others = any(t.assignee_id != actor.id for t in open_tasks)
        assert deployed_at is not None
        return CasePage(
            instance_id=instance.id,
            revision=instance.revision,
            number=instance.number,
            title=instance.title,
            tag=instance.tag,
            state=instance.state,
            outcome=instance.outcome,
            procedure=history.deployed.name,
            key=instance.key,
            version=history.deployed.version,
            deployed_at=deployed_at,
            definition_id=instance.definition_id,
            clauses=clauses,
            starter=history.names[instance.starter_id],
            started_at=instance.started_at,
            ended_at=instance.ended_at,
            used=_used(platform, instance),
            why=why_sentences(platform, session, [instance.id]).get(instance.id),
            timeline=timeline(history),
            key_data=case.key_data(),
            forms=case.forms(),
            files=files,
            log=_log(history),
            can_urge=running and others and (starter or actor.can(Permission.SEE_ALL_CASES)),
            can_withdraw=starter and withdrawal is not None,
            withdraw_label=_("撤销"),
            recall_task_id=_recallable(platform, session, history, actor) if running else None,
            my_task_id=next((t.id for t in open_tasks if t.assignee_id == actor.id), None),
            sheet=sheet(history, case, [file.name for file in files], clauses),
        )


def case_marks(platform: Platform, actor: Actor, instance_id: int) -> dict[str, Any]:
    """Marks of the live diagram."""
    with platform.database.read() as session:
        instance = visible_instance(session, actor, instance_id)
        history = _history(platform, session, instance)
        live: list[str] = []
        if instance.state == InstanceState.RUNNING:
            execution = execution_of(platform, session, history)
            live = list(dict.fromkeys(node_id for node_id, _token in execution.live_tokens()))
        return marks(history, live)


def case_diagram(platform: Platform, actor: Actor, instance_id: int) -> bytes:
    """The BPMN file the case runs on."""
    with platform.database.read() as session:
        instance = visible_instance(session, actor, instance_id)
        return platform.deployments.get(session, instance.definition_id).bpmn_xml


def _history(platform: Platform, session: Session, instance: Instance) -> History:
    deployed = platform.deployments.get(session, instance.definition_id)
    return read_history(session, deployed, instance, platform.clock.now())


def _used(platform: Platform, instance: Instance) -> str:
    end = instance.ended_at or platform.clock.now()
    days = platform.calendar.working_days_between(instance.started_at, end)
    if instance.ended_at:
        return _("用时 {n} 个工作日", n=days) if days else _("当天办结")
    return _("已用 {n} 个工作日", n=days) if days else _("今天发起")


def _recallable(platform: Platform, session: Session, history: History, actor: Actor) -> int | None:
    done = [t for t in history.tasks if t.state == TaskState.COMPLETED and t.completed_by == actor.id]
    if not done:
        return None
    task = done[-1]
    node = history.deployed.process.nodes[task.node_id]
    problem = recall_problem(task, history.tasks, node, lambda: execution_of(platform, session, history))
    return None if problem else task.id


_LOG_TEXTS = {
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
    "deadline_passed": N_("已到期，提醒并上报"),
    "message_received": N_("收到消息：{message}"),
    "returned": N_("退回"),
    "case_ended": N_("流程结束"),
    "deadlines_recomputed": N_("放假安排公布，重新推算到期时间"),
    "activity_started": N_("环节开始"),
    "activity_cancelled": N_("环节取消"),
}


def _log(history: History) -> list[LogRow]:
    rows = []
    for event in reversed(history.events):
        template = _LOG_TEXTS.get(event.kind)
        if template is None:
            continue
        if event.payload is None and "{" in template:
            template = N_("（内容已依法删除）")
        data = {"name": "", "act": "", "explanation": "", "topic": "", "message": "", **load(event.payload)}
        node = history.deployed.process.nodes.get(event.node_id)
        actor = str(history.names[event.actor_id]) if event.actor_id else _("平台")
        rows.append(LogRow(event.at, actor, _fill(template, data), node.name if node else "", event.seq, event.hash))
    return rows


def _fill(template: str, data: dict[str, Any]) -> str:
    try:
        return _(template, **data)
    except (KeyError, IndexError):  # the payload was erased
        return _("（内容已依法删除）")
