"""设计草稿 as the studio shows them: the draft with its parts, who is at it, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from engine.drafting import gone, overlaid
from engine.errors import NotFound, PartFinding
from engine.i18n import _
from engine.models import Definition, DefinitionStatus, Department, Design, DesignEditor, DesignPart, Person, Resource
from engine.parts import Parts, as_utf8, form_users
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.publication import find_all
from engine.queries.draft_changes import count_changes
from engine.queries.shared import people
from engine.queries.values import PersonRef

PRESENT = timedelta(seconds=45)
"""An editor who was not seen for so long has left; browsers say every 15 s that they are there."""


@dataclass(frozen=True)
class DesignPartView:
    """A part of a draft, without its content; `title` may be empty."""

    kind: str
    name: str
    title: str
    revision: int
    updated_at: datetime
    updated_by: PersonRef


@dataclass(frozen=True)
class EditorView:
    """Somebody who has the draft open now; `part` is "kind:name" as his browser says, or empty."""

    name: str
    department: str
    part: str
    me: bool


@dataclass(frozen=True)
class DesignView:
    """A draft; `changed` counts the differences from the live version as 对比 does, the parts where nothing is live."""

    key: str
    name: str
    base_version: int | None
    live_version: int | None
    revision: int
    changed: int
    parts: list[DesignPartView]
    editors: list[EditorView]
    updated_at: datetime
    updated_by: PersonRef
    may_publish: bool


@dataclass(frozen=True)
class DesignRow:
    """A draft in a list; `changed` as with `DesignView`."""

    key: str
    name: str
    base_version: int | None
    live_version: int | None
    revision: int
    changed: int
    updated_at: datetime
    updated_by: PersonRef


@dataclass(frozen=True)
class PartContent:
    """The text of a part (UTF-8) and its revision."""

    content: bytes
    revision: int


@dataclass(frozen=True)
class Presence:
    """What a browser asks every few seconds: who is there, and which parts have which revision."""

    revision: int
    editors: list[EditorView]
    parts: list[DesignPartView]


@dataclass(frozen=True)
class Checked:
    """All findings, hints last, and when they were found."""

    findings: list[PartFinding]
    checked_at: datetime

    @property
    def problems(self) -> list[PartFinding]:
        """Those that stand in the way of publishing."""
        return [found for found in self.findings if found.finding.level != "hint"]


def changed_designs(session: Session) -> list[DesignRow]:
    """All drafts that differ from what is live, newest change first."""
    rows = session.execute(_designs().order_by(Design.updated_at.desc())).all()
    rows = [row for row in rows if row.parts_changed or row.live_version is None]
    counts = count_changes(session, [(row.key, row.id) for row in rows if row.live_version is not None])
    who = people(session, (row.updated_by for row in rows))
    return [
        DesignRow(
            row.key,
            row.name,
            row.base_version,
            row.live_version,
            row.revision,
            counts.get(row.key, row.parts_changed),
            row.updated_at,
            who[row.updated_by],
        )
        for row in rows
    ]


def design(platform: Platform, actor: Actor, key: str) -> DesignView:
    """The draft of a procedure; `NotFound` when there is none."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        row = session.execute(_designs().where(Design.key == key)).first()
        if row is None:
            raise NotFound(_("这个流程没有设计草稿，请从流程库重新打开。"))
        parts = _titled(session, row.id, _parts(session, row.id))
        counts = count_changes(session, [(key, row.id)]) if row.parts_changed else {}
        return DesignView(
            key=key,
            name=row.name,
            base_version=row.base_version,
            live_version=row.live_version,
            revision=row.revision,
            changed=counts.get(key, row.parts_changed),
            parts=parts,
            editors=_editors(session, row.id, actor, platform.clock.now()),
            updated_at=row.updated_at,
            updated_by=people(session, [row.updated_by])[row.updated_by],
            may_publish=actor.can(Permission.PUBLISH),
        )


def presence(platform: Platform, actor: Actor, key: str) -> Presence:
    """Who is at the draft and how its parts stand; raises who published or discarded it when it is no more."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        row = session.execute(select(Design.id, Design.revision).where(Design.key == key)).first()
        if row is None:
            raise gone(session, key)
        editors = _editors(session, row.id, actor, platform.clock.now())
        return Presence(row.revision, editors, _parts(session, row.id))


def part_content(platform: Platform, actor: Actor, key: str, kind: str, name: str) -> PartContent:
    """The content of a part of the draft; `NotFound` when there is none."""
    actor.require(Permission.DESIGN)
    here = (Design.key == key, DesignPart.kind == kind, DesignPart.name == name)
    asked = select(DesignPart.content, DesignPart.revision).join(Design, DesignPart.design_id == Design.id)
    with platform.database.read() as session:
        row = session.execute(asked.where(*here)).first()
    if row is None:
        raise NotFound(_("草稿里没有这一部分，它可能已被删除或改名。"))
    return PartContent(as_utf8(row.content), row.revision)


def draft_parts(
    platform: Platform, actor: Actor, key: str, overlay: Mapping[tuple[str, str], bytes] | None = None
) -> Parts:
    """The draft's parts with what is not saved yet laid over them."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        return overlaid(session, key, overlay or {})


def check_design(
    platform: Platform, actor: Actor, key: str, overlay: Mapping[tuple[str, str], bytes] | None = None
) -> Checked:
    """Judge the draft, with what is not saved yet laid over it; nothing is saved."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        parts = overlaid(session, key, overlay or {})
        return Checked(find_all(platform, session, parts), platform.clock.now())


def _designs() -> Select[Any]:
    """Designs with the live version and how many parts differ from it; contents are compared where they lie."""
    live = aliased(Definition)
    other = and_(
        Resource.deployment_id == live.deployment_id, Resource.kind == DesignPart.kind, Resource.name == DesignPart.name
    )
    differs = or_(
        and_(DesignPart.kind == "diagram", DesignPart.content.is_distinct_from(live.bpmn)),
        and_(DesignPart.kind != "diagram", DesignPart.content.is_distinct_from(Resource.content)),
    )
    changed = (
        select(func.count())
        .select_from(DesignPart)
        .outerjoin(Resource, other)
        .where(DesignPart.design_id == Design.id, differs)
        .correlate(Design, live)
        .scalar_subquery()
    )
    kept = select(DesignPart.id).where(
        DesignPart.design_id == Design.id, DesignPart.kind == Resource.kind, DesignPart.name == Resource.name
    )
    removed = (
        select(func.count())
        .select_from(Resource)
        .where(Resource.deployment_id == live.deployment_id, ~kept.correlate(Design, Resource).exists())
        .correlate(Design, live)
        .scalar_subquery()
    )
    return select(
        Design.id,
        Design.key,
        Design.name,
        Design.base_version,
        Design.revision,
        Design.updated_at,
        Design.updated_by,
        live.version.label("live_version"),
        (changed + removed).label("parts_changed"),
    ).outerjoin(live, and_(live.key == Design.key, live.status == DefinitionStatus.LIVE))


_ORDER = ("diagram", "form", "decision", "scenario")


def _parts(session: Session, design_id: int) -> list[DesignPartView]:
    columns = (DesignPart.kind, DesignPart.name, DesignPart.title, DesignPart.revision, DesignPart.updated_at)
    asked = select(*columns, DesignPart.updated_by).where(DesignPart.design_id == design_id)
    rows = session.execute(asked.order_by(DesignPart.name)).all()
    who = people(session, {row.updated_by for row in rows})
    views = [DesignPartView(*row[:5], updated_by=who[row.updated_by]) for row in rows]
    return sorted(views, key=lambda view: _ORDER.index(view.kind))


def _titled(session: Session, design_id: int, parts: list[DesignPartView]) -> list[DesignPartView]:
    """A form that has no name of its own is called by the steps that ask for it."""
    here = (DesignPart.design_id == design_id, DesignPart.kind == "diagram")
    users = form_users(session.scalar(select(DesignPart.content).where(*here)) or b"")

    def title(part: DesignPartView) -> str:
        steps = users.get(part.name, []) if part.kind == "form" else []
        return part.title or "、".join(steps)

    return [replace(part, title=title(part)) for part in parts]


def _editors(session: Session, design_id: int, actor: Actor, now: datetime) -> list[EditorView]:
    asked = (
        select(Person.id, Person.name, Department.name.label("department"), DesignEditor.part)
        .join(Person, DesignEditor.person_id == Person.id)
        .join(Department, Person.department_id == Department.id)
        .where(DesignEditor.design_id == design_id, DesignEditor.seen_at > now - PRESENT)
        .order_by(Person.name)
    )
    return [EditorView(row.name, row.department, row.part, row.id == actor.id) for row in session.execute(asked)]
