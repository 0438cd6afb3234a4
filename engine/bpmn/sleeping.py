"""Instances that sleep in a loaded state, and how they wake: one that is asked for, or all before all are looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine.bpmn.codec_values import EPOCH
from engine.bpmn.machine import Machine
from engine.bpmn.records import Asleep, Stand, Subscription, Token

FEWEST = 8
"""So many instances sleep; fewer are not worth it."""


def rouse(machine: Machine, token_id: int) -> Token | None:
    """The token of that id if it sleeps, awake now."""
    for group in machine.asleep:
        local = group.take(token_id)
        if local is not None:
            if not group.ids:
                machine.asleep.remove(group)
            return _wake(machine, group, token_id, local)
    return None


def rouse_all(machine: Machine, owner: Token | None = None) -> None:
    """Everything that sleeps, or the instances of one activity."""
    for group in [g for g in machine.asleep if owner is None or g.owner is owner]:
        machine.asleep.remove(group)
        for token_id, local in group.rows():
            _wake(machine, group, token_id, local)


def _wake(machine: Machine, group: Asleep, token_id: int, local: dict[str, Any]) -> Token:
    owner = group.owner
    token = Token(token_id, owner.node, owner.scope, None, Stand.WORK)
    token.owner, token.local = owner, local
    machine.tokens[token_id] = owner.scope.tokens[token_id] = token
    if group.deadlines:
        machine.subscriptions[token_id] = [_deadline(token, *row) for row in group.deadlines]
    return token


def _deadline(
    holder: Token,
    kind: str,
    due: int | None = None,
    flags: int | None = None,
    start: int | None = None,
    amount: Any = None,
    unit: str | None = None,
) -> Subscription:
    subscription = Subscription(kind, holder.node, holder)
    subscription.due, subscription.start = moment(due), moment(start)
    subscription.fired, subscription.provisional = bool((flags or 0) & 1), bool((flags or 0) & 2)
    subscription.amount, subscription.unit = amount, unit or ""
    return subscription


def moment(micros: int | None) -> datetime | None:
    """Microseconds since 1970 as the moment they mean."""
    return None if micros is None else EPOCH + timedelta(0, 0, micros)
