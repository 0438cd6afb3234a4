"""采用文件版本: take what lies in `workflows/` and `forms/` into the draft, where an owner has published since."""

from __future__ import annotations

from engine.drafting import files_of, find_or_begin, replace_parts
from engine.errors import NotFound
from engine.i18n import _
from engine.parts import check_key, read_procedure
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.trace import TraceKind, record
from engine.versions import lock_procedure


def take_file_version(platform: Platform, actor: Actor, key: str) -> int:
    """Make the draft what the checkout holds; unpublished work is kept as copies. How many parts changed."""
    actor.require(Permission.DESIGN)
    check_key(key)
    parts = read_procedure(platform.checkout, key)
    if parts is None:
        raise NotFound(_("服务器的 workflows/ 里没有流程 {key} 的文件。", key=key))
    now = platform.clock.now()
    with platform.database.write() as session:
        design = find_or_begin(session, actor, key, now)
        if design is None:
            raise NotFound(_("没有名为“{key}”的流程，也没有它的设计草稿。", key=key))
        changed = replace_parts(session, design, files_of(parts), actor, "files", now)
        lock_procedure(session, key)
        record(session, key, now, actor.id, TraceKind.FILES_TAKEN, content_hash=parts.content_hash)
    return changed
