"""Inclusive and complex gateways: joins that look at what can still come.

Both are decided when nothing else in the case can move by itself. An inclusive join goes on when no token of its scope
can still reach one of its empty incoming flows, except by a way on which it could as well reach one that has its token
(BPMN 2.0, 13.4.3). A complex gateway goes on when its activation condition holds, takes in what comes late, and is
ready for the next round when all its flows have brought a token or cannot any more (13.4.5).
"""

from __future__ import annotations

from typing import Any

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Flow, Node
from engine.bpmn.past import join_paths
from engine.bpmn.records import Scope, Stand, Token


def inclusive(machine: Machine, token: Token) -> None:
    """Wait for all that can still come, then go on along every flow whose condition is true, else the default."""
    if len(token.node.incoming) < 2:
        _split(machine, token)
        return
    _wait(token)
    machine.looking.add((token.scope.id, token.node.id))


def complex_gateway(machine: Machine, token: Token) -> None:
    """Wait until the activation condition holds (it may count the tokens: activationCount), then go on once."""
    node, scope = token.node, token.scope
    if len(node.incoming) < 2:
        _split(machine, token)
        return
    absorber = _absorber(scope, node)
    if absorber is not None and absorber.absorbed is not None:
        if token.flow in absorber.absorbed:
            _wait(token)  # of the next round
            return
        absorber.absorbed.append(token.flow or "")
        machine.remove(token)
        if len(absorber.absorbed) == len(node.incoming):
            _reset(machine, absorber)
        return
    waiting = _wait(token)
    arrived = _by_flow(waiting)
    if node.activation is not None:
        context = machine.context(token, {"activationCount": len(arrived)})
        if not machine.holds(node.activation, context, node):
            return
    absorber = machine.spawn(node, scope)
    machine.queue.remove(absorber)
    absorber.stand = Stand.ABSORB
    absorber.absorbed = [flow or "" for flow in arrived]
    machine.looking.add((scope.id, node.id))
    _merge(machine, arrived, token)
    _split(machine, token)
    if len(absorber.absorbed) == len(node.incoming):
        _reset(machine, absorber)


def settle(machine: Machine) -> bool:
    """Decide one join, if any can be; whether there is something to run again."""
    for scope_id, node_id in sorted(machine.looking):
        scope, node = machine.scopes.get(scope_id), machine.definition.nodes[node_id]
        if scope is None:
            machine.looking.discard((scope_id, node_id))
            continue
        absorber = _absorber(scope, node)
        if absorber is not None and absorber.absorbed is not None:
            if not _can_still_come(scope, node, set(absorber.absorbed)):
                _reset(machine, absorber)
                return True
            continue
        arrived = _by_flow(scope.joins.get(node_id, []))
        if not arrived:
            machine.looking.discard((scope_id, node_id))
        elif not _can_still_come(scope, node, {flow or "" for flow in arrived}):
            first = next(iter(arrived.values()))
            _merge(machine, arrived, first)
            _split(machine, first)
            return True
    return False


def _wait(token: Token) -> list[Token]:
    waiting = token.scope.joins.setdefault(token.node.id, [])
    waiting.append(token)
    token.stand = Stand.JOIN
    return waiting


def _by_flow(waiting: list[Token]) -> dict[str | None, Token]:
    """The oldest token of each incoming flow: tokens of a later round wait for theirs."""
    found: dict[str | None, Token] = {}
    for token in waiting:
        found.setdefault(token.flow, token)
    return found


def _merge(machine: Machine, arrived: dict[str | None, Token], kept: Token) -> None:
    kept.path = join_paths(
        machine.next_id(), kept.node.id, {token.flow or "": token.path for token in arrived.values()}
    )
    for token in arrived.values():
        if token is not kept:
            machine.remove(token)
    machine.unjoin(kept)
    kept.stand = Stand.READY


def _can_still_come(scope: Scope, node: Node, have: set[str]) -> bool:
    reach = scope.model.reach[node.id]
    full = frozenset[str]().union(*(reach[flow] for flow in have if flow in reach))
    empty = [reach[flow.id] for flow in node.incoming if flow.id not in have]
    places = {token.node.id for token in scope.tokens.values() if token.node is not node} - full
    return any(not places.isdisjoint(ways) for ways in empty)


def _absorber(scope: Scope, node: Node) -> Token | None:
    return next((t for t in scope.tokens.values() if t.node is node and t.absorbed is not None), None)


def _reset(machine: Machine, absorber: Token) -> None:
    """Ready for the next round: what came too early for it is looked at again."""
    scope, node = absorber.scope, absorber.node
    machine.looking.discard((scope.id, node.id))
    again = list(scope.joins.get(node.id, ()))
    scope.joins[node.id] = []
    for token in again:
        machine.wake(token, Stand.READY)
    machine.consume(absorber)


def _split(machine: Machine, token: Token) -> None:
    """One token on every flow whose condition is true, or on the default."""
    node = token.node
    if not node.outgoing:
        machine.emit(HappeningKind.GATEWAY_PASSED, node, token)
        machine.consume(token)
        return
    context = machine.context(token)
    told: list[dict[str, Any]] = []
    chosen: list[Flow] = []
    for flow in node.outgoing:
        if flow.default:
            continue
        held = flow.condition is None or machine.holds(flow.condition, context, node)
        if flow.condition is not None:
            told.append(machine.weighed(flow, held, context))
        if held:
            chosen.append(flow)
    chosen = chosen or [flow for flow in node.outgoing if flow.default]
    if not chosen:
        raise machine.stuck(node)
    machine.emit(HappeningKind.GATEWAY_PASSED, node, token, **({"conditions": told} if told else {}))
    machine.take(token, chosen)
