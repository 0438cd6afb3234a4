"""Versions as they are stored: their parts, the newest, the live one; and the lock under which a new one is made."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.i18n import _
from engine.models import Definition, DefinitionStatus, Resource
from engine.parts import Parts

_VERSIONS, _DRAFTS = 7, 8


def lock_procedure(session: Session, key: str) -> None:
    """Let nobody else make a version of this procedure or write its log until this transaction ends.

    SQLite has one writer at a time anyway. Locks are taken in this order and no other, so that nobody waits in a
    circle: `lock_beginning`, the design's row, `lock_procedure`.
    """
    _lock(session, key, _VERSIONS)


def lock_beginning(session: Session, key: str) -> None:
    """Let nobody else begin a draft of this procedure until this transaction ends."""
    _lock(session, key, _DRAFTS)


def _lock(session: Session, key: str, what: int) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, what))))


def live_version(session: Session, key: str) -> int | None:
    """The version on which new cases start, None when nothing is published."""
    live = Definition.status == DefinitionStatus.LIVE
    return session.scalar(select(Definition.version).where(Definition.key == key, live))


def version_parts(session: Session, key: str, version: int) -> Parts:
    """The parts of a version, byte for byte as they were deployed; `NotFound` when there is none."""
    asked = select(Definition.bpmn, Definition.deployment_id)
    asked = asked.where(Definition.key == key, Definition.version == version)
    row = session.execute(asked).first() if 0 < version < 2**31 else None  # no database holds a larger one
    if row is None:
        raise NotFound(_("没有这个流程的第 {n} 版。", n=version))
    rows = session.execute(
        select(Resource.kind, Resource.name, Resource.content).where(Resource.deployment_id == row.deployment_id)
    )
    files = {(kind, name): content for kind, name, content in rows}
    return Parts.of(key, {**files, ("diagram", key): row.bpmn})
