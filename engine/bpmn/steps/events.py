"""Start, catch, boundary and end events."""

from __future__ import annotations

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import EventKind
from engine.bpmn.records import Stand, Token
from engine.bpmn.timers import arm_timer


def pass_event(machine: Machine, token: Token) -> None:
    """A start or boundary event: its token exists because the event has occurred."""
    machine.emit(HappeningKind.EVENT_OCCURRED, token.node, token)
    machine.leave(token)


def catch(machine: Machine, token: Token) -> None:
    """An intermediate timer: wait, then go on."""
    if token.stand is Stand.FIRED:
        pass_event(machine, token)
        return
    token.stand = Stand.CATCH
    arm_timer(machine, token.node, token)


def end(machine: Machine, token: Token) -> None:
    """An end event takes its token; a terminate event takes all others of its scope first."""
    node = token.node
    machine.emit(HappeningKind.EVENT_OCCURRED, node, token)
    if node.outcome is not None:
        machine.outcome = node.outcome
    if node.event is EventKind.TERMINATE:
        machine.clear(token.scope, keep=token)
    machine.consume(token)
