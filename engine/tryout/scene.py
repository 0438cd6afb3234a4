"""One case of a draft while it is tried: the execution, its clock, and the story told so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from engine import bpmn
from engine.clock import MovableClock
from engine.platform import Handler
from engine.tryout.procedure import Procedure
from engine.tryout.sandbox import Budget, SandboxServices
from engine.tryout.story import Entry, EntryKind, Item, ItemState, Story
from engine.tryout.world import World


class Scene:
    """What acts change and what is told; nothing of it outlives the request."""

    def __init__(
        self, procedure: Procedure, world: World, handlers: Mapping[str, Handler], budget: Budget | None = None
    ) -> None:
        self.procedure = procedure
        self.world = world
        self.budget = budget or Budget()
        self.clock = MovableClock(datetime(2000, 1, 1, tzinfo=UTC))
        self.services = SandboxServices(procedure, world, handlers, self.clock, self.budget)
        self.execution = bpmn.Execution(procedure.definition, self.services, self.budget.check)
        self.story = Story()
        self.prefer: dict[str, str] = {}  # node id → who gets it at once when it opens again

    @property
    def case(self) -> dict[str, Any]:
        """Number, title, starter, his department, when it started: the variable `case`."""
        return self.services.case

    @property
    def case_name(self) -> str:
        """How notices name the case."""
        return f"{self.case['title']}（{self.case['number']}）"

    @property
    def step(self) -> int:
        """The number of the present step; 0 is the start."""
        return len(self.story.path) - 1

    def next_step(self, text: str, node_id: str = "", detail: str = "") -> None:
        """Begin to tell of a new step."""
        self.story.path.append([])
        self.story.act_kind = ""
        self.tell(EntryKind.ACT, node_id, text, detail)

    def tell(self, kind: EntryKind, node_id: str, text: str, detail: str = "") -> None:
        """Add a line."""
        self.story.entries.append(Entry(self.step, self.clock.now(), kind, node_id, text, detail))

    def close(self, token_id: int, state: ItemState) -> Item | None:
        """The item of a token that is gone, closed now; None where it was no open item."""
        item = next((item for item in self.story.open if item.token_id == token_id), None)
        if item is not None:
            item.state = state
            item.done_at = self.clock.now()
        return item
