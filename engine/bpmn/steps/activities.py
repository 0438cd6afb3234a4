"""What all activities have in common: how they begin and how they end, whatever is done in between."""

from __future__ import annotations

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine, Step
from engine.bpmn.model import Node, NodeKind
from engine.bpmn.past import after, came_of
from engine.bpmn.records import Done, Stand, Token
from engine.bpmn.steps import compensation, multi_instance, standard_loop
from engine.bpmn.steps.boundary import arm_boundary
from engine.bpmn.variables import isolate_all

_AT_ONCE = frozenset(
    {NodeKind.TASK, NodeKind.MANUAL_TASK, NodeKind.SCRIPT_TASK, NodeKind.BUSINESS_RULE_TASK, NodeKind.SEND_TASK}
)
_HANDED_OVER = frozenset({NodeKind.SERVICE_TASK, NodeKind.SEND_TASK, NodeKind.CALL_ACTIVITY})
"""Kinds whose declared data go to a handler, a message or another case instead of into variables of their own."""


def entering(work: Step) -> Step:
    """The step of an activity that does `work` each time it is done."""

    def enter(machine: Machine, token: Token) -> None:
        if token.undo is not None:  # before it begins anew, what came from it is undone
            compensation.go_on(machine, token)
            return
        if token.stand is Stand.RESUMED or token.stand is Stand.FIRED:
            finish(machine, token)
            return
        if token.stand is not Stand.LATE and not begin(machine, token):
            return
        work(machine, token)
        if token.stand is Stand.READY:  # it was done at once
            finish(machine, token)

    return enter


def begin(machine: Machine, token: Token) -> bool:
    """Begin the activity; False where it does not (yet): too few tokens, or instances that do it one by one."""
    node = token.node
    is_instance = token.owner is not None and token.is_instance
    if node.start_quantity > 1 and not is_instance and not _gathered(machine, token):
        return False
    if not is_instance:
        if node.multi_instance is not None:
            multi_instance.start(machine, token, node.multi_instance, conclude)
            return False
        if node.standard_loop is not None:
            standard_loop.start(machine, token, node.standard_loop, conclude)
            return False
    data = {} if not is_instance or token.local is None else {"loop_counter": token.local["loopCounter"]}
    machine.emit(HappeningKind.ACTIVITY_STARTED, node, token, **data)
    if (node.inputs or node.stores_read) and node.kind not in _HANDED_OVER:
        _read_data(machine, token)
    if not is_instance and _waits(node):
        arm_boundary(machine, token)
    return True


def finish(machine: Machine, token: Token) -> None:
    """The activity, or one instance of it, has done what there was to do."""
    node = token.node
    if (node.outputs or node.stores_written) and node.kind not in _HANDED_OVER:
        _write_data(machine, token)
    machine.emit(HappeningKind.ACTIVITY_COMPLETED, node, token)
    if token.owner is None or not token.is_instance:
        conclude(machine, token)
    elif node.multi_instance is not None:
        multi_instance.instance_done(machine, token, node.multi_instance, conclude)
    else:
        standard_loop.round_done(machine, token, conclude)


def conclude(machine: Machine, token: Token) -> None:
    """The whole activity has ended: remember how to undo it, then go on."""
    node = token.node
    if node.compensated_by is not None:
        token.scope.done.append(Done(node.compensated_by, isolate_all(token.local or {}), None, came_of(token)))
    if token.owner is not None:  # it was itself done to undo something
        compensation.handled(machine, token)
        return
    token.path = after(token)
    machine.leave(token)


def _waits(node: Node) -> bool:
    return node.kind not in _AT_ONCE and (node.kind is not NodeKind.SERVICE_TASK or node.is_job)


def _gathered(machine: Machine, token: Token) -> bool:
    """Whether as many tokens as the activity needs have come; they become this one."""
    if token.stand is not Stand.READY:
        return True
    waiting = token.scope.joins.setdefault(token.node.id, [])
    waiting.append(token)
    token.stand = Stand.GATHER
    needed = token.node.start_quantity
    if len(waiting) < needed:
        return False
    for other in waiting[:needed]:
        if other is not token:
            machine.remove(other)
    machine.unjoin(token)
    token.stand = Stand.READY
    return True


def _read_data(machine: Machine, token: Token) -> None:
    context = machine.context(token)
    values = {name: machine.value_of(text, context, token.node) for name, text in token.node.inputs}
    for name, data_store in token.node.stores_read:
        values[name] = machine.services.read_store(data_store)
    token.local = {**(token.local or {}), **isolate_all(values)}


def _write_data(machine: Machine, token: Token) -> None:
    context = machine.context(token)
    values = {name: machine.value_of(text, context, token.node) for name, text in token.node.outputs}
    for data_store, text in token.node.stores_written:
        machine.services.write_store(data_store, machine.value_of(text, context, token.node))
    machine.write_out(token, values)
