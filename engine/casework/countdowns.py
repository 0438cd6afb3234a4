"""The table of countdowns mirrors the timers that a diagram marks as clocks, so that lists and pages show them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from engine import bpmn
from engine.casework.change import Change
from engine.models import Countdown

_QUIET = {"synchronize_session": False}


def mirror(change: Change, happenings: Sequence[bpmn.Happening], ended: bool) -> None:
    """Bring the rows of the case in line: newly armed clocks come, those whose activity is over go."""
    clocks = change.deployed.process.clocks
    if not clocks:
        return
    case, session = change.instance.id, change.session
    rows = [] if ended else _rows(change, happenings)
    known = session.execute(
        select(Countdown.id, Countdown.token_id, Countdown.node_id, Countdown.host_id).where(
            Countdown.instance_id == case
        )
    ).all()
    new = {(row["token_id"], row["node_id"]) for row in rows}
    live = set() if ended else set(change.execution.live_tokens())
    gone = [id for id, token, node, host in known if (token, node) in new or (host, token) not in live]
    if gone:
        session.execute(delete(Countdown).where(Countdown.id.in_(gone)), execution_options=_QUIET)
    if rows:
        session.execute(insert(Countdown), rows)


def _rows(change: Change, happenings: Sequence[bpmn.Happening]) -> list[dict[str, object]]:
    """Of each clock armed in this change; one that was armed twice counts as it stands last."""
    clocks = change.deployed.process.clocks
    told = [h for h in happenings if h.kind == "timer_armed" and h.data["kind"] == "timer" and h.node_id in clocks]
    live = set(change.execution.live_tokens()) if told else set()
    rows = {}
    for armed in told:
        node = clocks[armed.node_id]
        host = node.attached_to or node.id
        if (host, armed.token_id) in live:
            rows[armed.token_id, node.id] = {
                "instance_id": change.instance.id,
                "token_id": armed.token_id,
                "node_id": node.id,
                "host_id": host,
                "label": (node.clock or "")[:120],
                "armed_at": change.now,
                "due_at": armed.data["due"],
            }
    return list(rows.values())
