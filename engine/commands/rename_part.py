"""改名: give a form, a table's file or a scenario another name; references to it are not rewritten."""

from __future__ import annotations

from sqlalchemy import select, update

from engine.drafting import lock_design, seen_part, touch
from engine.errors import Invalid, Refused
from engine.i18n import _
from engine.models import Design, DesignPart
from engine.parts import check_part_name
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.trace import TraceKind, record
from engine.versions import lock_procedure


def rename_part(platform: Platform, actor: Actor, key: str, kind: str, name: str, to: str) -> None:
    """Rename a part. Raises `Refused` where the new name is taken, `Invalid` for the diagram or an impossible name.

    A diagram that names a form keeps the old name; the findings show it at the step.
    """
    actor.require(Permission.DESIGN)
    if kind == "diagram":
        raise Invalid(_("流程图的名称就是流程编号，不能改。"))
    check_part_name(key, kind, to)
    now = platform.clock.now()
    with platform.database.write() as session:
        design = lock_design(session, key)
        part_id = seen_part(session, design, kind, name, None)
        if to == name:
            return
        taken = (DesignPart.design_id == design.id, DesignPart.kind == kind, DesignPart.name == to)
        if session.scalar(select(DesignPart.id).where(*taken)) is not None:
            raise Refused(_("已有名为“{name}”的一份，没有改名。请换一个名称。", name=to))
        values = {"name": to, "revision": DesignPart.revision + 1, "updated_at": now, "updated_by": actor.id}
        session.execute(update(DesignPart).where(DesignPart.id == part_id).values(**values))
        touch(session, Design.id == design.id, actor, now)
        lock_procedure(session, key)
        record(session, key, now, actor.id, TraceKind.RENAMED, note=f"{kind}:{name} → {to}")
