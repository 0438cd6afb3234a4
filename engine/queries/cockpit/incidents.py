"""异常: which of them still wait for a person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, exists, or_, select, union
from sqlalchemy.orm import aliased

from engine.figures import unindexed
from engine.models import Incident, Instance, InstanceState, Task, TaskState


def unsettled() -> ColumnElement[bool]:
    """SQL condition on `Incident`: of a running case, settled by nobody.

    无人可办 has settled itself once the step is done, or handed to somebody who is not the fallback.
    """
    case, task = aliased(Instance), aliased(Task)
    running = exists().where(case.id == Incident.instance_id, case.state == InstanceState.RUNNING)
    with_fallback = exists().where(
        task.instance_id == Incident.instance_id,
        task.node_id == Incident.node_id,
        task.state == TaskState.OPEN,
        task.nobody,
    )
    return Incident.resolved_at.is_(None) & running & or_(Incident.kind != "nobody", with_fallback)


def cases_with_incidents() -> CompoundSelect[Any]:
    """Ids of the cases with an unsettled incident, each once. Those that nobody may do stay in the table when they have
    settled themselves, thousands in time: they are looked for from the few open tasks that a fallback has."""
    unresolved = (Incident.instance_id == Instance.id, Incident.resolved_at.is_(None))
    running = Instance.state == InstanceState.RUNNING
    failed = or_(Incident.kind < "nobody", Incident.kind > "nobody")
    nobody = (Task.nobody, Task.is_open, Task.instance_id == Instance.id, running)
    # looked up for each such task: "exists" would let PostgreSQL put all unresolved incidents into a table of its own
    here = select(Incident.id).where(*unresolved, Incident.kind == "nobody", Incident.node_id == Task.node_id)
    told = here.limit(1).correlate(Task, Instance).scalar_subquery().is_not(None)
    return union(
        select(Incident.instance_id)
        .join(Instance, Incident.instance_id == Instance.id)
        .where(Incident.resolved_at.is_(None), failed, unindexed(Instance.state) == InstanceState.RUNNING),
        select(Task.instance_id).join(Instance, Task.instance_id == Instance.id).where(*nobody, told),
    )
