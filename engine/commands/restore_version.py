"""恢复: take an older version into the draft; nothing is live before it is published again."""

from __future__ import annotations

from engine.drafting import files_of, find_or_begin, replace_parts
from engine.errors import NotFound
from engine.i18n import _
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.trace import TraceKind, record
from engine.versions import lock_procedure, version_parts


def restore_version(platform: Platform, actor: Actor, key: str, version: int) -> int:
    """Make the draft what that version was; unpublished work is kept as copies. How many parts changed."""
    actor.require(Permission.DESIGN)
    now = platform.clock.now()
    with platform.database.write() as session:
        design = find_or_begin(session, actor, key, now)
        if design is None:
            raise NotFound(_("没有名为“{key}”的流程，也没有它的设计草稿。", key=key))
        parts = version_parts(session, key, version)
        changed = replace_parts(session, design, files_of(parts), actor, "restored", now)
        lock_procedure(session, key)
        record(session, key, now, actor.id, TraceKind.RESTORED, version, content_hash=parts.content_hash)
    return changed
