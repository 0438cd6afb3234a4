"""Start, catch, throw, boundary and end events."""

from __future__ import annotations

from engine.bpmn.event_definitions import EventKind
from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.records import Stand, Token
from engine.bpmn.steps import compensation
from engine.bpmn.steps.awaiting import await_events
from engine.bpmn.steps.throwing import throw_all

_HEARD = (EventKind.MESSAGE, EventKind.SIGNAL)


def pass_event(machine: Machine, token: Token) -> None:
    """A start or boundary event: its token exists because the event has occurred."""
    machine.emit(HappeningKind.EVENT_OCCURRED, token.node, token)
    machine.leave(token)


def catch(machine: Machine, token: Token) -> None:
    """Wait for the event, then go on."""
    if token.stand is Stand.FIRED:
        pass_event(machine, token)
        return
    token.stand = Stand.CATCH
    await_events(machine, token.node, token)


def throw_event(machine: Machine, token: Token) -> None:
    """Throw the event, then go on; a link leads to the catch event of its name."""
    if token.stand is Stand.RESUMED:
        compensation.go_on(machine, token)
        return
    if _later(machine, token):
        return
    node = token.node
    machine.emit(HappeningKind.EVENT_OCCURRED, node, token)
    if node.event is EventKind.LINK:
        target = token.scope.model.links[node.events[0].name or ""]
        machine.spawn(target, token.scope, stand=Stand.FIRED).path = token.path
        machine.remove(token)
    elif throw_all(machine, token):
        machine.leave(token)


def end(machine: Machine, token: Token) -> None:
    """An end event takes its token, and does what its kind says first."""
    if token.stand is Stand.RESUMED:
        compensation.go_on(machine, token)
        return
    if _later(machine, token):
        return
    node = token.node
    machine.emit(HappeningKind.EVENT_OCCURRED, node, token)
    if node.outcome is not None:
        machine.outcome = node.outcome
    if not node.events or throw_all(machine, token):
        machine.consume(token)


def _later(machine: Machine, token: Token) -> bool:
    """Messages and signals are thrown when all other tokens wait: whoever is about to wait for one will hear it."""
    if token.stand is Stand.LATE or not any(definition.kind in _HEARD for definition in token.node.events):
        return False
    token.stand = Stand.LATE
    machine.late.append(token)
    return True
