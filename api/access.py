"""The permission an endpoint declares; the guard before every request reads it off the function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from engine.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare what a caller needs; put it directly above the function, below the route."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]  # functions carry attributes; typing has no word for it
        return view

    return mark
