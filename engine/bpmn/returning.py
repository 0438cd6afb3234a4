"""Returning work to an earlier user task, outside the drawn flows.

What the target has brought about in this round is undone exactly: every token downstream of it in its scope, with inner
scopes, children, timers and subscriptions. Parallel branches that do not come from the target go on. Where the return
leads back into a branch of a join that has been passed, the other branches' results stand: their tokens are put back
at the join, else the repeated branch would wait there for ever.
"""

from __future__ import annotations

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Node, NodeKind
from engine.bpmn.records import Stand, Token
from engine.bpmn.regions import Region, region_of
from engine.errors import NotNow
from engine.i18n import _


def return_to(machine: Machine, token: Token, node_id: str) -> None:
    """Cancel what comes from the target and open it again. Raises NotNow when the target is no earlier step."""
    source, target, region = _resolve(machine, token, node_id)
    scope = source.scope
    machine.emit(HappeningKind.RETURNED, token.node, token, to=target.id)
    fresh = machine.spawn(target, scope)
    for doomed in _undone(source, target, region):
        if doomed.stand is not Stand.GONE:
            machine.cancel(doomed)
    _restore_joins(machine, source.node, fresh, region)


def undone_by_return(machine: Machine, token: Token, node_id: str) -> list[Token]:
    """The work tokens that a return would cancel, the returning one not among them."""
    source, target, region = _resolve(machine, token, node_id)
    doomed = _undone(source, target, region)
    found: list[Token] = []
    for other in machine.tokens.values():
        at: Token | None = other
        while at is not None and at not in doomed:
            at = at.scope.owner
        if at is not None and other.stand is Stand.WORK and other is not token:
            found.append(other)
    return found


def _resolve(machine: Machine, token: Token, node_id: str) -> tuple[Token, Node, Region]:
    """The token that stands for the work in the target's scope, the target, and the scope's region."""
    target = machine.definition.nodes.get(node_id)
    if target is None or target.kind is not NodeKind.USER_TASK:
        raise NotNow(_("要退回的步骤不存在或不是人工任务；没有任何改动，请重新选择。"))
    source: Token | None = token.owner or token
    while source is not None and source.scope.model.id != target.scope:
        source = source.scope.owner
    here = token.node.name or token.node.id
    there = target.name or target.id
    if source is None:
        raise NotNow(_("「{there}」不在「{here}」所在的流程层级内，不能退回；没有任何改动。", there=there, here=here))
    region = region_of(machine.definition, target.scope)
    if source.node is target or source.node.id not in region.downstream(target.id):
        raise NotNow(_("「{there}」不是「{here}」之前的步骤，不能退回；没有任何改动。", there=there, here=here))
    return source, target, region


def _undone(source: Token, target: Node, region: Region) -> set[Token]:
    """Tokens of the scope that come from the target; a token at a join comes from where its flow comes from."""
    behind = region.downstream(target.id)
    return {token for token in source.scope.tokens.values() if _origin(token) in behind}


def _origin(token: Token) -> str:
    if token.stand is not Stand.JOIN:
        return token.node.id
    return next(flow.source for flow in token.node.incoming if flow.id == token.flow)


def _restore_joins(machine: Machine, left: Node, fresh: Token, region: Region) -> None:
    """Put back the tokens of finished branches at the joins between the target and the step that was left."""
    scope = fresh.scope
    behind = region.downstream(fresh.node.id)
    nodes = machine.definition.nodes
    for join_id in behind:
        join = nodes[join_id]
        if join.kind is not NodeKind.PARALLEL_GATEWAY or len(join.incoming) < 2:
            continue
        if left.id not in region.downstream(join_id):
            continue
        for flow in join.incoming:
            if flow.source in behind or any(t.flow == flow.id for t in scope.joins.get(join_id, ())):
                continue
            if any(flow.source in region.downstream(t.node.id) for t in scope.tokens.values() if t is not fresh):
                continue  # that branch is still on its way
            token = Token(machine.next_id(), join, scope, flow.id, Stand.JOIN)
            machine.tokens[token.id] = scope.tokens[token.id] = token
            scope.joins.setdefault(join_id, []).append(token)
