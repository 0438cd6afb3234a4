"""删去一部分: take a form, a table or a scenario out of the draft; its content is kept as a copy."""

from __future__ import annotations

from sqlalchemy import delete

from engine.drafting import keep_copy, lock_design, seen_part, touch
from engine.errors import Invalid
from engine.i18n import _
from engine.models import Design, DesignPart
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.trace import TraceKind, record
from engine.versions import lock_procedure


def remove_part(platform: Platform, actor: Actor, key: str, kind: str, name: str, seen_revision: int) -> None:
    """Remove a part as it was seen. Raises `DesignStale` when somebody saved it since, `Invalid` for the diagram."""
    actor.require(Permission.DESIGN)
    if kind == "diagram":
        raise Invalid(_("流程图不能删除。要放弃全部修改，请用“放弃草稿”。"))
    now = platform.clock.now()
    with platform.database.write() as session:
        design = lock_design(session, key)
        part_id = seen_part(session, design, kind, name, seen_revision)
        keep_copy(session, key, part_id, "removed", actor, now)
        session.execute(delete(DesignPart).where(DesignPart.id == part_id))
        touch(session, Design.id == design.id, actor, now)
        lock_procedure(session, key)
        record(session, key, now, actor.id, TraceKind.REMOVED, note=f"{kind}:{name}")
