"""What an execution shows of its state: plain values, copied out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from engine.bpmn.model import Node


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A user task that waits for a person.

    `activity_id` is the token of the whole activity: the owner for a child of a multi-instance, else `token_id`.
    `variables` are the child's own (its element, loopCounter, what was written); empty for an ordinary task.
    """

    token_id: int
    activity_id: int
    node: Node
    variables: dict[str, Any]
    due: datetime | None
    remind_at: datetime | None
    loop_counter: int | None


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that has not fired: `kind` is "timer" (drawn in the diagram), "remind" or "overdue" (a deadline).

    (token_id, node_id, kind) is unique in a case. `provisional`: counted with holidays that are not published yet.
    """

    token_id: int
    node_id: str
    kind: str
    due: datetime
    provisional: bool


class WaitingMessage(NamedTuple):
    """A message that can be delivered now, and the start event of the event subprocess that takes it."""

    name: str
    node: Node


class Awaited(NamedTuple):
    """A message or signal that a case waits for: `kind` is "message" or "signal", `key` tells the waiting ones of one
    message apart; `holder_id` is the token or scope that waits, `node` the event."""

    kind: str
    name: str
    key: str | None
    holder_id: int
    node: Node


class ScopeVariables(NamedTuple):
    """What one live scope holds: the process (`node` None), a subprocess, or one child of a multi-instance."""

    node: Node | None
    loop_counter: int | None
    variables: dict[str, Any]
