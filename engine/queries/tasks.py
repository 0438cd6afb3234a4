"""The page of a task: what it is about, the form, the acts and what each leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import bpmn
from engine.casework.tasks import taken_note, unknown_task
from engine.errors import NotNow
from engine.forms import Form
from engine.i18n import _
from engine.models import Instance, InstanceState, Task, TaskCandidate, TaskState
from engine.options import options_for
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries import affected
from engine.queries.affected import Affected
from engine.queries.casefile import CaseFile, sheet
from engine.queries.countdowns import ClockView, clocks_of
from engine.queries.drafts import read_draft
from engine.queries.files import case_files, own_uploads
from engine.queries.outcomes import outcomes
from engine.queries.related import CaseLink, callers, suspension
from engine.queries.shared import due_view, people
from engine.queries.timeline import History, execution_of, read_history, timeline
from engine.queries.values import ActionView, DueView, FileView, OutcomeView, PersonRef, Sheet, StepView
from engine.regulation import clause_numbers


@dataclass(frozen=True)
class ReturnTarget:
    """A step 退回 may go to; `is_drawn` is the diagram's own way."""

    node_id: str
    name: str
    person: PersonRef | None
    at: datetime | None
    is_drawn: bool


@dataclass(frozen=True)
class TaskPage:
    """Everything the task page shows; `closed_note` says who finished it when it is no longer open."""

    task_id: int
    revision: int
    state: str
    name: str
    help: str
    number: str
    instance_id: int
    title: str
    tag: str
    case_state: str
    suspended: bool
    outcome: str
    procedure: str
    clauses: list[str]
    starter: PersonRef
    started_at: datetime
    due: DueView | None
    clocks: list[ClockView]
    arrived_at: datetime
    assignee: PersonRef | None
    mine: bool
    claimable: bool
    closed_note: str
    summary: list[tuple[str, str, bool]]
    files: list[FileView]
    form_schema: dict[str, Any] | None
    form_data: dict[str, Any]
    draft_opinion: str
    draft_saved_at: datetime | None
    draft_files: list[FileView]
    actions: list[ActionView]
    return_targets: list[ReturnTarget]
    can_transfer: bool
    can_release: bool
    timeline: list[StepView]
    above: list[CaseLink]
    outcomes: list[OutcomeView]
    position: tuple[int, int] | None
    previous_id: int | None
    next_id: int | None
    sheet: Sheet


def task_page(platform: Platform, actor: Actor, task_id: int) -> TaskPage:
    """The task for its holder, its candidates, and those who may read all cases; `NotFound` for anybody else."""
    with platform.database.read() as session:
        task, instance, asked = _readable(session, actor, task_id)
        deployed = platform.deployments.get(session, instance.definition_id)
        now = platform.clock.now()
        history = read_history(session, deployed, instance, now)
        case = CaseFile(session, history)
        node = deployed.process.nodes[task.node_id]
        still = suspension(session, instance) if task.state == TaskState.OPEN else None
        is_open = task.state == TaskState.OPEN and instance.state == InstanceState.RUNNING and still is None
        mine = is_open and task.assignee_id == actor.id
        claimable = is_open and task.assignee_id is None and asked
        acting = mine or claimable
        form = deployed.form_of(task.node_id)
        draft, saved_at = read_draft(session, actor, task.key, task.id) if acting else ({}, None)
        data = _form_data(platform, session, history, task, form, draft) if acting else {}
        files = case_files(session, instance.id)
        clauses = clause_numbers(node.clauses or deployed.process.clauses)
        index, before, after = _position(session, actor, task) if mine else (None, None, None)
        return TaskPage(
            task_id=task.id,
            revision=task.revision,
            state=task.state,
            name=task.name,
            help=node.documentation or "",
            number=instance.number,
            instance_id=instance.id,
            title=instance.title,
            tag=instance.tag,
            case_state=instance.state,
            suspended=still is not None,
            outcome=instance.outcome,
            procedure=deployed.name,
            clauses=clauses,
            starter=history.names[instance.starter_id],
            started_at=instance.started_at,
            due=due_view(task.due_at, now, task.due_unit, task.due_provisional) if is_open else None,
            clocks=clocks_of(session, [instance.id], now)[instance.id],
            arrived_at=task.created_at,
            assignee=people(session, [task.assignee_id])[task.assignee_id] if task.assignee_id else None,
            mine=mine,
            claimable=claimable,
            closed_note="" if acting else str(still) if still is not None else taken_note(session, task),
            summary=case.summary(),
            files=files,
            form_schema=form.schema if form and acting else None,
            form_data=data,
            draft_opinion=str(draft.get("opinion", "")),
            draft_saved_at=saved_at,
            draft_files=own_uploads(session, actor, draft.get("attachments", [])),
            actions=_actions(node) if acting else [],
            return_targets=_return_targets(platform, session, history, task) if acting else [],
            can_transfer=mine and node.multi_instance is None,
            can_release=mine and node.multi_instance is None and _candidates(session, task) > 1,
            timeline=timeline(history),
            above=callers(session, actor, instance) if instance.parent_id is not None else [],
            outcomes=outcomes(platform, session, actor, instance, task, _typed(form, data)) if acting else [],
            position=index,
            previous_id=before,
            next_id=after,
            sheet=sheet(history, case, [file.name for file in files], clauses),
        )


def preview_outcomes(platform: Platform, actor: Actor, task_id: int, data: Mapping[str, Any]) -> list[OutcomeView]:
    """办理后会怎样 with the data now in the form; nothing is kept."""
    with platform.database.read() as session:
        task, instance, asked = _readable(session, actor, task_id)
        if task.state != TaskState.OPEN or not (asked or task.assignee_id == actor.id):
            raise unknown_task()
        return outcomes(platform, session, actor, instance, task, data)


def affected_by_return(platform: Platform, actor: Actor, task_id: int, node_id: str) -> list[Affected]:
    """Whom and what a 退回 to `node_id` would hit; nobody on the drawn way, an empty one. `NotFound` for who may not do
    the task."""
    with platform.database.read() as session:
        task, instance, asked = _readable(session, actor, task_id)
        if task.state != TaskState.OPEN or not (asked or task.assignee_id == actor.id):
            raise unknown_task()
        return affected.affected_by_return(platform, session, actor, instance, task, node_id) if node_id else []


def _readable(session: Session, actor: Actor, task_id: int) -> tuple[Task, Instance, bool]:
    """The task, its case, and whether this person was asked to do it."""
    statement = select(Task, Instance).join(Instance, Task.instance_id == Instance.id).where(Task.id == task_id)
    row = session.execute(statement).first()
    if row is None:
        raise unknown_task()
    task, instance = row
    candidate = select(TaskCandidate.task_id).where(
        TaskCandidate.task_id == task_id, TaskCandidate.person_id == actor.id
    )
    asked = session.scalar(candidate) is not None
    if not asked and task.assignee_id != actor.id and not actor.can(Permission.SEE_ALL_CASES):
        raise unknown_task()
    return task, instance, asked


def _candidates(session: Session, task: Task) -> int:
    return len(session.scalars(select(TaskCandidate.person_id).where(TaskCandidate.task_id == task.id)).all())


def _actions(node: bpmn.Node) -> list[ActionView]:
    items = node.actions.items if node.actions else ()
    return [ActionView(item.value, item.label, item.kind, item.opinion) for item in items]


def _form_data(
    platform: Platform,
    session: Session,
    history: History,
    task: Task,
    form: Form | None,
    draft: Mapping[str, Any],
) -> dict[str, Any]:
    """What the form opens with: its defaults, what the case already knows under the same names, the draft; and the
    choices of each dynamic list under its `valuesKey`."""
    if form is None:
        return {}
    variables = execution_of(platform, session, history).variables_of(task.token_id)
    return {**form.opening(variables), **draft.get("data", {}), **choices(session, form)}


def choices(session: Session, form: Form) -> dict[str, Any]:
    """The lists behind the form's dynamic choices, under the key form-js looks for them."""
    sources = options_for(session, form.sources)
    return {
        key: [{"value": option.value, "label": option.label} for option in sources[source]]
        for key, source in form.value_keys.items()
    }


def _typed(form: Form | None, data: Mapping[str, Any]) -> dict[str, Any]:
    keys = {field.key for field in form.fields} if form else set()
    return {key: value for key, value in data.items() if key in keys}


def _return_targets(platform: Platform, session: Session, history: History, task: Task) -> list[ReturnTarget]:
    """The drawn way first, then every step of this round that was finished before, newest first, each once."""
    node = history.deployed.process.nodes[task.node_id]
    if node.actions is None or not any(item.kind == "return" for item in node.actions.items):
        return []
    targets = [ReturnTarget("", _("按流程图退回（补正后重新审查）"), None, None, True)]
    if not node.returnable:
        return targets
    execution = execution_of(platform, session, history)
    seen = {node.id}
    for done in reversed(history.tasks):
        step = history.deployed.process.nodes[done.node_id]
        if done.state != TaskState.COMPLETED or done.node_id in seen or step.multi_instance is not None:
            continue
        seen.add(done.node_id)
        if _is_before(execution, task, done.node_id):
            person = history.names[done.completed_by]
            targets.append(ReturnTarget(done.node_id, done.name, person, done.completed_at, False))
    return targets


def _is_before(execution: bpmn.Execution, task: Task, node_id: str) -> bool:
    try:
        execution.affected_by_return(task.token_id, node_id)
    except NotNow:  # of a round that was cut off since, or of another scope
        return False
    return True


def _position(session: Session, actor: Actor, task: Task) -> tuple[tuple[int, int] | None, int | None, int | None]:
    """第 3 / 12 件 within the person's 待办 in its default order, with the neighbours' ids."""
    mine = select(Task.id).where(Task.assignee_id == actor.id, Task.is_open)
    ids = list(session.scalars(mine.order_by(Task.due_at.is_(None), Task.due_at, Task.id).limit(1000)))
    if task.id not in ids:
        return None, None, None
    at = ids.index(task.id)
    before = ids[at - 1] if at else None
    after = ids[at + 1] if at + 1 < len(ids) else None
    return (at + 1, len(ids)), before, after
