"""Boundary events: armed with their activity, interrupting or not; errors and escalations look for theirs outwards."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from engine.bpmn.event_definitions import EventDefinition, EventKind
from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Node, NodeKind
from engine.bpmn.past import after
from engine.bpmn.records import Stand, Token
from engine.bpmn.services import BpmnError
from engine.bpmn.steps.awaiting import await_events
from engine.bpmn.steps.subprocess import trigger


def arm_boundary(machine: Machine, token: Token) -> None:
    """Arm what is awaited on the border of the activity that `token` has just entered."""
    for event in machine.definition.attached.get(token.node.id, ()):
        await_events(machine, event, token)


def save_outputs(machine: Machine, token: Token) -> None:
    """Write what a multi-instance has gathered so far to the variables of the scope: its output collection, and the
    result of a vote, which is over."""
    loop, node = token.loop, token.node
    if loop is None or node.multi_instance is None:
        return
    values: dict[str, Any] = {}
    if node.multi_instance.output_collection is not None:
        values[node.multi_instance.output_collection] = loop.outputs
    if loop.ballot is not None and node.vote is not None:
        values[node.vote.result] = result = loop.ballot.result()
        machine.emit(HappeningKind.VOTE_COUNTED, node, token, **result)
    machine.write_out(token, values)


def occur(machine: Machine, event: Node, token: Token) -> Token:
    """The event occurs on the activity of `token`: its own token starts; an interrupting one ends the activity."""
    fired = machine.spawn(event, token.scope, stand=Stand.FIRED)
    fired.path = after(token)
    if event.interrupting:
        save_outputs(machine, token)
        machine.cancel(token)
    return fired


def catch_error(machine: Machine, token: Token, error: BpmnError) -> bool:
    """Find the innermost event that takes an error raised at `token`; False where none does."""
    return _propagate(machine, token, EventKind.ERROR, error.code, error.message)


def catch_escalation(machine: Machine, token: Token, code: str) -> bool:
    """Find the innermost event that takes an escalation raised at `token`; False where none does."""
    return _propagate(machine, token, EventKind.ESCALATION, code, "")


def _propagate(machine: Machine, token: Token, kind: EventKind, code: str, message: str) -> bool:
    """Outwards from the activity: its boundary, then the event subprocesses beside it, then what it is drawn in.

    At each place a matching code comes before a general one. What leaves an event subprocess is never taken by itself,
    and by its siblings only if it does not interrupt: else it has already taken their scope's place.
    """
    at: Token | None = token
    while at is not None:
        if at.owner is not None and at.is_instance:
            at = at.owner
        event, definition = _best(machine.definition.attached.get(at.node.id, ()), kind, code)
        if event is not None and definition is not None:
            _tell(machine, event, definition, kind, code, message, occur(machine, event, at))
            return True
        start, definition = _best(_beside(machine, at), kind, code)
        if start is not None and definition is not None:
            trigger(machine, at.scope, start, partial(_tell, machine, start, definition, kind, code, message))
            return True
        at = at.scope.owner
    return False


def _beside(machine: Machine, token: Token) -> Iterable[Node]:
    """The starts of the event subprocesses that may take what comes from a token of their scope."""
    beside = token.scope.model.event_subprocesses
    if token.node.kind is NodeKind.EVENT_SUBPROCESS:
        if machine.definition.scopes[token.node.id].start.interrupting:
            return ()
        return [start for activity, start in beside if activity is not token.node]
    return [start for _activity, start in beside]


def _best(events: Iterable[Node], kind: EventKind, code: str) -> tuple[Node | None, EventDefinition | None]:
    general: tuple[Node | None, EventDefinition | None] = (None, None)
    for event in events:
        for definition in event.events:
            if definition.kind is kind and definition.code == code:
                return event, definition
            if definition.kind is kind and definition.code is None and general[0] is None:
                general = event, definition
    return general


def _tell(
    machine: Machine, event: Node, definition: EventDefinition, kind: EventKind, code: str, message: str, fired: Token
) -> None:
    if kind is EventKind.ERROR:
        machine.emit(HappeningKind.ERROR_CAUGHT, event, fired, code=code, message=message)
    else:
        machine.emit(HappeningKind.ESCALATED, event, fired, code=code)
    told = {definition.code_variable: code, definition.message_variable: message}
    machine.write(fired, {name: value for name, value in told.items() if name is not None})
