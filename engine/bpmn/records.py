"""The live state of a case: three kinds of flat records and nothing else.

A *scope* holds variables and tokens (one per process instance, subprocess and event subprocess); a *token* stands on a
node; a *subscription* waits for an event from outside the flow. What is finished leaves the state; history is told as
happenings. The one exception is what a compensation may need: a scope remembers what it has to undo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple

from engine.bpmn.model import Node, NodeKind, ScopeModel
from engine.bpmn.voting import Ballot


class Stand(IntEnum):
    """What a token does; the second half occurs only while a case runs, never at rest."""

    WORK = 1  # a person must finish a user task
    CATCH = 2  # an event must occur
    INNER = 3  # an inner scope, the instances of an activity or what it compensates must end
    JOIN = 4  # other incoming flows of a gateway must bring theirs
    OUTSIDE = 5  # a job or a called case must end
    GATHER = 6  # an activity waits for more tokens (startQuantity)
    ABSORB = 7  # a complex gateway has gone on and takes in what comes late
    READY = 11  # in the queue: enters its node
    FIRED = 12  # in the queue: its event has occurred
    RESUMED = 13  # in the queue: what it owned has ended
    LATE = 14  # throws a message or signal as soon as all others wait
    GONE = 15  # no longer part of the state


_AT_REST: Mapping[NodeKind, Stand] = {
    NodeKind.USER_TASK: Stand.WORK,
    NodeKind.CATCH_EVENT: Stand.CATCH,
    NodeKind.RECEIVE_TASK: Stand.CATCH,
    NodeKind.EVENT_BASED_GATEWAY: Stand.CATCH,
    NodeKind.SERVICE_TASK: Stand.OUTSIDE,
    NodeKind.SEND_TASK: Stand.OUTSIDE,
    NodeKind.CALL_ACTIVITY: Stand.OUTSIDE,
    NodeKind.PARALLEL_GATEWAY: Stand.JOIN,
    NodeKind.INCLUSIVE_GATEWAY: Stand.JOIN,
    NodeKind.COMPLEX_GATEWAY: Stand.JOIN,
}


def rest_at(node: Node, has_loop: bool) -> Stand:
    """What a token does at rest at that node, unless its row says otherwise."""
    return Stand.INNER if has_loop else _AT_REST.get(node.kind, Stand.INNER)


class Mark(NamedTuple):
    """A step that a token's past contains: an ended user task, or a parallel gateway at which branches met.

    `id` is that of the activity's token (a fresh one for a gateway), so what came earlier has the smaller id.
    `branches` (gateways only): by incoming flow the ids of the marks that only this branch had.
    """

    id: int
    node_id: str
    branches: dict[str, frozenset[int]] | None = None


class Done(NamedTuple):
    """A completed activity that can be undone: by its handler, or, for a subprocess, by undoing what was done in it.

    `variables`: the values it saw of its own when it ended. `inner`: None where the node is a handler to be run.
    `came`: the ids of its token and of the marks that led to it (`engine.bpmn.past.came_of`), so that a return knows
    what it undoes; empty in states that were saved before this was noted.
    """

    node_id: str
    variables: dict[str, Any]
    inner: list[Any] | None  # of Done; read back from a save as plain lists
    came: Sequence[int] = ()


Undo = tuple[str, int, Done]
"""One thing to be undone, see `Undoing`."""


class Loop:
    """State of an activity that is done several times, kept on the token that owns the instances."""

    __slots__ = ("ballot", "done", "outputs", "remaining", "started", "total")

    def __init__(self, total: int, outputs: list[Any] | None, remaining: list[Any] | None) -> None:
        self.total = total  # 0 for a standard loop without a maximum
        self.started = 0
        self.done = 0
        self.outputs = outputs  # by position; None without an output collection
        self.remaining = remaining  # elements not started yet; None when all start at once
        self.ballot: Ballot | None = None  # of a vote


class Undoing:
    """State of a compensation, kept on the token that threw it: what is still to be undone, the next one last.

    Each entry is (id of the scope model it was done in, id of the live scope or 0, Done); `current` is the one whose
    handler is at work. `then`: what becomes of the token when nothing is left: "leave" by its flows, "end",
    "cancel" the transaction it is in, or "begin" (a step that was returned to).
    """

    __slots__ = ("current", "then", "todo")

    def __init__(self, todo: list[Undo], then: str) -> None:
        self.todo = todo
        self.then = then
        self.current: Undo | None = None


class Scope:
    """A running process or subprocess."""

    __slots__ = ("done", "id", "joins", "model", "owner", "parent", "pending", "tokens", "variables")

    def __init__(
        self, id: int, model: ScopeModel, parent: Scope | None, owner: Token | None, variables: dict[str, Any]
    ) -> None:
        self.id = id
        self.model = model
        self.parent = parent
        self.owner = owner
        self.variables = variables
        self.tokens: dict[int, Token] = {}
        self.joins: dict[str, list[Token]] = {}  # tokens waiting at a gateway, by its node id
        self.pending: list[str] = []  # activities of a sequential ad-hoc subprocess that have not begun
        self.done: list[Done] = []  # what a compensation would undo, oldest first


class Token:
    """Where a case stands.

    `owner`: of an instance of a multi-instance or loop the token of the whole activity, of a compensation handler the
    token that threw. `local`: variables of its own.
    """

    __slots__ = ("absorbed", "flow", "id", "inner", "local", "loop", "node", "owner", "path", "scope", "stand", "undo")

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
        self.undo: Undoing | None = None
        self.inner: Scope | None = None
        self.absorbed: list[str] | None = None  # flows whose tokens a complex gateway has taken in since it went on

    @property
    def is_instance(self) -> bool:
        """Whether it is one of several instances of its activity."""
        return self.owner is not None and self.owner.node is self.node

    @property
    def activity_id(self) -> int:
        """The token that stands for the whole activity: the owner for an instance."""
        return self.owner.id if self.owner is not None and self.owner.node is self.node else self.id


class Subscription:
    """Something awaited by a token, or by a scope (event subprocesses).

    `kind`: "timer" (drawn timers), "remind" and "overdue" (deadlines), "message", "signal", "conditional".
    `name` and `key`: of a message or signal, and the key that tells the waiting ones of one message apart.
    `start`, `amount`, `unit` say how a due moment was computed, so that it can be computed again; unit "" is fixed.
    `fired` deadlines stay, because the task still shows when it was due; on a conditional event it means that the
    condition held when last looked at. `left`: how often a repeating timer comes again after the next time (-1: without
    end); `period` (calendar months, microseconds) or else `amount` and `unit` lie between.
    """

    __slots__ = (
        "amount",
        "at",
        "due",
        "fired",
        "holder",
        "key",
        "kind",
        "left",
        "name",
        "node",
        "period",
        "provisional",
        "start",
        "unit",
    )

    def __init__(self, kind: str, node: Node, holder: Token | Scope, at: int = 0) -> None:
        self.kind = kind
        self.node = node
        self.holder = holder
        self.at = at  # place of the definition among those of the event
        self.name: str | None = None
        self.key: str | None = None
        self.due: datetime | None = None
        self.provisional = False
        self.start: datetime | None = None
        self.amount: Any = None
        self.unit = ""
        self.fired = False
        self.left: int | None = None
        self.period: tuple[int, int] | None = None


class Asleep:
    """Instances of one user task that nothing has touched since they were saved, all with the same deadlines.

    They are no tokens until somebody asks for one (`engine.bpmn.sleeping`): among a thousand open instances, finishing
    one costs what one costs. They are kept by columns, so that reading them makes a handful of lists and not a
    thousand mappings. `names`: the variables each of them has; `ids`: their tokens; `columns`: the values of each
    variable, in the order of `ids`. `deadlines`: rows of a saved subscription without its holder, see
    `engine.bpmn.codec`.
    """

    __slots__ = ("columns", "deadlines", "ids", "names", "owner")

    def __init__(
        self, owner: Token, names: list[str], ids: list[int], columns: list[list[Any]], deadlines: list[list[Any]]
    ) -> None:
        if any(len(column) != len(ids) for column in columns) or len(columns) != len(names):
            raise ValueError(names, len(ids))
        self.owner = owner
        self.names, self.ids, self.columns = names, ids, columns
        self.deadlines = deadlines

    def take(self, token_id: int) -> dict[str, Any] | None:
        """The variables of this one, which sleeps here no more; None if it never did."""
        try:
            place = self.ids.index(token_id)
        except ValueError:
            return None
        del self.ids[place]
        return dict(zip(self.names, [column.pop(place) for column in self.columns], strict=True))

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each with the id of its token and its variables."""
        for place, token_id in enumerate(self.ids):
            yield token_id, {name: column[place] for name, column in zip(self.names, self.columns, strict=True)}
