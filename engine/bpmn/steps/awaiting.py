"""Subscribing to events that come from outside the flow."""

from __future__ import annotations

from engine.bpmn.event_definitions import EventDefinition, EventKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Node
from engine.bpmn.records import Scope, Subscription, Token
from engine.bpmn.timers import arm_timer


def await_events(machine: Machine, node: Node, holder: Token | Scope) -> None:
    """Subscribe to each definition of an event that is awaited; the other kinds are found by who throws them."""
    for at, definition in enumerate(node.events):
        if definition.kind is EventKind.TIMER:
            arm_timer(machine, node, holder, at)
        elif definition.kind is EventKind.MESSAGE or definition.kind is EventKind.SIGNAL:
            machine.subscribe(_named(machine, node, holder, definition, at))
        elif definition.kind is EventKind.CONDITIONAL:
            machine.subscribe(Subscription("conditional", node, holder, at))
            machine.written = True  # it may hold already


def _named(machine: Machine, node: Node, holder: Token | Scope, definition: EventDefinition, at: int) -> Subscription:
    subscription = Subscription(definition.kind.value, node, holder, at)
    subscription.name = name_of(machine, definition, holder, node)
    subscription.key = key_of(machine, definition, holder, node)
    return subscription


def name_of(machine: Machine, definition: EventDefinition, holder: Token | Scope, node: Node) -> str:
    """The name of a message or signal; it may be FEEL."""
    name = definition.name or ""
    return str(machine.value_of(name, machine.context_of(holder), node)) if name.startswith("=") else name


def key_of(machine: Machine, definition: EventDefinition, holder: Token | Scope, node: Node) -> str | None:
    """The key that tells the waiting ones of a message apart; None where the diagram names none."""
    if definition.correlation is None:
        return None
    value = machine.value_of(definition.correlation, machine.context_of(holder), node)
    return None if value is None else str(value)
