"""Once a day: note where running cases stand and what they wait for, where no act has noted it yet.

Cases from before this was noted, and those that migration 0007 marks because they may wait for a message or signal that
no row of `subscription` tells of.
"""

from __future__ import annotations

from sqlalchemy import select, update

from engine.casework import awaiting, load_case
from engine.casework.case import standing_of
from engine.errors import ExecutionError, NotFound, NotNow
from engine.models import Instance, InstanceState
from engine.platform import Platform


def note_standings(platform: Platform) -> int:
    """Note them, a transaction each; returns how many. A damaged case is passed over. What is noted already is written
    again as it is, so it may be interrupted and run as often as one likes. A message that waits for one of these cases
    is looked at again."""
    unknown = select(Instance.id).where(Instance.state == InstanceState.RUNNING, Instance.standing.is_(None))
    with platform.database.read() as session:
        ids = session.scalars(unknown).all()
    noted, woken = 0, False
    for instance_id in ids:
        try:
            with platform.database.write() as session:
                change = load_case(platform, session, instance_id, None, even_suspended=True)
                change.waits = awaiting.noted(session, instance_id)
                woken = awaiting.mirror(change) or woken
                standing = {"standing": standing_of(change.execution)}
                session.execute(update(Instance).where(Instance.id == instance_id).values(**standing))
        except (NotFound, NotNow, ExecutionError, ValueError):
            continue
        noted += 1
    if woken:
        platform.wake()
    return noted
