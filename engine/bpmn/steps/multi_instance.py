"""Multi-instance: one child token for each element of a collection (or each number), owned by the activity's token.

Instances keep what they write to themselves. Only the output collection leaves the activity: when all are done, when
the completion condition is true or a vote is decided (it is asked after each instance, and the rest is cancelled at
once), or, with null for the missing, when a boundary event interrupts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from engine.bpmn.event_definitions import EventDefinition
from engine.bpmn.expressions import feel_of
from engine.bpmn.happenings import HappeningKind
from engine.bpmn.loops import MultiInstance
from engine.bpmn.machine import Machine
from engine.bpmn.model import Node
from engine.bpmn.past import before
from engine.bpmn.records import Loop, Stand, Token
from engine.bpmn.steps import votes
from engine.bpmn.steps.boundary import arm_boundary, save_outputs
from engine.bpmn.steps.throwing import throw
from engine.errors import ExecutionError
from engine.i18n import _

MAX_INSTANCES = 10_000


Conclude = Callable[[Machine, Token], None]


def start(machine: Machine, token: Token, spec: MultiInstance, conclude: Conclude) -> None:
    """Read the collection or the number and open all instances, or the first of a sequence."""
    node = token.node
    items = _collection(machine, token, spec) if spec.cardinality is None else _numbered(machine, token, spec)
    ballot = None
    if node.vote is not None:
        items = votes.one_each(items)
        ballot = votes.opened(machine, token, node.vote, items)
    total = len(items)
    outputs: list[Any] | None = [None] * total if spec.output_collection is not None else None
    token.loop = loop = Loop(total, outputs, items if spec.sequential else None)
    loop.ballot = ballot
    token.stand = Stand.INNER
    token.path = before(token.path, node.id)
    told = {} if ballot is None else {"vote": ballot.told()}
    machine.emit(HappeningKind.ACTIVITY_STARTED, node, token, instances=total, **told)
    if total == 0 or (ballot is not None and ballot.is_decided):
        _end(machine, token, conclude)
        return
    arm_boundary(machine, token)
    if spec.sequential:
        _open(machine, token, loop, spec, items.pop(0))
        return
    for item in items:
        _open(machine, token, loop, spec, item)


def instance_done(machine: Machine, child: Token, spec: MultiInstance, conclude: Conclude) -> None:
    """Collect a finished instance's output, then end, go on or wait for the others."""
    owner, node = child.owner, child.node
    assert owner is not None
    assert owner.loop is not None
    assert child.local is not None
    loop = owner.loop
    if loop.outputs is not None and spec.output_element is not None:
        context = machine.context(child)
        loop.outputs[child.local["loopCounter"]] = machine.value_of(spec.output_element, context, node)
    if loop.ballot is not None:
        votes.cast(machine, child, loop.ballot, spec)
    loop.done += 1
    machine.remove(child)
    if spec.behavior != "All":
        for definition in list(_told(machine, owner, loop, spec)):
            throw(machine, owner, definition)
            if owner.stand is Stand.GONE:
                return
    if loop.done == loop.total or _complete_now(machine, owner, loop, spec):
        machine.rouse(owner)
        for other in [t for t in owner.scope.tokens.values() if t.owner is owner]:
            machine.cancel(other)
        _end(machine, owner, conclude)
    elif loop.remaining:
        _open(machine, owner, loop, spec, loop.remaining.pop(0))


def _told(machine: Machine, owner: Token, loop: Loop, spec: MultiInstance) -> Iterator[EventDefinition]:
    """What the boundary of the activity is told of an instance that has ended."""
    if spec.event is not None and (spec.behavior == "None" or loop.done == 1):
        yield spec.event
    for condition, definition in spec.complex:
        if machine.holds(condition, machine.context(owner, _counts(loop, spec)), owner.node):
            yield definition


def _end(machine: Machine, owner: Token, conclude: Conclude) -> None:
    save_outputs(machine, owner)
    owner.loop = None
    machine.emit(HappeningKind.ACTIVITY_COMPLETED, owner.node, owner)
    conclude(machine, owner)


def _open(machine: Machine, owner: Token, loop: Loop, spec: MultiInstance, item: Any) -> None:
    child = machine.spawn(owner.node, owner.scope)
    child.owner = owner
    child.local = {"loopCounter": loop.started}
    if spec.element is not None:
        child.local[spec.element] = item
    loop.started += 1


def _complete_now(machine: Machine, owner: Token, loop: Loop, spec: MultiInstance) -> bool:
    if loop.ballot is not None:
        return loop.ballot.is_decided
    if spec.completion_condition is None:
        return False
    return machine.holds(spec.completion_condition, machine.context(owner, _counts(loop, spec)), owner.node)


def _counts(loop: Loop, spec: MultiInstance) -> dict[str, Any]:
    counts: dict[str, Any] = {
        "nrOfInstances": loop.total,
        "nrOfCompletedInstances": loop.done,
        "nrOfActiveInstances": loop.started - loop.done,
    }
    if spec.output_collection is not None:
        counts[spec.output_collection] = loop.outputs
    return counts


def _numbered(machine: Machine, token: Token, spec: MultiInstance) -> list[Any]:
    node = token.node
    assert spec.cardinality is not None
    number = machine.feel_value(spec.cardinality, machine.context(token), node)
    if isinstance(number, bool) or not isinstance(number, int | Decimal) or number != int(number) or number < 0:
        raise ExecutionError(
            _(
                "「{name}」的份数 {text} 得到 {value}，不是 0 或以上的整数；"
                "本次操作没有保存，请检查之前填写的内容或流程图。",
                name=node.name or node.id,
                text=spec.cardinality,
                value=number,
            )
        )
    _bounded(node, int(number))
    return [None] * int(number)


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
    _bounded(node, len(items))
    return items


def _bounded(node: Node, number: int) -> None:
    if number > MAX_INSTANCES:
        raise ExecutionError(
            _(
                "「{name}」的集合有 {n} 项，最多 {limit} 项。",
                name=node.name or node.id,
                n=number,
                limit=MAX_INSTANCES,
            )
        )
