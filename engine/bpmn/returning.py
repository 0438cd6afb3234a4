"""Returning work to an earlier user task, outside the drawn flows.

What the target has brought about is undone exactly: every token whose past contains that execution of the target, with
inner scopes, children, timers and subscriptions. Parallel branches that do not come from it go on. Where the return
leads back into a branch that has met others at a parallel gateway, the others' results stand: their tokens are put back
at the gateway, else the repeated branch would wait there for ever.

Work that is void must not leave effects behind: what was completed since then and can be compensated is compensated, in
reverse, before the target opens again. So each completed activity is compensated once, now or by a later throw, and
what is done again is not in force twice.
"""

from __future__ import annotations

from engine.bpmn.effects import take_effects
from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Node, NodeKind
from engine.bpmn.past import mark_of, path_to, standing_branches
from engine.bpmn.records import Mark, Stand, Token
from engine.bpmn.steps.compensation import undo
from engine.errors import NotNow
from engine.i18n import _


def return_to(machine: Machine, token: Token, node_id: str) -> None:
    """Cancel what comes from the target and open it again. Raises NotNow when the target is no earlier step."""
    source, target, mark = _resolve(machine, token, node_id)
    scope, past = source.scope, source.path
    machine.emit(HappeningKind.RETURNED, token.node, token, to=target.id)
    doomed = _undone(source, mark)
    effects = take_effects(machine, scope, doomed, mark)
    for undone in doomed:
        machine.cancel(undone)
    fresh = machine.spawn(target, scope)
    fresh.path = path_to(past, mark)
    if effects:
        machine.queue.remove(fresh)
        undo(machine, fresh, effects, "begin")
    for (gateway, flow), path in standing_branches(past, mark).items():
        machine.spawn(machine.definition.nodes[gateway], scope, flow).path = path


def undone_by_return(machine: Machine, token: Token, node_id: str, stand: Stand = Stand.WORK) -> list[Token]:
    """The tokens at that stand (open work, or jobs and called cases) that a return would cancel, oldest first, the
    returning one not among them."""
    source, _target, mark = _resolve(machine, token, node_id)
    doomed = set(_undone(source, mark))
    machine.rouse(None)
    return [
        other
        for other in sorted(machine.tokens.values(), key=lambda one: one.id)
        if other.stand is stand and other is not token and not doomed.isdisjoint(_around(other))
    ]


def _around(token: Token) -> list[Token]:
    """The tokens of all activities that a token is part of, itself included."""
    found = []
    at: Token | None = token.owner or token
    while at is not None:
        found.append(at)
        at = at.scope.owner
    return found


def _undone(source: Token, mark: Mark) -> list[Token]:
    """The tokens of the source's scope that come from the marked execution, or are it."""
    return [
        token
        for token in source.scope.tokens.values()
        if token.owner is None and (token.id == mark.id or any(m.id == mark.id for m in token.path))
    ]


def _resolve(machine: Machine, token: Token, node_id: str) -> tuple[Token, Node, Mark]:
    """The token that stands for the work in the target's scope, the target, and when it was done."""
    target = machine.definition.nodes.get(node_id)
    if target is None or target.kind is not NodeKind.USER_TASK:
        raise NotNow(_("要退回的步骤不存在或不是人工任务；没有任何改动，请重新选择。"))
    here, there = token.node.name or token.node.id, target.name or target.id
    source = next((t for t in _around(token) if t.scope.model.id == target.scope), None)
    if source is None:
        raise NotNow(_("「{there}」不在「{here}」所在的流程层级内，不能退回；没有任何改动。", there=there, here=here))
    mark = mark_of(source.path, target.id)
    if mark is None:
        raise NotNow(_("「{there}」不是「{here}」之前办过的步骤，不能退回；没有任何改动。", there=there, here=here))
    return source, target, mark
