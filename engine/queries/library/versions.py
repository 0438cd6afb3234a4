"""The versions of one procedure: who made each when and why, what runs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.i18n import _
from engine.models import Definition, DefinitionStatus, Deployment
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.cockpit.scope import Rows
from engine.queries.library.drafts import open_designs
from engine.queries.library.rows import usage_by_version
from engine.queries.library.values import OpenDesign, Usage
from engine.queries.shared import people
from engine.queries.values import PersonRef


@dataclass(frozen=True)
class VersionRow:
    """A version. `source` is "files" or "browser"; `live`: new cases start on it; `usage` is None for who may not see
    all cases."""

    version: int
    name: str
    live: bool
    source: str
    by: PersonRef
    at: datetime
    note: str
    usage: Usage | None


@dataclass(frozen=True)
class VersionsPage:
    """A procedure with all its versions, the newest first, and the draft for who may design."""

    key: str
    name: str
    versions: list[VersionRow]
    design: OpenDesign | None

    @property
    def live(self) -> VersionRow | None:
        """The one in force."""
        return next((row for row in self.versions if row.live), None)


def versions_page(platform: Platform, actor: Actor, key: str) -> VersionsPage:
    """All versions; `NotFound` for a procedure that has none."""
    with platform.database.read() as session:
        rows = _rows(session, actor, key)
        designs = open_designs(session, platform.clock.now()) if actor.can(Permission.DESIGN) else {}
    draft = designs.get(key)
    return VersionsPage(key, rows[0].name, rows, draft.design if draft else None)


@dataclass(frozen=True)
class VersionPage:
    """One version to look at, with the ones before and after it."""

    key: str
    row: VersionRow
    before: int | None
    after: int | None
    live: int | None


def version_page(platform: Platform, actor: Actor, key: str, version: int) -> VersionPage:
    """A version; `NotFound` when there is none of that number."""
    with platform.database.read() as session:
        rows = _rows(session, actor, key)
    at = next((i for i, row in enumerate(rows) if row.version == version), None)
    if at is None:
        raise NotFound(_("没有这个流程的第 {n} 版。", n=version))
    return VersionPage(
        key,
        rows[at],
        before=rows[at + 1].version if at + 1 < len(rows) else None,
        after=rows[at - 1].version if at else None,
        live=next((row.version for row in rows if row.live), None),
    )


def version_diagram(platform: Platform, _actor: Actor, key: str, version: int) -> bytes:
    """The diagram of a version; `NotFound` when there is none of that number."""
    wanted = select(Definition.bpmn).where(Definition.key == key, Definition.version == version)
    with platform.database.read() as session:
        found = session.scalar(wanted)
    if found is None:
        raise NotFound(_("没有这个流程的第 {n} 版。", n=version))
    return found


def _rows(session: Session, actor: Actor, key: str) -> list[VersionRow]:
    found = session.execute(_versions(key)).all()
    if not found:
        raise NotFound(_("没有名为“{key}”的流程，或它还没有发布。", key=key))
    known = people(session, [row.created_by for row in found])
    usage = usage_by_version(session, key) if actor.can(Permission.SEE_ALL_CASES) else None
    return [
        VersionRow(
            version=row.version,
            name=row.name,
            live=row.status == DefinitionStatus.LIVE,
            source=row.source,
            by=known[row.created_by],
            at=row.created_at,
            note=row.note,
            usage=None if usage is None else usage.get(row.id, Usage()),
        )
        for row in found
    ]


def _versions(key: str) -> Rows:
    columns = (Definition.id, Definition.version, Definition.name, Definition.status, Definition.created_at)
    return (
        select(*columns, Deployment.source, Deployment.note, Deployment.created_by)
        .join(Deployment, Definition.deployment_id == Deployment.id)
        .where(Definition.key == key)
        .order_by(Definition.version.desc())
    )
