"""The rows of a saved state back into records; see `engine.bpmn.codec` for their form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from engine.bpmn.machine import Machine
from engine.bpmn.model import NodeKind
from engine.bpmn.records import Asleep, Done, Loop, Mark, Scope, Stand, Subscription, Token, Undo, Undoing, rest_at
from engine.bpmn.sleeping import FEWEST, moment, rouse_all
from engine.bpmn.voting import Ballot

FORMAT = 3


def restore(machine: Machine, state: list[Any]) -> None:
    """Fill a new machine. Raises KeyError, ValueError and the like for a state that is not of its diagram."""
    version, key, machine.state, machine.outcome, machine.last_id, scopes, tokens, marks, subscriptions, *more = state
    definition = machine.definition
    if version not in (1, 2, FORMAT) or key != definition.key:
        raise ValueError(version, key)
    machine.is_called = bool(more and more[0])
    owners: dict[int, int] = {}
    for scope_id, model_id, owner_id, variables, *work in scopes:
        scope = machine.scopes[scope_id] = Scope(scope_id, definition.scopes[model_id], None, None, variables)
        if work:
            scope.pending = work[0] or []
            scope.done = [Done(*one) for one in work[1]] if len(work) > 1 else []
        if owner_id is None:
            machine.root = scope
        else:
            owners[scope_id] = owner_id
    known = {mark.id: mark for mark in (_restore_mark(*row) for row in marks)}
    for row in tokens:
        if row[0] is None:
            _restore_instances(machine, *row[1:])
        else:
            _restore_token(machine, known, *row)
    for scope_id, owner_id in owners.items():
        scope, owner = machine.scopes[scope_id], machine.tokens[owner_id]
        scope.owner, scope.parent, owner.inner = owner, owner.scope, scope
    for row in subscriptions:
        _restore_subscription(machine, *row)
    if machine.asleep:
        machine.rouse = partial(rouse_all, machine)
        if sum(len(group.ids) for group in machine.asleep) < FEWEST:
            rouse_all(machine)


def _restore_mark(id: int, node_id: str, branches: dict[str, list[int]] | None = None) -> Mark:
    read = {flow: frozenset(ids) for flow, ids in branches.items()} if branches is not None else None
    return Mark(id, node_id, read)


def _restore_token(
    machine: Machine,
    marks: Mapping[int, Mark],
    token_id: int,
    node_id: str,
    scope_id: int,
    flow: str | None = None,
    loop: list[Any] | None = None,
    path: list[int] | None = None,
    stand: int | None = None,
    owner_id: int | None = None,
    local: dict[str, Any] | None = None,
    undo: list[Any] | None = None,
    absorbed: list[str] | None = None,
) -> None:
    node, scope = machine.definition.nodes[node_id], machine.scopes[scope_id]
    token = Token(token_id, node, scope, flow, rest_at(node, loop is not None) if stand is None else Stand(stand))
    token.path = tuple(marks[id] for id in path or ())
    token.local, token.absorbed = local, absorbed
    if owner_id is not None:
        token.owner = machine.tokens[owner_id]  # older, so it came first
    if loop is not None:
        total, started, done, outputs, remaining, *ballot = loop
        token.loop = Loop(total, outputs, remaining)
        token.loop.ballot = Ballot.of_row(ballot[0]) if ballot else None
        token.loop.started, token.loop.done = started, done
    if undo is not None:
        then, todo, *current = undo
        token.undo = Undoing([_restore_undo(*one) for one in todo], then)
        token.undo.current = _restore_undo(*current[0]) if current else None
    machine.tokens[token_id] = scope.tokens[token_id] = token
    if token.stand is Stand.JOIN or token.stand is Stand.GATHER:
        scope.joins.setdefault(node_id, []).append(token)
    if absorbed is not None or (token.stand is Stand.JOIN and node.kind is NodeKind.INCLUSIVE_GATEWAY):
        machine.looking.add((scope_id, node_id))


def _restore_undo(model_id: str, scope_id: int, done: list[Any]) -> Undo:
    return model_id, scope_id, Done(*done)


def _restore_instances(
    machine: Machine, owner_id: int, instances: list[Any], deadlines: list[list[Any]] | None = None
) -> None:
    owner = machine.tokens[owner_id]  # older than its instances, so it came first
    for names, ids, *columns in [instances] if _by_columns(instances) else _columns(instances):
        group = Asleep(owner, names, ids, columns, deadlines or [])
        if deadlines is not None:
            machine.asleep.append(group)
        else:
            _restore_awake(machine, group)


def _by_columns(instances: list[Any]) -> bool:
    """Whether the first of the lists names variables; up to format 2 it was the first instance."""
    first = instances[0]
    return not first or isinstance(first[0], str)


def _columns(rows: list[tuple[int, dict[str, Any] | None]]) -> Iterator[list[Any]]:
    """What format 2 wrote as one row an instance."""
    for names, alike in groupby(rows, lambda row: list(row[1] or ())):
        ids, values = [], []
        for token_id, local in alike:
            ids.append(token_id)
            values.append(list((local or {}).values()))
        yield [names, ids, *map(list, zip(*values, strict=True))]


def _restore_awake(machine: Machine, group: Asleep) -> None:
    owner = group.owner
    stand = rest_at(owner.node, False)
    for token_id, local in group.rows():
        token = Token(token_id, owner.node, owner.scope, None, stand)
        token.owner, token.local = owner, local
        machine.tokens[token_id] = owner.scope.tokens[token_id] = token


def _restore_subscription(
    machine: Machine,
    kind: str,
    holder_id: int,
    node_id: str | None = None,
    due: int | None = None,
    flags: int | None = None,
    start: int | None = None,
    amount: Any = None,
    unit: str | None = None,
    at: int | None = None,
    key: str | None = None,
    name: str | None = None,
    left: int | None = None,
    period: list[int] | None = None,
) -> None:
    holder: Token | Scope = machine.tokens.get(holder_id) or machine.scopes[holder_id]
    if node_id is not None:
        node = machine.definition.nodes[node_id]
    elif isinstance(holder, Token):
        node = holder.node
    else:
        raise ValueError(holder_id)
    subscription = Subscription(kind, node, holder, at or 0)
    subscription.due, subscription.start = moment(due), moment(start)
    if flags is not None:
        subscription.fired, subscription.provisional = bool(flags & 1), bool(flags & 2)
    subscription.amount, subscription.unit = amount, unit or ""
    subscription.key, subscription.left = key, left
    subscription.period = (period[0], period[1]) if period is not None else None
    if kind in ("message", "signal"):
        subscription.name = name if name is not None else node.events[subscription.at].name
    elif kind == "conditional":
        machine.conditions.append(subscription)
    machine.subscriptions.setdefault(holder_id, []).append(subscription)
