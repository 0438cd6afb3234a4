"""Which variables are seen and written from where.

A frame is one dictionary: the variables of a scope, or those of a token (an instance's element, declared inputs).
Inner ones hide outer ones. Parallel branches share the frames of their scope, so nothing is ever merged at a join.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.records import Scope, Token

Frame = dict[str, Any]


def seen_from(token: Token) -> list[Frame]:
    """Innermost first; the last one belongs to the process."""
    around = seen_in(token.scope)
    return around if token.local is None else [token.local, *around]


def seen_in(scope: Scope) -> list[Frame]:
    """What a scope sees, without a token in it."""
    found = [scope.variables]
    while scope.owner is not None:
        if scope.owner.local is not None:
            found.append(scope.owner.local)
        scope = scope.owner.scope
        found.append(scope.variables)
    return found


def merged(frames: list[Frame], extra: Mapping[str, Any] | None = None) -> Frame:
    """One dictionary that reads like the frames. Not a copy: never hand it out, never change it."""
    filled = [frame for frame in frames if frame]
    if not extra and len(filled) <= 1:
        return filled[0] if filled else frames[-1]
    found: Frame = {}
    for frame in reversed(filled):
        found.update(frame)
    if extra:
        found.update(extra)
    return found


def written_from(token: Token | None, *, own: bool) -> list[Frame]:
    """Frames that a write reaches, innermost first. An instance of a multi-instance keeps to itself whatever it or
    anything inside it writes, so its frame is the last. `own`: whether the token's own frame counts."""
    found: list[Frame] = []
    at = token
    while at is not None:
        if at.local is not None:
            if at.is_instance and at.node.multi_instance is not None:
                found.append(at.local)
                return found
            if own or at is not token:
                found.append(at.local)
        found.append(at.scope.variables)
        at = at.scope.owner
    return found


def store(frames: list[Frame], values: Mapping[str, Any]) -> None:
    """Put each value where its name is known already, else into the last frame."""
    for name, value in values.items():
        next((frame for frame in frames if name in frame), frames[-1])[name] = value
