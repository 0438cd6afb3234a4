"""Variables of real cases: what a draft's expressions are tried on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import bpmn
from engine.casework.services import PreviewServices
from engine.errors import GuichengError
from engine.jsondata import load
from engine.models import CaseData, Department, Instance, InstanceState, Person, Task, TaskState
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.shared import visible

RECENT = 12


@dataclass(frozen=True)
class RealCase:
    """A case by number and title with what it holds now; an ended one with what its forms have said."""

    number: str
    title: str
    variables: Mapping[str, Any]


def recent_cases(platform: Platform, session: Session, actor: Actor, key: str) -> list[RealCase]:
    """The newest running cases of a procedure that this person may read, then the newest ended one."""
    mine = select(Instance).where(Instance.key == key, visible(actor)).order_by(Instance.started_at.desc())
    running = session.scalars(mine.where(Instance.state == InstanceState.RUNNING).limit(RECENT)).all()
    ended = session.scalars(mine.where(Instance.state != InstanceState.RUNNING).limit(1)).all()
    found = [_running(platform, session, instance) for instance in running]
    found += [_ended(session, instance) for instance in ended]
    return [case for case in found if case is not None]


def _running(platform: Platform, session: Session, instance: Instance) -> RealCase | None:
    """Its variables, and those that one of its open items of a multi-instance sees."""
    try:
        deployed = platform.deployments.get(session, instance.definition_id)
        services = PreviewServices(platform, session, deployed, instance, None)
        execution = bpmn.loads(instance.engine_state, deployed.process, services)
    except GuichengError:
        return None  # a state that cannot be read; another case will do
    own = {name: value for item in execution.work for name, value in item.variables.items()}
    return RealCase(instance.number, instance.title, {**own, **execution.variables})


def _ended(session: Session, instance: Instance) -> RealCase:
    variables: dict[str, Any] = {
        **load(session.scalar(select(CaseData.data).where(CaseData.instance_id == instance.id)))
    }
    done = select(Task.data).where(Task.instance_id == instance.id, Task.state == TaskState.COMPLETED)
    for data in session.scalars(done.order_by(Task.completed_at, Task.id)):
        variables.update(load(data))
    starter = select(Person.account).where(Person.id == instance.starter_id)
    home = select(Department.code).where(Department.id == instance.starter_department_id)
    variables["case"] = {
        "number": instance.number,
        "title": instance.title,
        "starter": session.scalar(starter),
        "starter_department": session.scalar(home),
        "started_at": instance.started_at,
    }
    return RealCase(instance.number, instance.title, variables)
