"""Truth."""

from __future__ import annotations

from engine.feel.builtins.arguments import spread
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.values import Value


@builtin("not", "negand")
def negation(value: Value) -> Value:
    """The other truth; null for anything that is no boolean."""
    return not value if isinstance(value, bool) else None


@builtin("is defined", "value")
def is_defined(value: Value) -> Value:
    """Whether there is a value. A missing variable is null here, so both answer false."""
    return value is not None


def _quantify(values: tuple[Value, ...], deciding: bool) -> Value:
    if values == (None,):
        raise NotApplicable
    members = spread(values)
    if deciding in (member for member in members if isinstance(member, bool)):
        return deciding
    return (not deciding) if all(isinstance(member, bool) for member in members) else None


@builtin("all", "list…")
def every(*values: Value) -> Value:
    """False if one is false, true if all are true (also of none), otherwise null."""
    return _quantify(values, deciding=False)


@builtin("any", "list…")
def some(*values: Value) -> Value:
    """True if one is true, false if all are false (also of none), otherwise null."""
    return _quantify(values, deciding=True)
