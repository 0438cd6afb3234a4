"""发布: the draft becomes the version on which new cases start, all its parts together or none of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.clock import local
from engine.drafting import design_files, gone, lock_design, named, remove_design
from engine.errors import DesignStale, Invalid, Refused
from engine.i18n import _
from engine.models import Definition, Deployment, Design
from engine.parts import Parts
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.publication import check_parts, write_version
from engine.versions import live_version, lock_procedure, version_parts

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Published:
    """The new version, and the procedure's name as it is drawn now."""

    key: str
    name: str
    version: int


def publish_design(
    platform: Platform, actor: Actor, key: str, note: str, seen_revision: int, seen_live: int | None = None
) -> Published:
    """Make the draft the live version; running cases stay on theirs.

    `seen_revision` is the draft's revision that the person looked at. Where a version was made since the draft was
    begun, `seen_live` must name it: he has seen that he replaces it. Raises `PartsRefused` with all findings,
    `DesignStale` when somebody saved, published or discarded meanwhile, `Refused` when nothing differs from the live
    version, `Invalid` without a note.
    """
    actor.require(Permission.PUBLISH)
    note = _note(note)
    with platform.database.read() as session:  # judged before the lock: nothing slow runs while others wait
        design = session.scalar(select(Design).where(Design.key == key))
        if design is None:
            raise gone(session, key)
        _check_current(session, design, seen_revision, seen_live)
        parts = Parts.of(key, design_files(session, design.id))
        session.refresh(design)  # PostgreSQL shows each statement the newest: no save may lie between the two
        _check_current(session, design, seen_revision, seen_live)
        live = live_version(session, key)
        if live is not None and version_parts(session, key, live).content_hash == parts.content_hash:
            raise Refused(_("草稿与现行第 {n} 版没有差别，不需要发布。", n=live))
        definition = check_parts(platform, session, parts)
    with platform.database.write() as session:
        design = lock_design(session, key)
        lock_procedure(session, key)
        _check_current(session, design, seen_revision, seen_live)  # so what was judged is what is written
        version = write_version(platform, session, parts, definition, "browser", note, actor.id)
        remove_design(session, design.id)
    platform.wake()
    return Published(key, definition.name, version)


def _note(note: str) -> str:
    note = note.strip()
    if not note:
        raise Invalid(_("请写一句发布说明：这一版改了什么、为什么改。"))
    if len(note) > LONGEST_NOTE:
        raise Invalid(_("发布说明超过 {n} 字，请删短。", n=LONGEST_NOTE))
    return note


def _check_current(session: Session, design: Design, seen_revision: int, seen_live: int | None) -> None:
    if design.revision != seen_revision:
        by, when = named(session, design.updated_by), local(design.updated_at).strftime("%Y-%m-%d %H:%M")
        message = _("{by}已于 {when} 改过这份草稿，没有发布。请看过现在的内容后再发布。", by=by, when=when)
        raise DesignStale(message, by, design.updated_at, design.revision)
    live = live_version(session, design.key)
    if live is None or live in (design.base_version, seen_live):
        return
    author = select(Deployment.created_at, Deployment.created_by).join(
        Definition, Definition.deployment_id == Deployment.id
    )
    row = session.execute(author.where(Definition.key == design.key, Definition.version == live)).one()
    by, when = named(session, row.created_by), local(row.created_at).strftime("%Y-%m-%d %H:%M")
    message = _(
        "第 {n} 版已于 {when} 发布，这份草稿是在它之前开始的，没有发布。请先对比两者，确认后再发布。", n=live, when=when
    )
    raise DesignStale(message, by, row.created_at, design.revision, version=live)
