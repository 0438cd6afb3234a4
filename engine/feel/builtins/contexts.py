"""Contexts."""

from __future__ import annotations

from typing import Any

from engine.feel.budget import Budget
from engine.feel.builtins.arguments import context, string
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.values import Value


@builtin("get value", "context, key")
def get_value(source: Value, key: Value) -> Value:
    """The value of a key; null if there is none."""
    return context(source).get(string(key))


@builtin("get entries", "context")
def get_entries(source: Value) -> Value:
    """A list of {key, value}, in the order of the context."""
    return [{"key": key, "value": value} for key, value in context(source).items()]


@builtin("context put", "context, key, value", budgeted=True)
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
