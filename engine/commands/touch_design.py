"""在场: say that a person has a design open, and which part, so that others are warned."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.drafting import gone
from engine.models import Design, DesignEditor
from engine.permissions import Actor, Permission
from engine.platform import Platform


def touch_design(platform: Platform, actor: Actor, key: str, part: str, leaving: bool = False) -> None:
    """Remember that this person is here now, or forget him; raises what became of a design that is no more."""
    actor.require(Permission.DESIGN)
    with platform.database.write() as session:
        design_id = session.scalar(
            select(Design.id).where(Design.key == key).with_for_update(read=True, key_share=True)
        )
        if design_id is None:
            if leaving:
                return
            raise gone(session, key)
        if leaving:
            me = (DesignEditor.design_id == design_id, DesignEditor.person_id == actor.id)
            session.execute(delete(DesignEditor).where(*me))
            return
        dialect_insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
        values = {"part": part[:120], "seen_at": platform.clock.now()}
        statement = dialect_insert(DesignEditor).values(design_id=design_id, person_id=actor.id, **values)
        session.execute(statement.on_conflict_do_update(index_elements=["design_id", "person_id"], set_=values))
