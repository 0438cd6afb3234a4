"""The table of subscriptions mirrors what cases wait for, so that a message or signal finds them without a search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVarTuple

from sqlalchemy import Select, delete, func, insert, select, text, tuple_
from sqlalchemy.orm import Session

from engine import bpmn
from engine.casework.change import Change
from engine.casework.requests import add_jobs
from engine.db import table_of
from engine.models import JobKind, Message, MessageState, Subscription

_SUBSCRIPTION = table_of(Subscription)
_ADD = insert(_SUBSCRIPTION)

Columns = TypeVarTuple("Columns")

Wait = tuple[str, str, str | None, int, str]
"""(kind, name, key, holder, node) of something that a case waits for."""
Waits = frozenset[Wait]


def waits_of(execution: bpmn.Execution) -> Waits:
    """What the case waits for now."""
    return frozenset((a.kind, a.name, a.key, a.holder_id, a.node.id) for a in execution.awaited)


def noted(session: Session, instance_id: int) -> Waits:
    """What the table says that the case waits for."""
    s = _SUBSCRIPTION.c
    rows = session.execute(
        select(s.kind, s.name, s.correlation, s.holder_id, s.node_id).where(s.instance_id == instance_id)
    )
    return frozenset((kind, name, key, holder, node) for kind, name, key, holder, node in rows)


def mirror(change: Change) -> bool:
    """Bring the rows of the case in line; whether a message was waiting for what is awaited newly, or admitted newly
    after it had been refused (guicheng:availableWhen)."""
    before, after = change.waits, waits_of(change.execution)
    admitted = {(name, key) for name, key, *_who in change.execution.admitted - change.admitted}
    new = sorted(after - before, key=str)
    if before != after:
        _write(change, sorted(before - after, key=str), new)
    wanted = admitted | {(name, key) for kind, name, key, *_who in new if kind == "message"}
    if not wanted:
        return False
    names = {name for name, _key in wanted}
    share(change.session, names)
    return add_jobs(change, wake_messages(change.session, names, {key for _name, key in wanted}))


def _write(change: Change, old: list[Wait], new: list[Wait]) -> None:
    session, case = change.session, change.instance.id
    gone = [(holder, node, kind, name) for kind, name, _key, holder, node in old]
    if gone:
        s = _SUBSCRIPTION.c
        session.execute(
            delete(_SUBSCRIPTION).where(
                s.instance_id == case, tuple_(s.holder_id, s.node_id, s.kind, s.name).in_(sorted(gone))
            )
        )
    if not new:
        return
    share(session, {name for kind, name, *_rest in new if kind == "message"})
    rows = [
        {"instance_id": case, "holder_id": holder, "node_id": node, "kind": kind, "name": name, "correlation": key}
        for kind, name, key, holder, node in new
    ]
    session.execute(_ADD, rows)


def wake_messages(
    session: Session, names: Iterable[str], keys: Iterable[str | None] | None = None
) -> list[dict[str, object]]:
    """Jobs that hand over the waiting messages of these names; `keys`: of these keys only."""
    wanted = sorted(names)
    if not wanted:
        return []
    waiting = select(Message.id, Message.correlation, Message.sender_id, Message.node_id).where(
        Message.name.in_(wanted), Message.state == MessageState.WAITING
    )
    found = session.execute(untouched(waiting.order_by(Message.id))).all()
    only = None if keys is None else set(keys)
    return [
        {"instance_id": row.sender_id, "node_id": row.node_id, "kind": JobKind.MESSAGE, "message_id": row.id}
        for row in found
        if only is None or row.correlation in only
    ]


def untouched(messages: Select[*Columns]) -> Select[*Columns]:
    """Without the messages that somebody is handing over, putting away or giving another try: he sees to them
    himself, and a job must not name one that is gone when it is written. The rest is held until the commit."""
    return messages.with_for_update(read=True, key_share=True, skip_locked=True, of=Message)


def share(session: Session, names: Iterable[str]) -> None:
    """Announce that receivers of these messages come in this transaction: nobody finds meanwhile that there are none
    (`alone`). SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        for name in sorted(names):
            session.execute(text("SELECT pg_advisory_xact_lock_shared(hashtext(:name))"), {"name": f"message {name}"})


def alone(session: Session, name: str) -> None:
    """Wait until nobody is about to become a receiver of that message, and let nobody until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"message {name}"))))
