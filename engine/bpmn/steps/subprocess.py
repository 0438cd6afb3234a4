"""Scopes inside a case: embedded, transaction, ad-hoc and event subprocesses."""

from __future__ import annotations

from collections.abc import Callable

from engine.bpmn.machine import Machine
from engine.bpmn.model import Node, NodeKind
from engine.bpmn.records import Scope, Stand, Token
from engine.bpmn.steps.awaiting import await_events


def open_inner(machine: Machine, token: Token) -> None:
    """Open the inner scope; when it has ended, the activity has."""
    begin(machine, machine.open_scope(machine.definition.scopes[token.node.id], token, {}))


def begin(machine: Machine, scope: Scope) -> None:
    """Arm the event subprocesses of a new scope and put tokens where it starts.

    An ad-hoc subprocess starts all that nothing leads to: side by side, or the first of them, then one by one.
    """
    for _activity, start in scope.model.event_subprocesses:
        await_events(machine, start, scope)
    first = scope.model.first
    if scope.model.ad_hoc is not None and scope.model.ad_hoc.sequential:
        scope.pending = [node.id for node in first[1:]]
        first = first[:1]
    for node in first:
        machine.spawn(node, scope, stand=Stand.FIRED if node.kind is NodeKind.START_EVENT else Stand.READY)
    if not first:
        machine.end_empty(scope)


def begin_with(machine: Machine, scope: Scope, node: Node) -> None:
    """Start the process at an event that has occurred: a start event, or one behind an instantiating gateway.

    A gateway that needs all of its events goes on waiting for the others.
    """
    for _activity, start in scope.model.event_subprocesses:
        await_events(machine, start, scope)
    machine.spawn(node, scope, stand=Stand.FIRED)
    gateways = [machine.definition.nodes[flow.source] for flow in node.incoming]
    for gateway in gateways:
        for flow in gateway.outgoing if gateway.all_events else ():
            if flow.target != node.id:
                machine.spawn(machine.definition.nodes[flow.target], scope, flow.id)


def trigger(machine: Machine, scope: Scope, start: Node, tell: Callable[[Token], None] | None = None) -> Token:
    """The start event of an event subprocess has occurred: it begins beside the scope's other work, or, interrupting,
    in its place. `tell` is called with its token before anything is cancelled."""
    activity = next(activity for activity, begins in scope.model.event_subprocesses if begins is start)
    token = machine.spawn(activity, scope)
    if start.interrupting:
        machine.drop_subscriptions(scope)
        scope.pending.clear()
    if tell is not None:
        tell(token)
    if start.interrupting:
        machine.clear(scope, keep=token)
    return token
