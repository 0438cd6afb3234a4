"""异常: which of them still wait for a person."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased

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
