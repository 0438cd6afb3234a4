"""取回副本: put a part that was replaced or removed back into the draft; what stands there now is kept in its turn."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.drafting import design_files, find_or_begin, replace_parts
from engine.errors import NotFound
from engine.i18n import _
from engine.models import DesignCopy
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.trace import TraceKind, record
from engine.versions import lock_procedure


@dataclass(frozen=True)
class TakenCopy:
    """The part that the draft holds again."""

    kind: str
    name: str


def take_copy(platform: Platform, actor: Actor, key: str, copy_id: int) -> TakenCopy:
    """Put the copy in its old place. `NotFound` where there is no such copy, or neither draft nor version."""
    actor.require(Permission.DESIGN)
    now = platform.clock.now()
    with platform.database.write() as session:
        design = find_or_begin(session, actor, key, now)
        copy = session.scalar(select(DesignCopy).where(DesignCopy.key == key, DesignCopy.id == copy_id))
        if design is None or copy is None:
            raise NotFound(_("没有这份副本。"))
        files = {**design_files(session, design.id), (copy.kind, copy.name): copy.content}
        replace_parts(session, design, files, actor, "copy", now)
        lock_procedure(session, key)
        record(session, key, now, actor.id, TraceKind.COPY_TAKEN, note=f"{copy.kind}:{copy.name}")
        return TakenCopy(copy.kind, copy.name)
