"""What was kept of a design on the way: copies of what others replaced, and the log of its definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.errors import NotFound
from engine.i18n import N_, _
from engine.models import DesignCopy, ProcedureEvent
from engine.parts import as_utf8, title_of
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.shared import people
from engine.queries.values import PersonRef

REASONS = {
    "forced": N_("被覆盖"),
    "discarded": N_("草稿被放弃"),
    "removed": N_("被删去"),
    "restored": N_("草稿换成了旧版本"),
    "imported": N_("草稿换成了导入的内容"),
    "files": N_("草稿换成了服务器文件的内容"),
    "copy": N_("换回了另一份副本"),
}
"""Why a copy was kept, for `_()`."""
ACTS = {
    "deployed": N_("部署文件为第 {n} 版"),
    "published": N_("发布为第 {n} 版"),
    "opened": N_("打开草稿"),
    "saved": N_("修改"),
    "removed": N_("删去"),
    "renamed": N_("改名"),
    "discarded": N_("放弃了草稿"),
    "restored": N_("把第 {n} 版恢复为草稿"),
    "imported": N_("导入了草稿内容"),
    "files_taken": N_("采用服务器文件"),
    "copy_taken": N_("取回副本"),
}
"""What an entry of the log tells, for `_()` with `n`, the version."""


@dataclass(frozen=True)
class CopyView:
    """A part that was replaced or removed; `reason`: forced, discarded, removed, restored, imported,
    files, copy (see `REASONS`)."""

    id: int
    kind: str
    name: str
    title: str
    author: PersonRef
    written_at: datetime
    reason: str
    replaced_by: PersonRef
    replaced_at: datetime


@dataclass(frozen=True)
class TraceEntry:
    """An entry of the log of a definition; `note` is the publisher's, or names the part."""

    seq: int
    at: datetime
    actor: PersonRef
    kind: str
    version: int | None
    note: str
    content_hash: str


def copies(platform: Platform, actor: Actor, key: str) -> list[CopyView]:
    """Parts that were replaced or removed, the newest first, at most 100."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        asked = select(DesignCopy).where(DesignCopy.key == key).order_by(DesignCopy.id.desc()).limit(100)
        rows = session.scalars(asked).all()
        who = people(session, {person for row in rows for person in (row.author_id, row.replaced_by)})
    return [
        CopyView(
            id=row.id,
            kind=row.kind,
            name=row.name,
            title=title_of(row.kind, row.content),
            author=who[row.author_id],
            written_at=row.written_at,
            reason=row.reason,
            replaced_by=who[row.replaced_by],
            replaced_at=row.replaced_at,
        )
        for row in rows
    ]


def copy_content(platform: Platform, actor: Actor, key: str, copy_id: int) -> tuple[str, bytes]:
    """Kind and content of a kept copy."""
    actor.require(Permission.DESIGN)
    asked = select(DesignCopy.kind, DesignCopy.content).where(DesignCopy.key == key, DesignCopy.id == copy_id)
    with platform.database.read() as session:
        row = session.execute(asked).first()
    if row is None:
        raise NotFound(_("没有这份副本。"))
    return row.kind, as_utf8(row.content)


def trace(platform: Platform, actor: Actor, key: str, most: int = 200) -> list[TraceEntry]:
    """What happened to a definition, the newest first: for owners and for whoever reads the log."""
    if not actor.can(Permission.READ_LOG):
        actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        asked = select(ProcedureEvent).where(ProcedureEvent.key == key).order_by(ProcedureEvent.seq.desc())
        rows = session.scalars(asked.limit(most)).all()
        who = people(session, {row.actor_id for row in rows})
    return [
        TraceEntry(row.seq, row.at, who[row.actor_id], row.kind, row.version, row.note, row.content_hash)
        for row in rows
    ]
