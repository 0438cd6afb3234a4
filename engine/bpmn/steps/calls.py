"""Call activities: the called process is a case of its own, which another transaction starts and ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.records import Stand, Token
from engine.bpmn.requests import CallRequest
from engine.bpmn.steps.activities import finish
from engine.bpmn.variables import isolate_all


def call(machine: Machine, token: Token) -> None:
    """Ask for the case; only what the diagram hands over goes with it."""
    node = token.node
    assert node.called is not None
    context = machine.context(token)
    handed: dict[str, Any] = {}
    for name, text in node.called.inputs:
        if name is None:
            handed.update(context)
        else:
            handed[name] = machine.value_of(text, context, node)
    key = str(machine.value_of(node.called.key, context, node))
    version = node.called.version and str(machine.value_of(node.called.version, context, node))
    token.stand = Stand.OUTSIDE
    machine.emit(HappeningKind.CALL_STARTED, node, token, key=key)
    machine.requests.append(CallRequest(token.id, node, key, node.called.binding, version or None, isolate_all(handed)))


def called_ended(machine: Machine, token: Token, variables: Mapping[str, Any]) -> None:
    """The called case has ended with these variables; the diagram says which come back under which names."""
    node = token.node
    assert node.called is not None
    given: dict[str, Any] = {}
    for name, text in node.called.outputs:
        if name is None:
            given.update(variables)
        else:
            given[name] = machine.value_of(text, variables, node)
    machine.write_out(token, given)
    finish(machine, token)
