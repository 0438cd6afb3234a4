"""How ports tell the log of the case what they did; whoever moves the case writes it into the chain when he saves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Note(Protocol):
    """Takes one entry for the log."""

    def __call__(self, kind: str, payload: Mapping[str, Any]) -> None:
        """`kind` as in `engine.queries.log.TEXTS`, `payload` what its words need."""
        ...


def silent(kind: str, payload: Mapping[str, Any]) -> None:
    """Where no case is being moved there is no log to write into."""
