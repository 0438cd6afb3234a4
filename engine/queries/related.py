"""What a case has to do with others, and whether it stands still: the lines above its diagram."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal, select
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
    """Another case; `badge` is its outcome or state, `depth` how many calls lie between the two, below the first."""

    instance_id: int
    number: str
    title: str
    badge: str
    depth: int = 0


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
    """The cases around this one, as far as this person may see them.

    `above`: who called it, who called that, and so on, the outermost first. `below`: what it has called, each followed
    by what that has called, the oldest first. Cases that this person may not see are left out of both chains.
    """

    above: list[CaseLink]
    below: list[CaseLink]

    @property
    def parent(self) -> CaseLink | None:
        """The nearest case above."""
        return self.above[-1] if self.above else None


def related(session: Session, actor: Actor, instance: Instance) -> Related:
    """One statement for a case that nobody called, two for any other."""
    above = callers(session, actor, instance) if instance.parent_id is not None else []
    start = select(Instance.id, literal(-1).label("depth")).where(Instance.id == instance.id)
    down = start.cte("down", recursive=True)
    down = down.union_all(select(Instance.id, down.c.depth + 1).join(down, Instance.parent_id == down.c.id))
    called = select(Instance, down.c.depth).join(down, Instance.id == down.c.id)
    found = session.execute(called.where(down.c.depth >= 0, visible(actor)).order_by(Instance.id)).all()
    below: dict[int, list[CaseLink]] = {}
    known = {case.id for case, _depth in found}
    for case, depth in found:
        parent = case.parent_id if case.parent_id in known else None
        below.setdefault(parent or 0, []).append(_link(case, depth))
    return Related(above, list(_nested(below, 0)))


def callers(session: Session, actor: Actor, instance: Instance) -> list[CaseLink]:
    """The chain of callers of a case, the outermost first, those that this person may see."""
    start = select(Instance.id, Instance.parent_id, literal(0).label("height")).where(Instance.id == instance.id)
    up = start.cte("up", recursive=True)
    up = up.union_all(select(Instance.id, Instance.parent_id, up.c.height + 1).join(up, Instance.id == up.c.parent_id))
    chain = select(Instance).join(up, Instance.id == up.c.id).where(up.c.height > 0, visible(actor))
    return [_link(case) for case in session.scalars(chain.order_by(up.c.height.desc()))]


def parents_of(session: Session, actor: Actor | None, parents: Iterable[int | None]) -> dict[int | None, CaseLink]:
    """The cases of these ids that a person may see (None: that everybody on this page may), by id, in one statement;
    none where no row of a list was called."""
    ids = {parent for parent in parents if parent is not None}
    if not ids:
        return {}
    asked = select(Instance).where(Instance.id.in_(ids), *([] if actor is None else [visible(actor)]))
    return {case.id: _link(case) for case in session.scalars(asked)}


def caller_of(case: type[Instance], actor: Actor) -> ColumnElement[bool]:
    """SQL condition for an outer join of a list's cases with `case`, an alias: it has called the case of the row, and
    this person may see it."""
    return and_(case.id == Instance.parent_id, visible(actor, case))


def link_to(case: Instance | None) -> CaseLink | None:
    """The case that was joined, as a link; None where no case was."""
    return None if case is None else _link(case)


def _nested(below: Mapping[int, Sequence[CaseLink]], parent: int) -> Iterator[CaseLink]:
    for link in below.get(parent, ()):
        yield link
        yield from _nested(below, link.instance_id)


def suspension(session: Session, instance: Instance) -> Suspension | None:
    """The entry of the log that says why the case stands still; None for one that does not."""
    if instance.suspended_at is None:
        return None
    asked = select(Event).where(Event.instance_id == instance.id, Event.kind == "case_suspended")
    event = session.scalars(asked.order_by(Event.seq.desc()).limit(1)).one()
    by = people(session, [event.actor_id])[event.actor_id]
    return Suspension(by, event.at, str(load(event.payload).get("reason", "")))


def _link(instance: Instance, depth: int = 0) -> CaseLink:
    state = "suspended" if instance.suspended_at is not None else instance.outcome or instance.state
    return CaseLink(instance.id, instance.number, instance.title, state, depth)
