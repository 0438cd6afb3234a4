"""An execution as bytes and back: flat lists, no diagram, nothing that follows from the diagram.

    [3, key, state, outcome, last id,
     [[scope id, scope model, owner token id, variables, ids of what is pending, what is done], …],
     [[token id, node, scope id, flow at a join, loop, ids of its path, stand unless the node's, owner token id,
       variables, what is to be undone, flows absorbed], …]
         and, for instances side by side, [null, owner token id, [names of their variables, ids of their tokens,
         values of the first variable, of the second, …], their deadlines], where deadlines that all of them have alike
         are subscription rows without holder and node,
     [[mark id, node, branches], …],
     [[kind, holder id, node unless the holder's, due µs, fired 1 | provisional 2, start µs, amount, unit, place, key,
       name unless the diagram's, left, period], …],
     1 where another case waits for this one]

Nulls at the end of a row are cut off. States of format 1 (before requests,
loops and compensation) and 2 (instances by rows) are read, too.
Values that JSON lacks are written as {"\\u0001": [tag, text]}. Only where variables themselves use names that begin
with that character is the slower, escaping way taken: any name is safe.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from engine.bpmn.codec_reading import FORMAT, restore
from engine.bpmn.codec_values import EPOCH, MARK_BYTES, MICROSECOND, escaped, tagged, untagged
from engine.bpmn.execution import Execution
from engine.bpmn.machine import Machine
from engine.bpmn.model import Definition, NodeKind
from engine.bpmn.records import Done, Loop, Mark, Scope, Stand, Subscription, Token, rest_at
from engine.bpmn.services import Services
from engine.errors import ExecutionError
from engine.i18n import _

_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def dumps(execution: Execution) -> bytes:
    """The whole state; a finished case keeps its variables and nothing else."""
    machine = execution._machine
    state = [
        FORMAT,
        machine.definition.key,
        machine.state,
        machine.outcome,
        machine.last_id,
        [_scope_row(scope) for scope in machine.scopes.values()],
        _token_rows(machine),
        [_mark_row(mark) for mark in {mark.id: mark for t in machine.tokens.values() for mark in t.path}.values()],
        _subscription_rows(machine),
        1 if machine.is_called else 0,
    ]
    marks = 0

    def default(value: Any) -> Any:
        nonlocal marks
        if isinstance(value, Done):
            return list(value)
        marks += 1
        return tagged(value)

    data = orjson.dumps(state, default=default, option=_OPTIONS)
    if data.count(MARK_BYTES) != marks:
        data = orjson.dumps(escaped(state), option=_OPTIONS)
    return data


def loads(data: bytes, definition: Definition, services: Services) -> Execution:
    """The execution again. Raises ExecutionError if the state does not belong to this definition."""
    state = orjson.loads(data)
    if MARK_BYTES in data:
        state = untagged(state)
    execution = Execution(definition, services)
    try:
        restore(execution._machine, state)
    except (KeyError, IndexError, TypeError, ValueError, StopIteration) as error:
        raise ExecutionError(
            _("流程的保存状态与流程图「{name}」不一致，无法继续；请联系管理员。", name=definition.name)
        ) from error
    return execution


# ---------------------------------------------------------------- rows


def _trimmed(row: list[Any]) -> list[Any]:
    while row[-1] is None:
        row.pop()
    return row


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - EPOCH) // MICROSECOND


def _scope_row(scope: Scope) -> list[Any]:
    owner = scope.owner.id if scope.owner else None
    return _trimmed([scope.id, scope.model.id, owner, scope.variables, scope.pending or None, scope.done or None])


def _token_rows(machine: Machine) -> list[list[Any]]:
    rows: list[list[Any]] = []
    groups: list[list[Any]] = []
    last: tuple[int, list[str], list[list[Any]] | None] | None = None
    for token in sorted(machine.tokens.values(), key=_by_id) if machine.asleep else machine.tokens.values():
        owner = token.owner
        if owner is None or not token.is_instance or _own_stand(token) is not None or token.path:
            rows.append(_token_row(token))
            continue
        local = token.local or {}
        names, deadlines = list(local), _deadlines(machine, token)
        if last != (owner.id, names, deadlines):
            last = (owner.id, names, deadlines)
            columns: list[list[Any]] = [names, [], *([] for _name in names)]
            groups.append(_trimmed([None, owner.id, columns, deadlines]))
        columns[1].append(token.id)
        for column, value in zip(columns[2:], local.values(), strict=True):
            column.append(value)
    groups += [
        _trimmed([None, group.owner.id, [group.names, group.ids, *group.columns], group.deadlines])
        for group in machine.asleep
    ]
    return rows + sorted(groups, key=_by_first)


def _by_id(token: Token) -> int:
    return token.id


def _by_first(group: list[Any]) -> int:
    first: int = group[2][1][0]
    return first


def _deadlines(machine: Machine, token: Token) -> list[list[Any]] | None:
    """The rows of an instance's deadlines, to be written once for all that have the same; None where it holds other
    subscriptions as well, which are written one by one."""
    if token.node.kind is not NodeKind.USER_TASK or token.inner is not None:
        return None
    held = machine.subscriptions.get(token.id, ())
    if any(s.kind not in ("remind", "overdue") for s in held):
        return None
    return [_trimmed([s.kind, *_when(s)]) for s in held]


def _when(s: Subscription) -> list[Any]:
    flags = (1 if s.fired else 0) + (2 if s.provisional else 0)
    return [_micros(s.due), flags or None, _micros(s.start), s.amount, s.unit or None]


def _token_row(token: Token) -> list[Any]:
    loop, undo = token.loop, token.undo
    return _trimmed(
        [
            token.id,
            token.node.id,
            token.scope.id,
            token.flow if token.stand is Stand.JOIN else None,
            _loop_row(loop) if loop is not None else None,
            [mark.id for mark in token.path] or None,
            _own_stand(token),
            token.owner.id if token.owner is not None else None,
            token.local,
            _trimmed([undo.then, undo.todo, undo.current]) if undo is not None else None,
            token.absorbed,
        ]
    )


def _loop_row(loop: Loop) -> list[Any]:
    row = [loop.total, loop.started, loop.done, loop.outputs, loop.remaining]
    return row if loop.ballot is None else [*row, loop.ballot.row()]


def _own_stand(token: Token) -> int | None:
    """The stand where it does not follow from the node."""
    return None if token.stand is rest_at(token.node, token.loop is not None) else int(token.stand)


def _mark_row(mark: Mark) -> list[Any]:
    branches = mark.branches
    written = {flow: sorted(ids) for flow, ids in branches.items()} if branches is not None else None
    return _trimmed([mark.id, mark.node_id, written])


def _subscription_rows(machine: Machine) -> list[list[Any]]:
    return [
        _subscription_row(s)
        for held in machine.subscriptions.values()
        for s in held
        if not (
            s.kind in ("remind", "overdue")
            and isinstance(s.holder, Token)
            and s.holder.owner is not None
            and s.holder.is_instance
            and _deadlines(machine, s.holder) is not None
        )
    ]


def _subscription_row(s: Subscription) -> list[Any]:
    holder = s.holder
    node = None if isinstance(holder, Token) and holder.node is s.node else s.node.id
    named = s.name is not None and s.name != s.node.events[s.at].name
    more = [s.at or None, s.key, s.name if named else None, s.left, s.period]
    return _trimmed([s.kind, holder.id, node, *_when(s), *more])
