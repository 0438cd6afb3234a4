"""放弃草稿: give the draft up; what was not published is kept as copies."""

from __future__ import annotations

from engine.drafting import keep_unpublished, lock_design, remove_design
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.trace import TraceKind, record
from engine.versions import lock_procedure


def discard_design(platform: Platform, actor: Actor, key: str) -> None:
    """Take the draft away; the live version stays. Raises who published or discarded it before."""
    actor.require(Permission.DESIGN)
    now = platform.clock.now()
    with platform.database.write() as session:
        design = lock_design(session, key)
        lock_procedure(session, key)
        keep_unpublished(session, design, actor, now)
        remove_design(session, design.id)
        record(session, key, now, actor.id, TraceKind.DISCARDED, design.base_version)
