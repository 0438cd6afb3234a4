"""Conditional events: looked at again after each write, and told when they come to hold."""

from __future__ import annotations

from engine.bpmn.machine import Machine
from engine.bpmn.steps.occurring import occurred


def look(machine: Machine) -> None:
    """Each condition that holds and did not before has occurred, oldest first."""
    machine.written = False
    if not machine.conditions:
        return
    machine.conditions = [one for one in machine.conditions if machine.awaits(one)]
    for subscription in list(machine.conditions):
        if not machine.awaits(subscription):
            continue
        condition = subscription.node.events[subscription.at].condition or "false"
        held = machine.holds(condition, machine.context_of(subscription.holder), subscription.node)
        before, subscription.fired = subscription.fired, held
        if held and not before:
            occurred(machine, subscription)
