"""What must not be in a demo: a running case that nothing can move any more, an incident that nobody planned."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from engine.casework.withdrawal import MESSAGE
from engine.models import Incident, Instance, InstanceState, Job, JobState, Subscription, Task
from engine.platform import Platform

PLANNED = ("nobody",)
"""Kinds of incidents that a script brings about on purpose: nobody is eligible, a substitute acts instead."""


def unsound(platform: Platform) -> list[str]:
    """A line for every case that is stuck and every unplanned incident that is open; at most two statements."""
    child = aliased(Instance)
    moves = (
        exists().where(Task.instance_id == Instance.id, Task.is_open),
        exists().where(Job.instance_id == Instance.id, Job.state.in_((JobState.WAITING, JobState.HELD))),
        exists().where(Subscription.instance_id == Instance.id, Subscription.name != MESSAGE),
        exists().where(child.parent_id == Instance.id, child.state == InstanceState.RUNNING),
    )
    running = Instance.state == InstanceState.RUNNING
    stuck = select(Instance.number, Instance.title).where(running, *(~way for way in moves)).order_by(Instance.id)
    wrong = (
        select(Instance.number, Incident.node_id, Incident.message)
        .join(Instance, Incident.instance_id == Instance.id, isouter=True)
        .where(Incident.resolved_at.is_(None), Incident.kind.not_in(PLANNED))
        .order_by(Incident.id)
    )
    with platform.database.read() as session:
        found = [f"stuck: {number} {title}" for number, title in session.execute(stuck)]
        return found + [f"incident: {number} {node}: {message}" for number, node, message in session.execute(wrong)]
