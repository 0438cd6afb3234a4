"""A rule that matched, with the values that made it match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class JudgedCell(NamedTuple):
    """One cell of a rule that matched: which value met which test."""

    label: str
    expression: str
    value: Any
    test: str


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A rule that matched, on these values, with these outputs by name."""

    index: int
    id: str
    description: str
    inputs: tuple[JudgedCell, ...]
    outputs: Mapping[str, Any]
