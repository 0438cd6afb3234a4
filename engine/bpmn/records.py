"""The live state of a case: three kinds of flat records and nothing else.

A *scope* holds variables and tokens (one per process instance, subprocess and event subprocess); a *token* stands on a
node; a *subscription* waits for time or for a message. What is finished leaves the state; history is told as
happenings.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple

from engine.bpmn.model import Node, ScopeModel


class Stand(IntEnum):
    """What a token does; only the first four occur at rest and all four follow from the node, so none is saved."""

    WORK = 1  # a person must finish a user task
    CATCH = 2  # an intermediate event must occur
    INNER = 3  # an inner scope or the children of a multi-instance must end
    JOIN = 4  # the other incoming flows of a parallel gateway must bring theirs
    READY = 5  # in the queue: enters its node
    FIRED = 6  # in the queue: its event has occurred
    RESUMED = 7  # in the queue: what it owned has ended
    GONE = 8  # no longer part of the state


class Mark(NamedTuple):
    """A step that a token's past contains: an ended user task, or a parallel gateway at which branches met.

    `id` is that of the activity's token (a fresh one for a gateway), so what came earlier has the smaller id.
    `branches` (gateways only): by incoming flow the ids of the marks that only this branch had.
    """

    id: int
    node_id: str
    branches: dict[str, frozenset[int]] | None = None


class Loop:
    """State of a running multi-instance, kept on the token that owns the children."""

    __slots__ = ("done", "outputs", "remaining", "started", "total")

    def __init__(self, total: int, outputs: list[Any] | None, remaining: list[Any] | None) -> None:
        self.total = total
        self.started = 0
        self.done = 0
        self.outputs = outputs  # by position; None without an output collection
        self.remaining = remaining  # elements not started yet; None when all start at once


class Scope:
    """A running process or subprocess."""

    __slots__ = ("id", "joins", "model", "owner", "parent", "tokens", "variables")

    def __init__(
        self, id: int, model: ScopeModel, parent: Scope | None, owner: Token | None, variables: dict[str, Any]
    ) -> None:
        self.id = id
        self.model = model
        self.parent = parent
        self.owner = owner
        self.variables = variables
        self.tokens: dict[int, Token] = {}
        self.joins: dict[str, list[Token]] = {}  # tokens waiting at a parallel gateway, by its node id


class Token:
    """Where a case stands; a child of a multi-instance has an `owner` and `local` variables."""

    __slots__ = ("flow", "id", "inner", "local", "loop", "node", "owner", "path", "scope", "stand")

    def __init__(self, id: int, node: Node, scope: Scope, flow: str | None, stand: Stand) -> None:
        self.id = id
        self.node = node
        self.scope = scope
        self.flow = flow  # id of the flow it came by
        self.stand = stand
        self.path: tuple[Mark, ...] = ()  # its past, oldest first; a step that is entered again cuts off what followed
        self.owner: Token | None = None
        self.local: dict[str, Any] | None = None
        self.loop: Loop | None = None
        self.inner: Scope | None = None

    @property
    def activity_id(self) -> int:
        """The token that stands for the whole activity: the owner for a child of a multi-instance."""
        return self.owner.id if self.owner is not None else self.id


class Subscription:
    """Something awaited by a token, or by a scope (event subprocesses).

    `kind`: "timer" (boundary and intermediate timers), "remind" and "overdue" (deadlines), "message".
    `start`, `amount`, `unit` say how a due moment was computed, so that it can be computed again; unit "" is fixed.
    `fired` deadlines stay, because the task still shows when it was due.
    """

    __slots__ = ("amount", "due", "fired", "holder", "kind", "node", "provisional", "start", "unit")

    def __init__(self, kind: str, node: Node, holder: Token | Scope) -> None:
        self.kind = kind
        self.node = node
        self.holder = holder
        self.due: datetime | None = None
        self.provisional = False
        self.start: datetime | None = None
        self.amount: Any = None
        self.unit = ""
        self.fired = False
