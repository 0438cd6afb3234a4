"""Compensation: what is done in a scope is undone in reverse, each by its handler.

A handler sees the variables of its own that the activity had when it ended. A subprocess without a handler is undone by
its compensation event subprocess, else by undoing what was done in it. The token that threw waits, unless the event
says otherwise.
"""

from __future__ import annotations

from engine.bpmn.event_definitions import EventKind
from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Node, NodeKind
from engine.bpmn.records import Done, Scope, Stand, Token, Undo, Undoing
from engine.bpmn.steps.boundary import occur


def compensate(machine: Machine, token: Token, activity: str | None, *, then: str = "leave") -> None:
    """Undo the activity, or all that is done in the scope of `token`; when nothing is left, `then` (see Undoing)."""
    scope = token.scope
    while scope.owner is not None and scope.owner.node.kind is NodeKind.EVENT_SUBPROCESS:
        scope = scope.owner.scope  # an event subprocess undoes for the scope that it stands in
    wanted = {activity, machine.definition.nodes[activity].compensated_by} if activity is not None else None
    chosen = [done for done in scope.done if wanted is None or done.node_id in wanted]
    scope.done = [done for done in scope.done if done not in chosen]
    undo(machine, token, [(scope.model.id, scope.id, done) for done in chosen], then)


def undo(machine: Machine, token: Token, todo: list[Undo], then: str) -> None:
    """Undo these, the last one first, for the token; it goes on (see Undoing) when nothing is left."""
    token.undo = Undoing(todo, then)
    token.stand = Stand.INNER
    machine.emit(HappeningKind.COMPENSATING, token.node, token, activities=[done.node_id for *_where, done in todo])
    go_on(machine, token)


def handled(machine: Machine, child: Token) -> None:
    """A handler has ended; it goes on with the next."""
    owner = child.owner
    assert owner is not None
    machine.remove(child)
    go_on(machine, owner)


def go_on(machine: Machine, token: Token) -> None:
    """Start the next handler, or end the compensation."""
    undo = token.undo
    assert undo is not None
    while undo.todo:
        undo.current = model_id, scope_id, done = undo.todo.pop()
        if done.inner is None:
            _start(machine, token, machine.definition.nodes[done.node_id], (model_id, scope_id, done))
            return
        inner = [Done(*one) for one in done.inner]
        beside = _compensation_subprocess(machine, done.node_id)
        if beside is not None:
            scope = machine.open_scope(machine.definition.scopes[done.node_id], token, dict(done.variables))
            scope.done = inner
            machine.spawn(beside, scope)
            return
        undo.todo += [
            (done.node_id, 0, Done(one.node_id, {**done.variables, **one.variables}, one.inner, done.came))
            for one in inner
        ]
    token.undo = None
    _end(machine, token, undo.then)


def _start(machine: Machine, token: Token, handler: Node, entry: Undo) -> None:
    model_id, scope_id, done = entry
    live: Scope | None = machine.scopes.get(scope_id)
    if live is None:
        scope = machine.open_scope(machine.definition.scopes[model_id], token, dict(done.variables))
        machine.spawn(handler, scope)
        return
    child = machine.spawn(handler, live)
    child.owner = token
    child.local = dict(done.variables) or None


def _compensation_subprocess(machine: Machine, subprocess_id: str) -> Node | None:
    for activity, start in machine.definition.scopes[subprocess_id].event_subprocesses:
        if start.event is EventKind.COMPENSATION:
            return activity
    return None


def _end(machine: Machine, token: Token, then: str) -> None:
    if then == "leave":
        machine.leave(token)
    elif then == "begin":
        machine.wake(token, Stand.READY)
    elif then == "cancel":
        _cancelled(machine, token)
    else:
        machine.consume(token)


def _cancelled(machine: Machine, token: Token) -> None:
    """The transaction is undone: it is left by its cancel event, or, without one, as if it had ended."""
    transaction = token.scope.owner
    assert transaction is not None
    around = transaction.owner if transaction.owner is not None and transaction.is_instance else transaction
    events = machine.definition.attached.get(around.node.id, ())
    event = next((e for e in events if any(d.kind is EventKind.CANCEL for d in e.events)), None)
    if event is None:
        machine.end_scope(token.scope, token)
    else:
        occur(machine, event, around)
