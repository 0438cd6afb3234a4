"""What a return to an earlier step leaves behind: completed activities that came from that step and can be undone.

They are found by what they came from (`Done.came`), wherever they are remembered: in the scope of the step, in inner
scopes that are cancelled half-way, and in a compensation that had begun and is cancelled, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.bpmn.machine import Machine
from engine.bpmn.records import Done, Mark, Scope, Token, Undo
from engine.bpmn.variables import isolate_all


def take_effects(machine: Machine, scope: Scope, doomed: Iterable[Token], mark: Mark) -> list[Undo]:
    """Take out of the state what is to be undone before the marked step is done again, the latest last. Call it before
    the doomed tokens are cancelled."""
    tokens = list(doomed)
    kept, found = [], []
    for token in tokens:
        for entry in _begun(token):
            if _is_of(entry[2], mark):
                found.append(entry)
            else:
                kept.append(_back(entry, scope))
    found += [(scope.model.id, scope.id, done) for done in scope.done if _is_of(done, mark)]
    scope.done = [*kept, *(done for done in scope.done if not _is_of(done, mark))]
    for inner in _inner_scopes(machine, scope, tokens):
        seen = _variables(inner, scope)
        found += [
            (inner.model.id, 0, Done(one.node_id, isolate_all({**seen, **one.variables}), one.inner, one.came))
            for one in inner.done
        ]
    return found


def _is_of(done: Done, mark: Mark) -> bool:
    return mark.id in done.came


def _begun(token: Token) -> list[Undo]:
    """What a compensation that is cancelled has not undone yet, its present handler's included."""
    undo = token.undo
    if undo is None:
        return []
    if undo.current is None:
        return list(undo.todo)
    model_id, scope_id, done = undo.current
    if done.inner is not None and token.inner is not None:  # a compensation event subprocess has undone a part
        done = done._replace(inner=list(token.inner.done))
    return [*undo.todo, (model_id, scope_id, done)]


def _back(entry: Undo, scope: Scope) -> Done:
    """A record that was taken for a compensation as a record of its scope again; what lay in a subprocess that has
    ended is wrapped as what that subprocess did."""
    model_id, _scope_id, done = entry
    return done if model_id == scope.model.id else Done(model_id, {}, [done], done.came)


def _inner_scopes(machine: Machine, scope: Scope, doomed: Iterable[Token]) -> list[Scope]:
    """The scopes that go with these tokens, the inmost last. Where the token compensates, its inner scope holds what
    `_begun` has seen to."""
    tokens = set(doomed)
    found = []
    for candidate in machine.scopes.values():
        owners = list(_owners(candidate, scope))
        if owners and not tokens.isdisjoint(owners) and all(owner.undo is None for owner in owners):
            found.append(candidate)
    return found


def _owners(inner: Scope, scope: Scope) -> Iterable[Token]:
    """The tokens around an inner scope up to `scope`; nothing for a scope that does not lie in it."""
    owners: list[Token] = []
    at = inner
    while at.owner is not None and at is not scope:
        owner = at.owner
        owners += [owner] if owner.owner is None else [owner, owner.owner]
        at = owner.scope
    return owners if at is scope else ()


def _variables(inner: Scope, scope: Scope) -> dict[str, Any]:
    """The variables of the scopes from `inner` up to `scope`, without those of `scope`."""
    seen: dict[str, Any] = {}
    at = inner
    while at is not scope:
        assert at.owner is not None
        seen = {**(at.owner.local or {}), **at.variables, **seen}
        at = at.owner.scope
    return seen
