"""待办, 待认领, 已办: the lists staff live in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from engine import bpmn
from engine.casework.recall import recall_problem
from engine.casework.services import PreviewServices
from engine.figures import count_if
from engine.models import Definition, Department, Instance, InstanceState, Person, Task, TaskCandidate
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.countdowns import ClockView, clocks_of, nearest
from engine.queries.related import CaseLink, caller_of, link_to, parents_of
from engine.queries.shared import capped_count, day_edges, due_view, found_by
from engine.queries.values import DueView, Page, PersonRef

SIZES = (20, 50, 100)


@dataclass(frozen=True)
class InboxFilter:
    """What the person chose: `due` is all, late, today, week or urged; `sort` is due or arrived."""

    q: str = ""
    due: str = "all"
    key: str = ""
    department: str = ""
    sort: str = "due"
    page: int = 1
    size: int = 20


_NAMES = (Definition.name, Person.account, Person.name, Department.name)


@dataclass(frozen=True)
class InboxRow:
    """One open task in a list."""

    task_id: int
    number: str
    instance_id: int
    title: str
    procedure: str
    node: str
    starter: PersonRef
    arrived_at: datetime
    due: DueView | None
    urged: int
    unread: bool
    claimed: bool
    suspended: bool
    clock: ClockView | None = None
    parent: CaseLink | None = None  # the case that called this one, if this person may see it


@dataclass(frozen=True)
class InboxPage:
    """A page of tasks, the figures of the segments, and what can be filtered by."""

    page: Page[InboxRow]
    segments: dict[str, int]
    procedures: list[tuple[str, str]] = field(default_factory=list)
    departments: list[tuple[str, str]] = field(default_factory=list)


def list_inbox(platform: Platform, actor: Actor, wanted: InboxFilter) -> InboxPage:
    """待办: open tasks that are this person's."""
    return _list(platform, actor, open_tasks(actor), wanted)


def list_claimable(platform: Platform, actor: Actor, wanted: InboxFilter) -> InboxPage:
    """待认领: open tasks that this person may claim."""
    return _list(platform, actor, claimable_tasks(actor), wanted)


def open_tasks(actor: Actor) -> Select[Any]:
    """Ids of the open tasks that are this person's."""
    return select(Task.id).where(Task.assignee_id == actor.id, Task.is_open)


def claimable_tasks(actor: Actor) -> Select[Any]:
    """Ids of the open tasks that this person may claim."""
    return (
        select(Task.id)
        .join(TaskCandidate, TaskCandidate.task_id == Task.id)
        .where(TaskCandidate.person_id == actor.id, TaskCandidate.open)
        .where(Task.assignee_id.is_(None), Task.is_open)
    )


def _list(platform: Platform, actor: Actor, base: Select[Any], wanted: InboxFilter) -> InboxPage:
    now = platform.clock.now()
    with platform.database.read() as session:
        segments = count_segments(session, base, now)
        narrowed = _narrow(base, wanted, now)
        plain = wanted.due == "all" and not (wanted.q or wanted.key or wanted.department)
        total = segments["all"] if plain else capped_count(session, narrowed)
        rows = task_rows(session, actor, narrowed, now, wanted.sort, wanted.size, (wanted.page - 1) * wanted.size)
        procedures, departments = _choices(session, base)
    return InboxPage(Page(rows, total, wanted.page, wanted.size), segments, procedures, departments)


def count_segments(session: Session, base: Select[Any], now: datetime) -> dict[str, int]:
    """How many tasks are there in all, late, due today (not late), due until the end of next week, urged."""
    tomorrow, week = day_edges(now)

    figures = base.with_only_columns(
        func.count(),
        count_if(Task.due_at < now),
        count_if(and_(Task.due_at >= now, Task.due_at < tomorrow)),
        count_if(and_(Task.due_at >= tomorrow, Task.due_at < week)),
        count_if(Task.urged > 0),
    )
    every, late, today, later, urged = session.execute(figures).one()
    return {"all": every, "late": late, "today": today, "week": later, "urged": urged}


def _narrow(base: Select[Any], wanted: InboxFilter, now: datetime) -> Select[Any]:
    tomorrow, week = day_edges(now)
    match wanted.due:
        case "late":
            base = base.where(Task.due_at < now)
        case "today":
            base = base.where(Task.due_at >= now, Task.due_at < tomorrow)
        case "week":
            base = base.where(Task.due_at >= tomorrow, Task.due_at < week)
        case "urged":
            base = base.where(Task.urged > 0)
    if wanted.key:
        base = base.where(Task.key == wanted.key)
    found = found_by(wanted.q)
    if wanted.department or found is not None:
        base = base.join(Instance, Task.instance_id == Instance.id)
    if found is not None:
        base = base.where(found)
    if wanted.department:
        base = base.join(Department, Instance.starter_department_id == Department.id)
        base = base.where(Department.code == wanted.department)
    return base


def task_rows(
    session: Session, actor: Actor, chosen: Select[Any], now: datetime, sort: str, limit: int, offset: int = 0
) -> list[InboxRow]:
    """The tasks of a statement over `Task.id` as rows; late ones first, those without a deadline last."""
    order = (Task.created_at.desc(),) if sort == "arrived" else (Task.due_at.is_(None), Task.due_at, Task.id)
    ids = list(session.scalars(chosen.order_by(*order).limit(limit).offset(offset)))
    if not ids:
        return []
    statement = (
        select(Task, Instance.number, Instance.title, Instance.suspended_at, Instance.parent_id, *_NAMES)
        .join(Instance, Task.instance_id == Instance.id)
        .join(Definition, Instance.definition_id == Definition.id)
        .join(Person, Instance.starter_id == Person.id)
        .join(Department, Instance.starter_department_id == Department.id)
        .where(Task.id.in_(ids))
    )
    found = session.execute(statement).all()
    clocks = clocks_of(session, (row[0].instance_id for row in found), now)
    parents = parents_of(session, actor, (row.parent_id for row in found))
    rows = {
        task.id: InboxRow(
            task_id=task.id,
            number=number,
            instance_id=task.instance_id,
            title=title,
            procedure=procedure,
            node=task.name,
            starter=PersonRef(account, name, department),
            arrived_at=task.created_at,
            due=due_view(task.due_at, now, task.due_unit, task.due_provisional),
            urged=task.urged,
            unread=task.read_at is None,
            claimed=task.assignee_id is not None,
            suspended=suspended_at is not None,
            clock=nearest(clocks[task.instance_id], task.token_id),
            parent=parents.get(parent_id),
        )
        for task, number, title, suspended_at, parent_id, procedure, account, name, department in found
    }
    return [rows[task_id] for task_id in ids]


def _choices(session: Session, base: Select[Any]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    live = select(Definition.key, Definition.name).where(Definition.status == "live").order_by(Definition.name)
    homes = select(Department.code, Department.name).order_by(Department.position, Department.id)
    return [(k, n) for k, n in session.execute(live)], [(c, n) for c, n in session.execute(homes)]


@dataclass(frozen=True)
class DoneRow:
    """A task this person has finished, and where its case stands now."""

    task_id: int
    instance_id: int
    number: str
    title: str
    procedure: str
    node: str
    action_label: str
    action_kind: str
    opinion: str
    at: datetime
    case_state: str
    outcome: str
    current: str
    can_recall: bool
    parent: CaseLink | None = None  # the case that called this one, if this person may see it


def list_done(platform: Platform, actor: Actor, q: str = "", page: int = 1, size: int = 20) -> Page[DoneRow]:
    """已办: newest first; 撤回 is offered only on a case's last finished task while its followers are unread."""
    with platform.database.read() as session:
        mine = select(Task.id).where(Task.completed_by == actor.id)  # nobody is named there before a task is finished
        # looked for among this person's tasks, which an index lists with their cases: not the tasks of every case found
        found = found_by(q, func.coalesce(Task.instance_id, 0))
        if found is not None:
            mine = mine.where(found)
        total = capped_count(session, mine)
        newest = (Task.completed_at.desc(), Task.id.desc())
        # the ids of the page first: an index has all that they need, the tasks before the page are not read
        ids = session.scalars(mine.order_by(*newest).limit(size).offset((page - 1) * size)).all()
        caller = aliased(Instance)
        chosen = (
            select(Task, Instance, Definition.name, caller)
            .join(Instance, Task.instance_id == Instance.id)
            .outerjoin(caller, caller_of(caller, actor))
            .join(Definition, Task.definition_id == Definition.id)
            .where(Task.id.in_(ids))
        )
        rows = session.execute(chosen.order_by(*newest)).all() if ids else []
        tasks = _tasks_of(session, [task.instance_id for task, *_rest in rows])
        items = [
            replace(_done_row(platform, session, task, instance, name, tasks), parent=link_to(parent))
            for task, instance, name, parent in rows
        ]
    return Page(items, total, page, size)


def _tasks_of(session: Session, instance_ids: list[int]) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = {}
    if instance_ids:
        for task in session.scalars(select(Task).where(Task.instance_id.in_(instance_ids)).order_by(Task.id)):
            found.setdefault(task.instance_id, []).append(task)
    return found


def _done_row(
    platform: Platform, session: Session, task: Task, instance: Instance, name: str, tasks: dict[int, list[Task]]
) -> DoneRow:
    siblings = tasks[task.instance_id]
    open_now = [other for other in siblings if other.is_open]
    deployed = platform.deployments.get(session, task.definition_id)

    def execution() -> bpmn.Execution:
        services = PreviewServices(platform, session, deployed, instance, None)
        return bpmn.loads(instance.engine_state, deployed.process, services)

    node = deployed.process.nodes[task.node_id]
    assert task.completed_at is not None
    return DoneRow(
        task_id=task.id,
        instance_id=instance.id,
        number=instance.number,
        title=instance.title,
        procedure=name,
        node=task.name,
        action_label=task.action_label,
        action_kind=task.action_kind,
        opinion=task.opinion,
        at=task.completed_at,
        case_state=instance.state,
        outcome=instance.outcome,
        current="、".join(dict.fromkeys(other.name for other in open_now)),
        can_recall=instance.state == InstanceState.RUNNING and recall_problem(task, siblings, node, execution) is None,
    )
