"""Throwing an event: what each kind of definition does."""

from __future__ import annotations

from typing import Any

from engine.bpmn.event_definitions import EventDefinition, EventKind
from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import NodeKind
from engine.bpmn.records import Stand, Token
from engine.bpmn.requests import MessageRequest, RaiseRequest, SignalRequest
from engine.bpmn.services import BpmnError
from engine.bpmn.steps.awaiting import key_of, name_of
from engine.bpmn.steps.boundary import catch_error, catch_escalation
from engine.bpmn.steps.compensation import compensate
from engine.bpmn.steps.occurring import occurred
from engine.bpmn.variables import isolate_all
from engine.errors import ExecutionError
from engine.i18n import _


def throw(machine: Machine, token: Token, definition: EventDefinition) -> None:
    """Do what the definition says; afterwards the token may be gone, or wait for a compensation."""
    kind = definition.kind
    if kind is EventKind.MESSAGE:
        _send(machine, token, definition)
    elif kind is EventKind.SIGNAL:
        _broadcast(machine, token, definition)
    elif kind is EventKind.ERROR:
        raise_error(machine, token, BpmnError(definition.code or ""))
    elif kind is EventKind.ESCALATION:
        _escalate(machine, token, definition.code or "")
    elif kind is EventKind.COMPENSATION:
        _compensate(machine, token, definition)
    elif kind is EventKind.CANCEL:
        machine.drop_subscriptions(token.scope)
        machine.clear(token.scope, keep=token)
        compensate(machine, token, None, then="cancel")
    elif kind is EventKind.TERMINATE:
        machine.end_scope(token.scope, token)


def raise_error(machine: Machine, token: Token, error: BpmnError) -> None:
    """Let the diagram take an error. What nothing takes ends a called case and is its caller's; in a case of its own
    it raises ExecutionError, so that the case stays where it is. A call activity hands over what the child says."""
    if catch_error(machine, token, error):
        return
    if machine.is_called:
        machine.fail(token, error.code)
        machine.requests.append(RaiseRequest(True, error.code, error.message))
        return
    raise ExecutionError(
        _(
            "「{name}」出现错误“{reason}”，流程图没有规定怎么处理；本次操作没有保存，请流程负责人在外层加上错误边界事件。",
            name=token.node.name or token.node.id,
            reason=error.message or error.code,
        )
    )


def _escalate(machine: Machine, token: Token, code: str) -> None:
    if catch_escalation(machine, token, code):
        return
    machine.emit(HappeningKind.ESCALATED, token.node, token, code=code)
    if machine.is_called:
        machine.requests.append(RaiseRequest(False, code, ""))


def _compensate(machine: Machine, token: Token, definition: EventDefinition) -> None:
    if definition.wait:
        then = "end" if token.node.kind is NodeKind.END_EVENT else "leave"
        compensate(machine, token, definition.activity, then=then)
        return
    aside = machine.spawn(token.node, token.scope)
    machine.queue.remove(aside)
    compensate(machine, aside, definition.activity, then="end")


def _payload(machine: Machine, token: Token, definition: EventDefinition) -> dict[str, Any]:
    """What goes with a message or signal: the declared inputs of the event, and what the signal itself declares."""
    context = machine.context(token)
    values: dict[str, Any] = {}
    for name, text in (*definition.payload, *token.node.inputs):
        if name is None:
            values.update(context)
        else:
            values[name] = machine.value_of(text, context, token.node)
    return isolate_all(values)


def _send(machine: Machine, token: Token, definition: EventDefinition) -> None:
    """To this very case if it waits for the message, else to whoever does."""
    node = token.node
    name, key = name_of(machine, definition, token, node), key_of(machine, definition, token, node)
    payload = _payload(machine, token, definition)
    machine.emit(HappeningKind.MESSAGE_SENT, node, token, message=name)
    for held in machine.subscriptions.values():
        for subscription in held:
            if (subscription.kind, subscription.name, subscription.key) == ("message", name, key):
                occurred(machine, subscription, payload)
                return
    machine.requests.append(MessageRequest(node.id, name, key, payload))


def _broadcast(machine: Machine, token: Token, definition: EventDefinition) -> None:
    name, payload = name_of(machine, definition, token, token.node), _payload(machine, token, definition)
    machine.emit(HappeningKind.SIGNAL_SENT, token.node, token, signal=name)
    machine.requests.append(SignalRequest(token.node.id, name, payload))
    hear(machine, name, payload)


def hear(machine: Machine, signal: str, payload: dict[str, Any]) -> int:
    """All that wait for the signal now get it, once each; how many did."""
    waiting = [
        subscription
        for held in machine.subscriptions.values()
        for subscription in held
        if subscription.kind == "signal" and subscription.name == signal
    ]
    heard = 0
    for subscription in waiting:
        if machine.awaits(subscription):
            occurred(machine, subscription, payload)
            heard += 1
    return heard


def throw_all(machine: Machine, token: Token) -> bool:
    """Throw every definition of the event at `token`; False when its token does not go on from here."""
    for definition in sorted(token.node.events, key=lambda one: one.kind is EventKind.COMPENSATION):
        throw(machine, token, definition)
        if token.stand is Stand.GONE or token.undo is not None:
            return False
    return token.stand is not Stand.GONE
