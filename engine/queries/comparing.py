"""Two states of a procedure side by side: versions, or a version and the draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.comparing import Difference, Names, compare
from engine.drafting import design_files
from engine.errors import NotFound
from engine.i18n import _
from engine.models import Definition, DefinitionStatus, Department, Deployment, Design, Person, Role
from engine.parts import Parts
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.shared import people
from engine.queries.values import PersonRef
from engine.versions import version_parts

DRAFT = "draft"
"""The draft among the states; versions are their numbers as text."""


@dataclass(frozen=True)
class State:
    """A state that can be compared: `value` is DRAFT or a version's number; `note` what its author wrote."""

    value: str
    label: str
    at: datetime
    by: PersonRef
    note: str
    live: bool


@dataclass(frozen=True)
class ComparePage:
    """A procedure's states, newest first, and the two that are compared."""

    key: str
    name: str
    states: list[State]
    before: State
    after: State


@dataclass(frozen=True)
class Compared:
    """What differs, with the two diagrams."""

    page: ComparePage
    difference: Difference
    before: Parts
    after: Parts


def compare_page(platform: Platform, actor: Actor, key: str, before: str = "", after: str = "") -> ComparePage:
    """Without a choice, what is in force is compared with the draft, or with the version before it. The draft is there
    for who may design. `NotFound` for a procedure or a state that is not there."""
    with platform.database.read() as session:
        return _page(session, actor, key, before, after)


def compared(platform: Platform, actor: Actor, key: str, before: str = "", after: str = "") -> Compared:
    """The difference between two states; chosen and refused as by `compare_page`."""
    with platform.database.read() as session:
        page = _page(session, actor, key, before, after)
        old, new = _parts(session, key, page.before), _parts(session, key, page.after)
        names = _names(session)
    return Compared(page, compare(old, new, names), old, new)


def _page(session: Session, actor: Actor, key: str, before: str, after: str) -> ComparePage:
    design = session.scalar(select(Design).where(Design.key == key)) if actor.can(Permission.DESIGN) else None
    states = _states(session, key, design)
    if not states:
        raise NotFound(_("没有名为“{key}”的流程，或它还没有发布。", key=key))
    by_value = {state.value: state for state in states}
    live = next((state for state in states if state.live), states[-1])
    second = by_value.get(DRAFT, live)
    first = live if second is not live else _earlier(states, live)
    name = session.scalar(
        select(Definition.name).where(Definition.key == key).order_by(Definition.version.desc()).limit(1)
    )
    return ComparePage(
        key=key,
        name=(design.name if design is not None else "") or name or key,
        states=states,
        before=_chosen(by_value, before, first),
        after=_chosen(by_value, after, second),
    )


def _chosen(states: dict[str, State], wanted: str, otherwise: State) -> State:
    if not wanted:
        return otherwise
    if wanted not in states:
        if wanted == DRAFT:
            raise NotFound(_("这个流程没有设计草稿，请从流程库重新打开。"))
        raise NotFound(_("没有这个流程的第 {n} 版。", n=wanted[:10]))
    return states[wanted]


def _earlier(states: list[State], state: State) -> State:
    place = states.index(state)
    return states[place + 1] if place + 1 < len(states) else state


def _states(session: Session, key: str, design: Design | None) -> list[State]:
    asked = (
        select(Definition.version, Definition.status, Definition.created_at, Deployment.created_by, Deployment.note)
        .join(Deployment, Definition.deployment_id == Deployment.id)
        .where(Definition.key == key)
        .order_by(Definition.version.desc())
    )
    rows = session.execute(asked).all()
    who = people(session, [*(row.created_by for row in rows), design.updated_by if design else None])
    found = [
        State(
            value=str(row.version),
            label=_("第 {n} 版", n=row.version),
            at=row.created_at,
            by=who[row.created_by],
            note=row.note,
            live=row.status == DefinitionStatus.LIVE,
        )
        for row in rows
    ]
    if design is not None:
        found.insert(0, State(DRAFT, _("草稿"), design.updated_at, who[design.updated_by], "", live=False))
    return found


def _parts(session: Session, key: str, state: State) -> Parts:
    if state.value != DRAFT:
        return version_parts(session, key, int(state.value))
    design_id = session.scalars(select(Design.id).where(Design.key == key)).one()
    return Parts.of(key, design_files(session, design_id))


def _names(session: Session) -> Names:
    return Names(
        roles=_called(session, Role.code, Role.name),
        departments=_called(session, Department.code, Department.name),
        people=_called(session, Person.account, Person.name),
    )


def _called(session: Session, code: InstrumentedAttribute[str], name: InstrumentedAttribute[str]) -> dict[str, str]:
    return {row[0]: row[1] for row in session.execute(select(code, name))}
