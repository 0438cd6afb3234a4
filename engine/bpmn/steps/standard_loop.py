"""Standard loop: an activity done again and again while its condition holds.

Each round is a child token with its `loopCounter`; what it writes is written as if there were no loop, because the
condition is to see it.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.loops import StandardLoop
from engine.bpmn.machine import Machine
from engine.bpmn.past import before
from engine.bpmn.records import Loop, Stand, Token
from engine.bpmn.steps.boundary import arm_boundary

Conclude = Callable[[Machine, Token], None]


def start(machine: Machine, token: Token, spec: StandardLoop, conclude: Conclude) -> None:
    """Begin the first round, unless the condition is asked before and does not hold."""
    token.loop = Loop(spec.maximum or 0, None, None)
    token.stand = Stand.INNER
    token.path = before(token.path, token.node.id)
    machine.emit(HappeningKind.ACTIVITY_STARTED, token.node, token)
    if spec.test_before and not _again(machine, token, token.loop, spec):
        _end(machine, token, conclude)
        return
    arm_boundary(machine, token)
    _open(machine, token, token.loop)


def round_done(machine: Machine, child: Token, conclude: Conclude) -> None:
    """One round has ended: begin another, or end."""
    owner, spec = child.owner, child.node.standard_loop
    assert owner is not None
    assert owner.loop is not None
    assert spec is not None
    owner.loop.done += 1
    machine.remove(child)
    if _again(machine, owner, owner.loop, spec):
        _open(machine, owner, owner.loop)
    else:
        _end(machine, owner, conclude)


def _again(machine: Machine, owner: Token, loop: Loop, spec: StandardLoop) -> bool:
    if spec.maximum is not None and loop.done >= spec.maximum:
        return False
    if spec.condition is None:
        return True
    context = machine.context(owner, {"loopCounter": loop.done})
    return machine.holds(spec.condition, context, owner.node)


def _open(machine: Machine, owner: Token, loop: Loop) -> None:
    child = machine.spawn(owner.node, owner.scope)
    child.owner = owner
    child.local = {"loopCounter": loop.started}
    loop.started += 1


def _end(machine: Machine, owner: Token, conclude: Conclude) -> None:
    owner.loop = None
    machine.emit(HappeningKind.ACTIVITY_COMPLETED, owner.node, owner)
    conclude(machine, owner)
