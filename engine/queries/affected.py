"""Whom and what a 退回 would hit, said before it is done: people with open tasks, called cases, running jobs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import bpmn
from engine.casework.services import PreviewServices
from engine.models import Instance, InstanceState, Task
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.shared import people, visible
from engine.queries.values import PersonRef


@dataclass(frozen=True)
class Affected:
    """One line of the dialog.

    `kind`: "task" (open work of this case), "case" (a called case that would be ended, or one that this one called),
    "called_task" (open work in such a case) or "job". `person` has the task, None for one that nobody has claimed.
    `number` and `title` of a called case are "" where this person may not see it.
    """

    kind: str
    step: str
    person: PersonRef | None = None
    number: str = ""
    title: str = ""


def affected_by_return(
    platform: Platform, session: Session, actor: Actor, instance: Instance, task: Task, node_id: str
) -> list[Affected]:
    """What `return_task` to that step would cancel, the returned task not among it. `NotNow` for a step to which this
    task cannot go back. A handful of statements, more for each called case."""
    deployed = platform.deployments.get(session, instance.definition_id)
    services = PreviewServices(platform, session, deployed, instance, actor)
    execution = bpmn.loads(instance.engine_state, deployed.process, services)
    tokens = [item.token_id for item in execution.affected_by_return(task.token_id, node_id)]
    hit = session.scalars(
        select(Task).where(Task.instance_id == instance.id, Task.token_id.in_(tokens)).order_by(Task.id)
    ).all()
    names = people(session, (one.assignee_id for one in hit))
    lines = [Affected("task", one.name, names[one.assignee_id] if one.assignee_id else None) for one in hit]
    outside = execution.stopped_by_return(task.token_id, node_id)
    lines += [Affected("job", node.name or node.id) for _token, node in outside if node.called is None]
    called = {token: node.name or node.id for token, node in outside if node.called is not None}
    return [*lines, *_called(session, actor, instance, called)]


def _called(session: Session, actor: Actor, instance: Instance, steps: dict[int, str]) -> Iterator[Affected]:
    """The cases that these tokens have called, those that they have called, and who has work in them."""
    running = Instance.state == InstanceState.RUNNING
    direct = select(Instance).where(Instance.parent_id == instance.id, Instance.parent_token.in_(steps), running)
    level = list(session.scalars(direct.order_by(Instance.id))) if steps else []
    step_of = {case.id: steps[case.parent_token or 0] for case in level}
    while level:
        ids = [case.id for case in level]
        seen = set(session.scalars(select(Instance.id).where(Instance.id.in_(ids), visible(actor))))
        for case in level:
            told = (case.number, case.title) if case.id in seen else ("", "")
            yield Affected("case", step_of[case.id], None, *told)
            yield from _work_in(session, case, told) if case.id in seen else ()
        level = list(
            session.scalars(select(Instance).where(Instance.parent_id.in_(ids), running).order_by(Instance.id))
        )
        step_of |= {case.id: step_of[case.parent_id or 0] for case in level}


def _work_in(session: Session, case: Instance, told: Collection[str]) -> Iterator[Affected]:
    asked = select(Task).where(Task.instance_id == case.id, Task.is_open).order_by(Task.id)
    tasks = session.scalars(asked).all()
    names = people(session, (one.assignee_id for one in tasks))
    for one in tasks:
        yield Affected("called_task", one.name, names[one.assignee_id] if one.assignee_id else None, *told)
