"""User tasks: open for a person, finished by `complete`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.past import after, before
from engine.bpmn.records import Stand, Token
from engine.bpmn.steps import multi_instance
from engine.bpmn.steps.boundary import arm_boundary_timers
from engine.bpmn.timers import arm_deadline


def enter(machine: Machine, token: Token) -> None:
    """Open the task; a multi-instance opens its children instead."""
    node = token.node
    if node.multi_instance is not None and token.owner is None:
        multi_instance.start(machine, token, node.multi_instance)
        return
    token.stand = Stand.WORK
    token.path = before(token.path, node.id)
    data = {} if token.owner is None or token.local is None else {"loop_counter": token.local["loopCounter"]}
    machine.emit(HappeningKind.ACTIVITY_STARTED, node, token, **data)
    if token.owner is None:
        arm_boundary_timers(machine, token)
    if node.deadline is not None:
        arm_deadline(machine, node.deadline, token)


def complete(machine: Machine, token: Token, variables: Mapping[str, Any]) -> None:
    """A person has finished the task and left these variables."""
    machine.write(token, variables)
    machine.emit(HappeningKind.ACTIVITY_COMPLETED, token.node, token)
    if token.owner is not None:
        multi_instance.child_done(machine, token)
    else:
        token.path = after(token)
        machine.leave(token)
