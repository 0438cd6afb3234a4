"""In whose name the platform starts a case.

Every case has an initiator who sees it under 我发起的. A case that another one starts (by calling it, by a message or a
signal) has that one's initiator. One that starts by a timer or a condition has the first person whom the rule of its
start event names; where it names nobody, who published the version, else the first system administrator.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import bpmn, organisation
from engine.casework.candidates import literal_values, start_request
from engine.deployments import Deployed
from engine.errors import ExecutionError
from engine.i18n import _
from engine.models import Definition, Deployment, Instance, Person, PersonRole
from engine.people import load_actor
from engine.permissions import Actor


def initiator(session: Session, deployed: Deployed, node: bpmn.Node, source_id: int | None) -> Actor:
    """Whose case it will be; `source_id` is the case that asked for it. Raises `ExecutionError` if there is nobody."""
    for person_id in (
        _of_case(session, source_id),
        _by_rule(session, node),
        _publisher(session, deployed.definition_id),
        _administrator(session),
    ):
        actor = load_actor(session, person_id) if person_id is not None else None
        if actor is not None:
            return actor
    raise ExecutionError(_("没有可以作为发起人的人：流程“{name}”没有自动发起。", name=deployed.name))


def _of_case(session: Session, source_id: int | None) -> int | None:
    return session.scalar(select(Instance.starter_id).where(Instance.id == source_id)) if source_id else None


def _by_rule(session: Session, node: bpmn.Node) -> int | None:
    rule = node.candidates
    if rule is None or rule.rule == "anyone" or (rule.value or "").startswith("="):
        return None
    asked = start_request(rule, literal_values(rule.value or ""))
    members = organisation.resolve(session, [asked])[0].members
    return members[0].id if members else None


def _publisher(session: Session, definition_id: int) -> int | None:
    by = select(Deployment.created_by).join(Definition, Definition.deployment_id == Deployment.id)
    return session.scalar(by.where(Definition.id == definition_id))


def _administrator(session: Session) -> int | None:
    active = select(PersonRole.person_id).join(Person, Person.id == PersonRole.person_id)
    return session.scalar(active.where(PersonRole.role_code == "sysadmin", Person.active).order_by(Person.id).limit(1))
