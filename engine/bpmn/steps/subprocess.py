"""Embedded subprocesses, and event subprocesses that wait beside their scope for a message."""

from __future__ import annotations

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.records import Scope, Stand, Subscription, Token
from engine.bpmn.steps.boundary import arm_boundary_timers


def enter(machine: Machine, token: Token) -> None:
    """Open the inner scope; when it has ended, go on."""
    node = token.node
    if token.stand is Stand.RESUMED:
        machine.emit(HappeningKind.ACTIVITY_COMPLETED, node, token)
        machine.leave(token)
        return
    machine.emit(HappeningKind.ACTIVITY_STARTED, node, token)
    scope = machine.open_scope(machine.definition.scopes[node.id], token, {})
    arm_boundary_timers(machine, token)
    begin(machine, scope)


def begin(machine: Machine, scope: Scope) -> None:
    """Arm the event subprocesses of a new scope and put a token on its start."""
    for _activity, start in scope.model.event_subprocesses:
        machine.subscribe(Subscription("message", start, scope))
    machine.spawn(scope.model.start, scope, stand=Stand.FIRED)


def trigger(machine: Machine, scope: Scope, start: Subscription) -> None:
    """The message has come: the scope's other work ends at once, the event subprocess takes its place."""
    activity = next(a for a, s in scope.model.event_subprocesses if s is start.node)
    token = machine.spawn(activity, scope)
    machine.drop_subscriptions(scope)
    machine.emit(HappeningKind.MESSAGE_RECEIVED, start.node, token, message=start.node.message)
    machine.clear(scope, keep=token)
