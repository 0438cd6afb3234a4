"""What people call the variables of a procedure, for sentences about its conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.variables.known import known_variables
from engine.variables.model import Variable
from engine.variables.writers import Sources

_DEEPEST = 3


def variable_labels(diagram: bytes, process_id: str, sources: Sources) -> Mapping[str, str]:
    """Labels by name, `a.b` for fields; under `a=value` what one of the values of `a` is called.

    In the language in force. A name that two places label differently goes by the first.
    """
    found: dict[str, str] = {}
    for name, label in _labels(known_variables(diagram, sources, {process_id}).get(process_id, ()), "", 1):
        found.setdefault(name, label)
    return found


def _labels(variables: Sequence[Variable], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for one in variables:
        name = before + one.name
        if one.label and one.label != one.name:
            yield name, one.label
        for choice in one.choices:
            if choice.label != str(choice.value):
                yield f"{name}={choice.value}", choice.label
        if one.type == "context" and depth < _DEEPEST:
            yield from _labels(one.fields, f"{name}.", depth + 1)
