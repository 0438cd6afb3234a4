"""The page of a case: where it stands, why, and how it came there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.casework.recall import recall_problem
from engine.casework.withdrawal import withdrawal_start
from engine.i18n import _
from engine.models import Definition, Instance, InstanceState, TaskState
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.casefile import CaseFile, FormDataView, sheet
from engine.queries.countdowns import ClockView, clocks_of
from engine.queries.documents import DocumentView, case_documents
from engine.queries.files import case_files
from engine.queries.log import LogRow, log_rows
from engine.queries.marks import marks
from engine.queries.related import Related, Suspension, related, suspension
from engine.queries.shared import visible_instance
from engine.queries.timeline import History, execution_of, read_history, timeline
from engine.queries.values import FileView, PersonRef, Sheet, StepView, WhyView
from engine.queries.why import why_sentences
from engine.regulation import clause_numbers


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
    clocks: list[ClockView]
    timeline: list[StepView]
    key_data: list[tuple[str, str]]
    forms: list[FormDataView]
    documents: list[DocumentView]
    files: list[FileView]
    log: list[LogRow]
    can_urge: bool
    can_withdraw: bool
    withdraw_label: str
    recall_task_id: int | None
    my_task_id: int | None
    sheet: Sheet
    related: Related
    suspension: Suspension | None


def case_page(platform: Platform, actor: Actor, instance_id: int) -> CasePage:
    """The case, if this person may read it; else `NotFound`."""
    with platform.database.read() as session:
        instance = visible_instance(session, actor, instance_id)
        history = _history(platform, session, instance)
        case = CaseFile(session, history)
        files = case_files(session, instance.id)
        running = instance.state == InstanceState.RUNNING
        moving = running and instance.suspended_at is None
        withdrawal = withdrawal_start(execution_of(platform, session, history)) if moving else None
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
            clocks=clocks_of(session, [instance.id], platform.clock.now())[instance.id],
            timeline=timeline(history),
            key_data=case.key_data(),
            forms=case.forms(),
            documents=case_documents(session, instance.id),
            files=files,
            log=log_rows(history),
            can_urge=moving and others and (starter or actor.can(Permission.SEE_ALL_CASES)),
            can_withdraw=starter and withdrawal is not None,
            withdraw_label=_("撤销"),
            recall_task_id=_recallable(platform, session, history, actor) if moving else None,
            my_task_id=next((t.id for t in open_tasks if moving and t.assignee_id == actor.id), None),
            sheet=sheet(history, case, [file.name for file in files], clauses),
            related=related(session, actor, instance),
            suspension=suspension(session, instance) if running else None,
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
