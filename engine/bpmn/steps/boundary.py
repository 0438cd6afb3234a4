"""Boundary events: armed with their activity, interrupting or not; errors look for theirs outwards."""

from __future__ import annotations

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import EventKind, Node
from engine.bpmn.past import after
from engine.bpmn.records import Stand, Token
from engine.bpmn.services import BpmnError
from engine.bpmn.timers import arm_timer


def arm_boundary_timers(machine: Machine, token: Token) -> None:
    """Arm the timers on the border of the activity that `token` has just entered."""
    for event in machine.definition.attached.get(token.node.id, ()):
        if event.event is EventKind.TIMER:
            arm_timer(machine, event, token)


def save_outputs(machine: Machine, token: Token) -> None:
    """Write the output collection that a multi-instance has gathered so far to the variables of the scope."""
    spec = token.node.multi_instance
    if token.loop is not None and spec is not None and spec.output_collection is not None:
        machine.write(token, {spec.output_collection: token.loop.outputs})


def occur(machine: Machine, event: Node, token: Token) -> Token:
    """The event occurs on the activity of `token`: its own token starts; an interrupting one ends the activity."""
    fired = machine.spawn(event, token.scope, stand=Stand.FIRED)
    fired.path = after(token)
    if event.interrupting:
        save_outputs(machine, token)
        machine.cancel(token)
    return fired


def catch_error(machine: Machine, token: Token, error: BpmnError) -> bool:
    """Find the innermost boundary event for an error raised at `token`, a matching code before a general one."""
    at: Token | None = token
    while at is not None:
        events = [e for e in machine.definition.attached.get(at.node.id, ()) if e.event is EventKind.ERROR]
        found = next((e for e in events if e.error_code == error.code), None) or next(
            (e for e in events if e.error_code is None), None
        )
        if found is not None:
            fired = occur(machine, found, at)
            machine.emit(HappeningKind.ERROR_CAUGHT, found, fired, code=error.code, message=error.message)
            told = {found.error_code_variable: error.code, found.error_message_variable: error.message}
            machine.write(fired, {name: value for name, value in told.items() if name is not None})
            return True
        at = at.scope.owner
    return False
