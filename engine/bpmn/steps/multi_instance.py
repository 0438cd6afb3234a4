"""Multi-instance: one child token for each element of a collection, owned by the activity's own token.

Children keep what they write to themselves. Only the output collection leaves the activity: when all are done, when the
completion condition is true (it is asked after each child, and the rest is cancelled at once), or, with null for the
missing, when a boundary event interrupts.
"""

from __future__ import annotations

from typing import Any

from engine.bpmn.expressions import feel_of
from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import MultiInstance, Node
from engine.bpmn.past import after, before
from engine.bpmn.records import Loop, Stand, Token
from engine.bpmn.steps.boundary import arm_boundary_timers, save_outputs
from engine.errors import ExecutionError
from engine.i18n import _

MAX_INSTANCES = 10_000


def start(machine: Machine, token: Token, spec: MultiInstance) -> None:
    """Read the collection and open all children, or the first of a sequence."""
    node = token.node
    items = _collection(machine, token, spec)
    total = len(items)
    outputs: list[Any] | None = [None] * total if spec.output_collection is not None else None
    token.loop = loop = Loop(total, outputs, items if spec.sequential else None)
    token.stand = Stand.INNER
    token.path = before(token.path, node.id)
    machine.emit(HappeningKind.ACTIVITY_STARTED, node, token, instances=total)
    if total == 0:
        _finish(machine, token)
        return
    arm_boundary_timers(machine, token)
    if spec.sequential:
        _open(machine, token, loop, spec, items.pop(0))
        return
    for item in items:
        _open(machine, token, loop, spec, item)


def child_done(machine: Machine, child: Token) -> None:
    """Collect a finished child's output, then end, go on or wait for the others."""
    owner, node = child.owner, child.node
    assert owner is not None
    assert owner.loop is not None
    assert child.local is not None
    assert node.multi_instance is not None
    loop, spec = owner.loop, node.multi_instance
    if loop.outputs is not None and spec.output_element is not None:
        context = machine.context(child)
        loop.outputs[child.local["loopCounter"]] = machine.value_of(spec.output_element, context, node)
    loop.done += 1
    machine.remove(child)
    if loop.done == loop.total or _complete_now(machine, owner, loop, spec):
        for other in [t for t in owner.scope.tokens.values() if t.owner is owner]:
            machine.cancel(other)
        _finish(machine, owner)
    elif loop.remaining:
        _open(machine, owner, loop, spec, loop.remaining.pop(0))


def _finish(machine: Machine, owner: Token) -> None:
    save_outputs(machine, owner)
    owner.loop = None
    owner.path = after(owner)
    machine.emit(HappeningKind.ACTIVITY_COMPLETED, owner.node, owner)
    machine.leave(owner)


def _open(machine: Machine, owner: Token, loop: Loop, spec: MultiInstance, item: Any) -> None:
    child = machine.spawn(owner.node, owner.scope)
    child.owner = owner
    child.local = {"loopCounter": loop.started}
    if spec.element is not None:
        child.local[spec.element] = item
    loop.started += 1


def _complete_now(machine: Machine, owner: Token, loop: Loop, spec: MultiInstance) -> bool:
    if spec.completion_condition is None:
        return False
    extra: dict[str, Any] = {
        "nrOfInstances": loop.total,
        "nrOfCompletedInstances": loop.done,
        "nrOfActiveInstances": loop.started - loop.done,
    }
    if spec.output_collection is not None:
        extra[spec.output_collection] = loop.outputs
    return machine.holds(spec.completion_condition, machine.context(owner, extra), owner.node)


def _collection(machine: Machine, token: Token, spec: MultiInstance) -> list[Any]:
    node: Node = token.node
    items = machine.feel_value(feel_of(spec.collection) or spec.collection, machine.context(token), node)
    if not isinstance(items, list):
        raise ExecutionError(
            _(
                "「{name}」的集合 {text} 得到 {value}，不是列表；本次操作没有保存，请检查之前填写的内容或流程图。",
                name=node.name or node.id,
                text=spec.collection,
                value=items,
            )
        )
    if len(items) > MAX_INSTANCES:
        raise ExecutionError(
            _(
                "「{name}」的集合有 {n} 项，最多 {limit} 项。",
                name=node.name or node.id,
                n=len(items),
                limit=MAX_INSTANCES,
            )
        )
    return items
