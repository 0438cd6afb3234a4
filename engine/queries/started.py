"""我发起的."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.models import Definition, Instance, InstanceState, Task, TaskCandidate
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.related import CaseLink, parents_of
from engine.queries.shared import capped_count, due_view, found_by, people
from engine.queries.values import DueView, Page, PersonRef
from engine.queries.why import why_sentences


@dataclass(frozen=True)
class StartedRow:
    """A case this person started, where it stands, who holds it and why it waits."""

    instance_id: int
    number: str
    title: str
    procedure: str
    state: str
    suspended: bool
    outcome: str
    tag: str
    current: str
    holders: list[PersonRef]
    due: DueView | None
    started_at: datetime
    ended_at: datetime | None
    why: str
    parent: CaseLink | None = None  # the case that called this one, if this person may see it


def list_started(
    platform: Platform, actor: Actor, q: str = "", state: str = "", page: int = 1, size: int = 20
) -> Page[StartedRow]:
    """Newest first; `state` is running, an outcome such as rejected, or empty for all."""
    with platform.database.read() as session:
        conditions: list[ColumnElement[bool]] = [Instance.starter_id == actor.id]
        found = found_by(q)
        if found is not None:
            conditions.append(found)
        if state == "running":
            conditions.append(Instance.state == InstanceState.RUNNING)
        elif state:
            conditions.append(Instance.outcome == state)
        total = capped_count(session, select(Instance.id).where(*conditions))
        rows = started_rows(platform, session, actor, conditions, size, (page - 1) * size)
    return Page(rows, total, page, size)


def started_rows(
    platform: Platform,
    session: Session,
    actor: Actor,
    conditions: list[ColumnElement[bool]],
    limit: int,
    offset: int = 0,
) -> list[StartedRow]:
    """Cases under these conditions as rows; five statements for any number of rows, a sixth where cases were
    called."""
    statement = (
        select(Instance, Definition.name)
        .join(Definition, Instance.definition_id == Definition.id)
        .where(*conditions)
        .order_by(Instance.started_at.desc(), Instance.id.desc())
    )
    cases = session.execute(statement.limit(limit).offset(offset)).all()
    ids = [instance.id for instance, _name in cases]
    tasks = _open_tasks(session, ids)
    holders = people(session, {holder for _task, holder in tasks})
    why = why_sentences(platform, session, ids)
    parents = parents_of(session, actor, (instance.parent_id for instance, _name in cases))
    now = platform.clock.now()
    rows = []
    for instance, name in cases:
        own = [(task, holder) for task, holder in tasks if task.instance_id == instance.id]
        first = min((t for t, _h in own if t.due_at), key=lambda t: t.due_at or now, default=None)
        rows.append(
            StartedRow(
                instance_id=instance.id,
                number=instance.number,
                title=instance.title,
                procedure=name,
                state=instance.state,
                suspended=instance.suspended_at is not None and instance.ended_at is None,
                outcome=instance.outcome,
                tag=instance.tag,
                current="、".join(dict.fromkeys(task.name for task, _h in own)),
                holders=list(dict.fromkeys(holders[h] for _t, h in own)),
                due=due_view(first.due_at, now, first.due_unit, first.due_provisional) if first else None,
                started_at=instance.started_at,
                ended_at=instance.ended_at,
                why=str(why[instance.id]) if instance.id in why else "",
                parent=parents.get(instance.parent_id),
            )
        )
    return rows


def _open_tasks(session: Session, instance_ids: list[int]) -> list[tuple[Task, int]]:
    """Open tasks with each person who holds or may claim them."""
    if not instance_ids:
        return []
    statement = (
        select(Task, TaskCandidate.person_id)
        .join(TaskCandidate, TaskCandidate.task_id == Task.id)
        .where(Task.instance_id.in_(instance_ids), Task.is_open)
        .order_by(Task.id, TaskCandidate.person_id)
    )
    return [(t, p) for t, p in session.execute(statement) if t.assignee_id is None or t.assignee_id == p]
