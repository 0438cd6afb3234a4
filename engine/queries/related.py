"""What a case has to do with others, and whether it stands still: the lines above its diagram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.clock import local
from engine.i18n import _
from engine.jsondata import load
from engine.models import Event, Instance
from engine.permissions import Actor
from engine.queries.shared import people, visible
from engine.queries.values import PersonRef


@dataclass(frozen=True)
class CaseLink:
    """Another case; `badge` is its outcome or state."""

    instance_id: int
    number: str
    title: str
    badge: str


@dataclass(frozen=True)
class Suspension:
    """Who stopped the case, when and why."""

    by: PersonRef
    at: datetime
    reason: str

    def __str__(self) -> str:
        words = {"who": self.by, "at": f"{local(self.at):%Y-%m-%d %H:%M}", "reason": self.reason}
        return _("已挂起，恢复之前不能办理。") + _("{who}于 {at} 挂起：{reason}", **words)


@dataclass(frozen=True)
class Related:
    """The case that called this one and those that it has called, as far as this person may see them."""

    parent: CaseLink | None
    children: list[CaseLink]


def related(session: Session, actor: Actor, instance: Instance) -> Related:
    """At most two statements for a case that neither called nor was called; the oldest first."""
    parent = None
    if instance.parent_id is not None:
        found = session.scalar(select(Instance).where(Instance.id == instance.parent_id, visible(actor)))
        parent = None if found is None else _link(found)
    called = select(Instance).where(Instance.parent_id == instance.id, visible(actor)).order_by(Instance.id)
    return Related(parent, [_link(child) for child in session.scalars(called)])


def suspension(session: Session, instance: Instance) -> Suspension | None:
    """The entry of the log that says why the case stands still; None for one that does not."""
    if instance.suspended_at is None:
        return None
    asked = select(Event).where(Event.instance_id == instance.id, Event.kind == "case_suspended")
    event = session.scalars(asked.order_by(Event.seq.desc()).limit(1)).one()
    by = people(session, [event.actor_id])[event.actor_id]
    return Suspension(by, event.at, str(load(event.payload).get("reason", "")))


def _link(instance: Instance) -> CaseLink:
    state = "suspended" if instance.suspended_at is not None else instance.outcome or instance.state
    return CaseLink(instance.id, instance.number, instance.title, state)
