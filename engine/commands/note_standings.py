"""Once a day: note where running cases stand that no act has noted yet (cases from before this was noted)."""

from __future__ import annotations

from sqlalchemy import select, update

from engine.casework import load_case
from engine.casework.case import standing_of
from engine.errors import ExecutionError, NotFound, NotNow
from engine.models import Instance, InstanceState
from engine.platform import Platform


def note_standings(platform: Platform) -> int:
    """Note them, a transaction each; returns how many. A damaged case is passed over."""
    unknown = select(Instance.id).where(Instance.state == InstanceState.RUNNING, Instance.standing.is_(None))
    with platform.database.read() as session:
        ids = session.scalars(unknown).all()
    noted = 0
    for instance_id in ids:
        try:
            with platform.database.write() as session:
                change = load_case(platform, session, instance_id, None)
                standing = {"standing": standing_of(change.execution)}
                session.execute(update(Instance).where(Instance.id == instance_id).values(**standing))
        except (NotFound, NotNow, ExecutionError, ValueError):
            continue
        noted += 1
    return noted
