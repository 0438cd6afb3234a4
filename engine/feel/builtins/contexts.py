"""Contexts."""

from __future__ import annotations

from typing import Any

from engine.feel.budget import Budget
from engine.feel.builtins.arguments import context, items, string
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.values import Value


@builtin("get value", "m, key | context, key")
def get_value(source: Value, key: Value) -> Value:
    """The value of a key; null if there is none."""
    return context(source).get(string(key))


@builtin("get entries", "m | context")
def get_entries(source: Value) -> Value:
    """A list of {key, value}, in the order of the context."""
    return [{"key": key, "value": value} for key, value in context(source).items()]


@builtin("context put", "context, key!, value | context, keys, value", budgeted=True)
def context_put(budget: Budget, at: int, source: Value, key: Value, value: Value) -> Value:
    """A copy with one entry more or changed; a list of keys reaches into nested contexts."""
    if not isinstance(key, list):
        return {**context(source), string(key): value}
    if not key:
        raise NotApplicable
    copy: dict[str, Any] = dict(context(source))
    root = copy
    for step in key[:-1]:
        inner = dict(context(copy.get(string(step))))
        budget.spend(len(inner), at)
        copy[string(step)] = inner
        copy = inner
    copy[string(key[-1])] = value
    return root


@builtin("context", "entries")
def to_context(entries: Value) -> Value:
    """A context of a list of {key, value}; null if a key comes twice or an entry lacks one of them."""
    result: dict[str, Any] = {}
    for entry in items(entries):
        pair = context(entry)
        key = string(pair.get("key"))
        if "value" not in pair or key in result:
            raise NotApplicable
        result[key] = pair["value"]
    return result


@builtin("context merge", "contexts", budgeted=True)
def context_merge(budget: Budget, at: int, contexts: Value) -> Value:
    """All entries in one context; of entries with the same key the last one counts."""
    result: dict[str, Any] = {}
    for one in items(contexts):
        budget.spend(len(context(one)), at)
        result.update(one)
    return result
