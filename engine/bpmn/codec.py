"""An execution as bytes and back: flat lists, no diagram, nothing that follows from the diagram.

    [1, key, state, outcome, last id,
     [[scope id, scope model, owner token id, variables], …],
     [[token id, node, scope id, flow at a join, loop, ids of its path], …]
         and, for children of a multi-instance side by side, [null, owner token id, [[token id, variables], …]],
     [[mark id, node, branches], …],
     [[kind, holder id, node unless the holder's, due µs, fired 1 | provisional 2, start µs, amount, unit], …]]

Nulls at the end of a row are cut off. Values that JSON lacks are written as {"\\u0001": [tag, text]}. Only where
variables themselves use names that begin with that character is the slower, escaping way taken: any name is safe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import orjson

from engine.bpmn.execution import Execution
from engine.bpmn.machine import Machine
from engine.bpmn.model import Definition, NodeKind
from engine.bpmn.records import Loop, Mark, Scope, Stand, Subscription, Token
from engine.bpmn.services import Services
from engine.errors import ExecutionError
from engine.feel import DaysTime, YearsMonths
from engine.i18n import _

_FORMAT = 1
_MARK = "\x01"
_MARK_BYTES = b'"\\u0001'
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS

_WRITE: dict[type, tuple[str, Callable[[Any], Any]]] = {
    Decimal: ("n", str),
    datetime: ("t", datetime.isoformat),
    date: ("d", date.isoformat),
    time: ("h", time.isoformat),
    timedelta: ("s", lambda value: str(value // _MICROSECOND)),
    YearsMonths: ("m", lambda value: value.months),
    DaysTime: ("r", lambda value: str(value.seconds)),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "n": Decimal,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "h": time.fromisoformat,
    "s": lambda value: timedelta(microseconds=int(value)),
    "m": YearsMonths,
    "r": lambda value: DaysTime(Decimal(value)),
}


def dumps(execution: Execution) -> bytes:
    """The whole state; a finished case keeps its variables and nothing else."""
    machine = execution._machine
    state = [
        _FORMAT,
        machine.definition.key,
        machine.state,
        machine.outcome,
        machine.last_id,
        [_scope_row(scope) for scope in machine.scopes.values()],
        _token_rows(machine),
        [_mark_row(mark) for mark in {mark.id: mark for t in machine.tokens.values() for mark in t.path}.values()],
        [_subscription_row(s) for held in machine.subscriptions.values() for s in held],
    ]
    marks = 0

    def default(value: Any) -> Any:
        nonlocal marks
        marks += 1
        return _tagged(value)

    data = orjson.dumps(state, default=default, option=_OPTIONS)
    if data.count(_MARK_BYTES) != marks:
        data = orjson.dumps(_escaped(state), option=_OPTIONS)
    return data


def loads(data: bytes, definition: Definition, services: Services) -> Execution:
    """The execution again. Raises ExecutionError if the state does not belong to this definition."""
    state = orjson.loads(data)
    if _MARK_BYTES in data:
        state = _untagged(state)
    execution = Execution(definition, services)
    try:
        _restore(execution._machine, state)
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
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else _EPOCH + timedelta(microseconds=micros)


def _scope_row(scope: Scope) -> list[Any]:
    return [scope.id, scope.model.id, scope.owner.id if scope.owner else None, scope.variables]


def _token_rows(machine: Machine) -> list[list[Any]]:
    rows: list[list[Any]] = []
    group_of: Token | None = None
    for token in machine.tokens.values():
        owner = token.owner
        if owner is None:
            rows.append(_token_row(token))
        elif owner is group_of:
            rows[-1][2].append([token.id, token.local])
        else:
            rows.append([None, owner.id, [[token.id, token.local]]])
        group_of = owner
    return rows


def _token_row(token: Token) -> list[Any]:
    loop = token.loop
    return _trimmed(
        [
            token.id,
            token.node.id,
            token.scope.id,
            token.flow if token.stand is Stand.JOIN else None,
            [loop.total, loop.started, loop.done, loop.outputs, loop.remaining] if loop is not None else None,
            [mark.id for mark in token.path] or None,
        ]
    )


def _mark_row(mark: Mark) -> list[Any]:
    branches = mark.branches
    written = {flow: sorted(ids) for flow, ids in branches.items()} if branches is not None else None
    return _trimmed([mark.id, mark.node_id, written])


def _subscription_row(s: Subscription) -> list[Any]:
    holder = s.holder
    node = None if isinstance(holder, Token) and holder.node is s.node else s.node.id
    flags = (1 if s.fired else 0) + (2 if s.provisional else 0)
    row = [s.kind, holder.id, node, _micros(s.due), flags or None, _micros(s.start), s.amount, s.unit or None]
    return _trimmed(row)


def _restore(machine: Machine, state: list[Any]) -> None:
    version, key, machine.state, machine.outcome, machine.last_id, scopes, tokens, marks, subscriptions = state
    definition = machine.definition
    if version != _FORMAT or key != definition.key:
        raise ValueError(version, key)
    owners: dict[int, int] = {}
    for scope_id, model_id, owner_id, variables in scopes:
        machine.scopes[scope_id] = Scope(scope_id, definition.scopes[model_id], None, None, variables)
        if owner_id is None:
            machine.root = machine.scopes[scope_id]
        else:
            owners[scope_id] = owner_id
    known = {mark.id: mark for mark in (_restore_mark(*row) for row in marks)}
    for row in tokens:
        if row[0] is None:
            _restore_children(machine, *row[1:])
        else:
            _restore_token(machine, known, *row)
    for scope_id, owner_id in owners.items():
        scope, owner = machine.scopes[scope_id], machine.tokens[owner_id]
        scope.owner, scope.parent, owner.inner = owner, owner.scope, scope
    for row in subscriptions:
        _restore_subscription(machine, *row)


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
) -> None:
    node, scope = machine.definition.nodes[node_id], machine.scopes[scope_id]
    token = Token(token_id, node, scope, flow, _stand(node.kind, loop))
    token.path = tuple(marks[id] for id in path or ())
    if loop is not None:
        total, started, done, outputs, remaining = loop
        token.loop = Loop(total, outputs, remaining)
        token.loop.started, token.loop.done = started, done
    machine.tokens[token_id] = scope.tokens[token_id] = token
    if token.stand is Stand.JOIN:
        scope.joins.setdefault(node_id, []).append(token)


def _restore_children(machine: Machine, owner_id: int, children: list[tuple[int, dict[str, Any]]]) -> None:
    owner = machine.tokens[owner_id]  # older than its children, so it came first
    node, scope, tokens, all_tokens = owner.node, owner.scope, owner.scope.tokens, machine.tokens
    for token_id, local in children:
        token = Token(token_id, node, scope, None, Stand.WORK)
        token.owner = owner
        token.local = local
        all_tokens[token_id] = tokens[token_id] = token


def _stand(kind: NodeKind, loop: list[Any] | None) -> Stand:
    if kind is NodeKind.USER_TASK:
        return Stand.WORK if loop is None else Stand.INNER
    if kind is NodeKind.CATCH_EVENT:
        return Stand.CATCH
    return Stand.JOIN if kind is NodeKind.PARALLEL_GATEWAY else Stand.INNER


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
) -> None:
    holder: Token | Scope = machine.tokens.get(holder_id) or machine.scopes[holder_id]
    if node_id is not None:
        node = machine.definition.nodes[node_id]
    elif isinstance(holder, Token):
        node = holder.node
    else:
        raise ValueError(holder_id)
    subscription = Subscription(kind, node, holder)
    subscription.due, subscription.start = _moment(due), _moment(start)
    subscription.fired, subscription.provisional = bool((flags or 0) & 1), bool((flags or 0) & 2)
    subscription.amount, subscription.unit = amount, unit or ""
    machine.subscriptions.setdefault(holder_id, []).append(subscription)


# ---------------------------------------------------------------- values


def _tagged(value: Any) -> dict[str, list[Any]]:
    tag, write = _WRITE[type(value)]
    return {_MARK: [tag, write(value)]}


def _escaped(value: Any) -> Any:
    """Tags and escapes done by hand: a name that begins with the mark gets one more."""
    kind = type(value)
    if kind is dict:
        return {(_MARK + k if k.startswith(_MARK) else k): _escaped(v) for k, v in value.items()}
    if kind is list:
        return [_escaped(item) for item in value]
    return _tagged(value) if kind in _WRITE else value


def _untagged(value: Any) -> Any:
    if type(value) is dict:
        if len(value) == 1 and _MARK in value:
            tag, text = value[_MARK]
            return _READ[tag](text)
        return {(k[1:] if k.startswith(_MARK) else k): _untagged(v) for k, v in value.items()}
    return [_untagged(item) for item in value] if type(value) is list else value
