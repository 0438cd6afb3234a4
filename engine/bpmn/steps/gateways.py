"""Exclusive, parallel and event-based gateways."""

from __future__ import annotations

from typing import Any

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.past import join_paths
from engine.bpmn.records import Stand, Token
from engine.bpmn.steps.awaiting import await_events


def exclusive(machine: Machine, token: Token) -> None:
    """The first flow whose condition is true, in the order of the file; else the default.

    What is told of it are the conditions that were looked at, each with whether it held and why.
    """
    node = token.node
    chosen = None
    told: list[dict[str, Any]] = []
    context = machine.context(token)
    for flow in node.outgoing:
        if flow.default:
            continue
        held = flow.condition is None or machine.holds(flow.condition, context, node)
        if flow.condition is not None:
            told.append(machine.weighed(flow, held, context))
        if held:
            chosen = flow
            break
    else:
        chosen = next((flow for flow in node.outgoing if flow.default), None)
    if chosen is None and node.outgoing:
        raise machine.stuck(node)
    machine.emit(HappeningKind.GATEWAY_PASSED, node, token, **({"conditions": told} if told else {}))
    machine.take(token, () if chosen is None else (chosen,))


def parallel(machine: Machine, token: Token) -> None:
    """Wait for one token on each incoming flow, merge these, then send one along each outgoing flow.

    Tokens are counted per flow, so a token of a later round never stands in for a missing one.
    """
    node = token.node
    if len(node.incoming) > 1:
        waiting = token.scope.joins.setdefault(node.id, [])
        waiting.append(token)
        token.stand = Stand.JOIN
        first_by_flow: dict[str | None, Token] = {}
        for arrived in waiting:
            first_by_flow.setdefault(arrived.flow, arrived)
        if len(first_by_flow) < len(node.incoming):
            return
        token = first_by_flow[token.flow]
        token.path = join_paths(machine.next_id(), node.id, {t.flow or "": t.path for t in first_by_flow.values()})
        for arrived in first_by_flow.values():
            if arrived is not token:
                machine.remove(arrived)
        waiting.remove(token)
        token.stand = Stand.READY
    machine.emit(HappeningKind.GATEWAY_PASSED, node, token)
    machine.take(token, node.outgoing)


def event_based(machine: Machine, token: Token) -> None:
    """Wait for what the flows lead to; the first event that occurs decides the way."""
    token.stand = Stand.CATCH
    for flow in token.node.outgoing:
        await_events(machine, machine.definition.nodes[flow.target], token)
