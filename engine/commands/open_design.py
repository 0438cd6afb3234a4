"""打开设计: the draft of a procedure, begun from its live version where there is none."""

from __future__ import annotations

from sqlalchemy import select

from engine.drafting import find_or_begin
from engine.errors import NotFound
from engine.i18n import _
from engine.models import Definition, DefinitionStatus, Design
from engine.permissions import Actor, Permission
from engine.platform import Platform


def open_design(platform: Platform, actor: Actor, key: str) -> int:
    """The id of the design. Raises `NotFound` where there is neither a draft nor a version, `Forbidden` to others."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:  # most often it is there: no writer need wait for a look
        live = select(Definition.version).where(Definition.key == key, Definition.status == DefinitionStatus.LIVE)
        asked = select(Design.id, Design.revision, Design.base_version, live.scalar_subquery().label("live"))
        row = session.execute(asked.where(Design.key == key)).first()
        if row is not None and (row.revision > 1 or row.base_version == row.live):
            found: int = row.id
            return found
    with platform.database.write() as session:
        design = find_or_begin(session, actor, key, platform.clock.now())
        if design is None:
            raise NotFound(_("没有名为“{key}”的流程，也没有它的设计草稿。", key=key))
        return design.id
