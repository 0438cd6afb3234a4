"""Versions of a procedure: who made them, when and why; their parts as one zip; what the checkout offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.bundle import pack
from engine.drafting import design_files
from engine.errors import NotFound
from engine.i18n import _
from engine.models import Definition, Deployment, Design, Instance, InstanceState, ProcedureEvent
from engine.parts import Parts, read_procedure, title_of
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.shared import people
from engine.queries.values import PersonRef
from engine.trace import TraceKind
from engine.versions import live_version, version_parts


@dataclass(frozen=True)
class VersionView:
    """A version in a list; `source` is "files" or "browser", `state` "live" or "retired"; cases that started on it."""

    version: int
    name: str
    author: PersonRef
    at: datetime
    note: str
    state: str
    source: str
    running_cases: int
    all_cases: int
    content_hash: str


@dataclass(frozen=True)
class FileVersion:
    """What lies in the checkout and is no version yet; its hash, and the parts that differ from the live version."""

    key: str
    content_hash: str
    changed: list[tuple[str, str]]


def versions(platform: Platform, actor: Actor, key: str) -> list[VersionView]:
    """All versions, the newest first; empty where nothing was published."""
    actor.require(Permission.SIGNED_IN)
    counted = (
        select(
            Instance.definition_id,
            func.count().label("all_cases"),
            func.count().filter(Instance.state == InstanceState.RUNNING).label("running"),
        )
        .where(Instance.key == key)
        .group_by(Instance.definition_id)
        .subquery()
    )
    asked = (
        select(
            Definition.version,
            Definition.name,
            Definition.status,
            Deployment.created_at,
            Deployment.created_by,
            Deployment.note,
            Deployment.source,
            Deployment.content_hash,
            func.coalesce(counted.c.running, 0).label("running"),
            func.coalesce(counted.c.all_cases, 0).label("all_cases"),
        )
        .join(Deployment, Definition.deployment_id == Deployment.id)
        .outerjoin(counted, counted.c.definition_id == Definition.id)
        .where(Definition.key == key)
        .order_by(Definition.version.desc())
    )
    with platform.database.read() as session:
        rows = session.execute(asked).all()
        who = people(session, {row.created_by for row in rows})
    return [
        VersionView(
            version=row.version,
            name=row.name,
            author=who[row.created_by],
            at=row.created_at,
            note=row.note,
            state=row.status,
            source=row.source,
            running_cases=row.running,
            all_cases=row.all_cases,
            content_hash=row.content_hash,
        )
        for row in rows
    ]


def export_bundle(platform: Platform, actor: Actor, key: str, version: int | None = None) -> tuple[str, bytes]:
    """A file name and the zip of a version, or of the draft (None)."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        if version is not None:
            return _zip(version_parts(session, key, version), version)
        design_id = session.scalar(select(Design.id).where(Design.key == key))
        if design_id is None:
            raise NotFound(_("这个流程没有设计草稿，请从流程库重新打开。"))
        return _zip(Parts.of(key, design_files(session, design_id)), None)


def exported(platform: Platform, key: str, version: int | None = None) -> tuple[int, Parts]:
    """For the command line: the number and the parts of a version, of the live one where none is named."""
    with platform.database.read() as session:
        found = live_version(session, key) if version is None else version
        if found is None:
            raise NotFound(_("没有名为“{key}”的流程，或它还没有发布。", key=key))
        return found, version_parts(session, key, found)


def zipped(parts: Parts, version: int | None) -> bytes:
    """The parts as one zip."""
    return _zip(parts, version)[1]


def offered_file_version(platform: Platform, actor: Actor, key: str) -> FileVersion | None:
    """What the checkout holds, where an owner has published since and the files are news: neither a version that was
    deployed before nor taken into a draft before. None otherwise."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        newest = select(Deployment.source).join(Definition, Definition.deployment_id == Deployment.id)
        newest = newest.where(Definition.key == key).order_by(Definition.version.desc()).limit(1)
        if session.scalar(newest) != "browser":
            return None
        parts = read_procedure(platform.checkout, key)
        if parts is None or _is_known(session, parts):
            return None
        live = live_version(session, key)
        there = set(version_parts(session, key, live).files()) if live is not None else set()
    differ = there.symmetric_difference(parts.files())
    return FileVersion(key, parts.content_hash, sorted({(kind, name) for kind, name, _content in differ}))


def offered_keys(platform: Platform, session: Session, keys: Iterable[str]) -> set[str]:
    """Of these procedures, whose newest version an owner published, those for which the checkout holds news: the same
    rule as `offered_file_version`, for all of them with two statements."""
    found = (read_procedure(platform.checkout, key) for key in keys)
    hashes = {parts.key: parts.content_hash for parts in found if parts is not None}
    if not hashes:
        return set()
    deployed = select(Deployment.key, Deployment.content_hash).where(Deployment.content_hash.in_(list(hashes.values())))
    taken = select(ProcedureEvent.key, ProcedureEvent.content_hash).where(
        ProcedureEvent.kind == TraceKind.FILES_TAKEN, ProcedureEvent.content_hash.in_(list(hashes.values()))
    )
    known = {tuple(row) for statement in (deployed, taken) for row in session.execute(statement)}
    return {key for key, content_hash in hashes.items() if (key, content_hash) not in known}


def _zip(parts: Parts, version: int | None) -> tuple[str, bytes]:
    name = title_of("diagram", parts.diagram) or parts.key
    state = f"v{version}" if version is not None else "draft"
    return f"{parts.key}-{state}.zip", pack(parts, name, version)


def _is_known(session: Session, parts: Parts) -> bool:
    same = Deployment.content_hash == parts.content_hash
    deployed = select(Deployment.id).where(Deployment.key == parts.key, same)
    taken = select(ProcedureEvent.id).where(
        ProcedureEvent.key == parts.key,
        ProcedureEvent.kind == TraceKind.FILES_TAKEN,
        ProcedureEvent.content_hash == parts.content_hash,
    )
    return session.scalar(deployed.limit(1)) is not None or session.scalar(taken.limit(1)) is not None
