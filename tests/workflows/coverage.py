"""What the scenarios of a procedure have exercised: sequence flows, boundary events, rules of decision tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pytest

from engine.bpmn import Definition, Happening, HappeningKind, NodeKind
from engine.feel.dmn import Decision


@dataclass(frozen=True)
class Share:
    """How much of one kind of thing was exercised."""

    kind: str
    total: int
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is left out."""
        return not self.missing

    def __str__(self) -> str:
        done = self.total - len(self.missing)
        percent = 100 * done // self.total if self.total else 100
        return f"{self.kind} {done}/{self.total} ({percent}%)"


class Coverage:
    """Gathers happenings of executions, by procedure."""

    def __init__(self) -> None:
        self._taken: dict[str, set[str]] = defaultdict(set)

    def note(self, key: str, happenings: Iterable[Happening]) -> None:
        """Remember what these happenings exercised in procedure `key`."""
        taken = self._taken[key]
        for happening in happenings:
            if happening.kind is HappeningKind.FLOW_TAKEN:
                taken.add(happening.data["flow"])
            elif happening.kind is HappeningKind.EVENT_OCCURRED:
                taken.add(happening.node_id)
            elif happening.kind is HappeningKind.DECISION_MADE:
                taken.update(rule["id"] for rule in happening.data["matched"])

    def shares(self, definition: Definition, decisions: Mapping[str, Decision]) -> list[Share]:
        """The three shares of one procedure."""
        boundary = [node.id for node in definition.nodes.values() if node.kind is NodeKind.BOUNDARY_EVENT]
        rules = [rule.id for decision in decisions.values() for rule in decision.rules]
        return [
            self._share(definition.key, "sequence flows", definition.flows),
            self._share(definition.key, "boundary events", boundary),
            self._share(definition.key, "DMN rules", rules),
        ]

    def _share(self, key: str, kind: str, ids: Iterable[str]) -> Share:
        wanted = list(ids)
        return Share(kind, len(wanted), tuple(id for id in wanted if id not in self._taken[key]))


RECORD = pytest.StashKey[Coverage]()
"""Where a test run keeps its record."""
