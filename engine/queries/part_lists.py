"""表单 and 决策表 of a draft, as their lists show them: what they are called, and which steps use them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine import bpmn
from engine.feel.dmn import decision_ids
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.designs import design, draft_parts
from engine.queries.values import PersonRef


@dataclass(frozen=True)
class PartRow:
    """A form or table; `used_by` are the steps of the drawing that name it."""

    name: str
    title: str
    used_by: list[str]
    revision: int
    updated_at: datetime
    updated_by: PersonRef


def list_parts(platform: Platform, actor: Actor, key: str, kind: str) -> list[PartRow]:
    """The parts of one kind ("form" or "decision"): those in use first, in the order of the drawing."""
    view = design(platform, actor, key)
    parts = draft_parts(platform, actor, key)
    uses: dict[str, list[str]] = {}
    for found in bpmn.references(parts.diagram):
        if found.kind == kind:
            uses.setdefault(found.name, []).append(found.element_name)
    order = list(uses)
    rows: list[tuple[int, PartRow]] = []
    for part in view.parts:
        if part.kind != kind:
            continue
        names = [part.name] if kind == "form" else decision_ids(parts.decisions[part.name])
        used_by = [step for name in names for step in uses.get(name, ())]
        place = min((order.index(name) for name in names if name in uses), default=len(order))
        rows.append((place, PartRow(part.name, part.title, used_by, part.revision, part.updated_at, part.updated_by)))
    return [row for _place, row in sorted(rows, key=lambda one: (one[0], one[1].name))]
