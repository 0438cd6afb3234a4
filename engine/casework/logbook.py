"""Writing into the chain of a case's log; see engine/audit.py for what the chain proves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from engine import audit
from engine.casework.change import LogEntry
from engine.db import table_of
from engine.models import Event, Instance
from engine.prepared import Prepared

_LOG = Prepared(insert(table_of(Event)))


def append(
    session: Session, instance: Instance, entries: Iterable[LogEntry], actor_id: int | None, now: datetime
) -> dict[str, Any]:
    """Append entries to the chain of a case whose row the caller holds; the new tip (`event_seq`, `event_head`), which
    the caller writes to the case's row."""
    head, seq = instance.event_head or audit.GENESIS, instance.event_seq
    rows, link = [], audit.linker(instance.id, now, actor_id)
    for entry in entries:
        seq += 1
        payload = audit.payload_bytes(entry.payload)
        digest = audit.payload_hash(payload)
        head = link(head, seq, entry.kind, entry.node_id, entry.token_id, digest)
        rows.append(
            {
                "instance_id": instance.id,
                "seq": seq,
                "at": now,
                "actor_id": actor_id,
                "kind": entry.kind,
                "node_id": entry.node_id,
                "token_id": entry.token_id,
                "payload": payload,
                "payload_hash": digest,
                "hash": head,
            }
        )
    if rows:
        _LOG.run_each(session, rows)
    return {"event_seq": seq, "event_head": head}


def note(
    session: Session,
    instance_id: int,
    actor_id: int | None,
    now: datetime,
    kind: str,
    payload: Mapping[str, Any],
    node_id: str = "",
    token_id: int = 0,
) -> None:
    """One entry about a case that does not move; takes the lock of its row."""
    instance = session.scalars(select(Instance).where(Instance.id == instance_id).with_for_update(key_share=True)).one()
    session.refresh(instance)  # it may have been read before the lock was ours
    tip = append(session, instance, [LogEntry(kind, node_id, token_id, dict(payload))], actor_id, now)
    session.execute(
        update(Instance).where(Instance.id == instance_id).values(**tip),
        execution_options={"synchronize_session": False},
    )
