"""User tasks: open for a person, finished by `complete`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.machine import Machine
from engine.bpmn.past import before
from engine.bpmn.records import Stand, Token
from engine.bpmn.steps.activities import begin, finish
from engine.bpmn.timers import arm_deadline


def enter(machine: Machine, token: Token) -> None:
    """Open the task; one that is done several times opens its instances instead."""
    node = token.node
    if not begin(machine, token):
        return
    token.stand = Stand.WORK
    token.path = before(token.path, node.id)
    if node.deadline is not None:
        arm_deadline(machine, node.deadline, token)


def complete(machine: Machine, token: Token, variables: Mapping[str, Any]) -> None:
    """A person has finished the task and left these variables."""
    machine.write(token, variables)
    finish(machine, token)
