"""What follows when something that was awaited comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.event_definitions import EventDefinition, EventKind
from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Node, NodeKind
from engine.bpmn.records import Scope, Stand, Subscription, Token
from engine.bpmn.steps.awaiting import await_events
from engine.bpmn.steps.boundary import occur
from engine.bpmn.steps.subprocess import trigger
from engine.bpmn.variables import isolate_all


def occurred(machine: Machine, subscription: Subscription, payload: Mapping[str, Any] | None = None) -> None:
    """What was awaited has come. An event that needs all of its definitions goes on with the last of them."""
    node, holder = subscription.node, subscription.holder
    definition = node.events[subscription.at]
    comes_again = subscription.left is not None or (definition.kind is not EventKind.TIMER and not node.interrupting)
    if node.parallel_multiple or not comes_again:
        machine.unsubscribe(subscription)
    if node.parallel_multiple and any(s.node is node for s in machine.subscriptions.get(holder.id, ())):
        _take_over(machine, node, holder, payload)
        return
    if isinstance(holder, Scope):
        _take_over(machine, node, holder, payload)
        trigger(machine, holder, node, lambda token: _tell(machine, subscription, definition, token))
        if node.parallel_multiple and not node.interrupting:
            await_events(machine, node, holder)
    elif node.kind is NodeKind.BOUNDARY_EVENT:
        fired = occur(machine, node, holder)
        _take_over(machine, node, fired, payload)
        _tell(machine, subscription, definition, fired)
        if node.parallel_multiple and not node.interrupting:
            await_events(machine, node, holder)
    elif node is holder.node:
        _take_over(machine, node, holder, payload)
        _tell(machine, subscription, definition, holder)
        machine.drop_subscriptions(holder)
        machine.wake(holder, Stand.FIRED)
    else:
        _tell(machine, subscription, definition, _choose(machine, holder, node, payload))


def _choose(machine: Machine, gateway: Token, target: Node, payload: Mapping[str, Any] | None) -> Token:
    """The first event behind an event-based gateway decides its way; the others are not awaited any more."""
    flow = next(flow for flow in gateway.node.outgoing if flow.target == target.id)
    machine.emit(HappeningKind.GATEWAY_PASSED, gateway.node, gateway)
    machine.emit(HappeningKind.FLOW_TAKEN, gateway.node, gateway, flow=flow.id)
    fired = machine.spawn(target, gateway.scope, flow.id, Stand.FIRED)
    fired.path = gateway.path
    if target.kind is NodeKind.RECEIVE_TASK:
        machine.emit(HappeningKind.ACTIVITY_STARTED, target, fired)
    machine.remove(gateway)
    _take_over(machine, target, fired, payload)
    return fired


def _take_over(machine: Machine, node: Node, holder: Token | Scope, payload: Mapping[str, Any] | None) -> None:
    """The payload goes into the variables: what the event declares as its outputs, else all of it."""
    if not payload and not node.outputs:
        return
    values: Mapping[str, Any] = payload or {}
    if node.outputs and node.kind is NodeKind.RECEIVE_TASK and isinstance(holder, Token):
        holder.local = {**(holder.local or {}), **isolate_all(values)}  # its outputs are read when it ends
        return
    if node.outputs:
        context = (
            machine.context(holder, values) if isinstance(holder, Token) else machine.scope_context(holder, values)
        )
        values = {name: machine.value_of(text, context, node) for name, text in node.outputs}
    if isinstance(holder, Scope):
        machine.write_in(holder, values)
    else:
        machine.write(holder, values)


def _tell(machine: Machine, subscription: Subscription, definition: EventDefinition, token: Token) -> None:
    node = subscription.node
    if definition.kind is EventKind.MESSAGE:
        machine.emit(HappeningKind.MESSAGE_RECEIVED, node, token, message=subscription.name)
    elif definition.kind is EventKind.SIGNAL:
        machine.emit(HappeningKind.SIGNAL_RECEIVED, node, token, signal=subscription.name)
    elif definition.kind is EventKind.CONDITIONAL:
        machine.emit(HappeningKind.CONDITION_MET, node, token, condition=definition.condition)
