"""How often an activity is done, as drawn (BPMN 2.0, 10.3.8 Loop Characteristics)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bpmn.event_definitions import EventDefinition


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """Again and again while the condition holds, asked before or after each round, at most `maximum` times."""

    test_before: bool
    condition: str | None  # FEEL
    maximum: int | None


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """One instance for each element of a collection, or as many as a number says.

    `behavior` says when the boundary of the activity is told of instances that end: "All" (never, the standard's
    default), "None" (of each: `each_event`), "One" (of the first: `first_event`), "Complex" (`complex`, condition by
    condition).
    """

    sequential: bool
    collection: str = ""  # FEEL after "="; "" with a cardinality
    element: str | None = None
    output_collection: str | None = None
    output_element: str | None = None  # FEEL after "=", read in the child's variables
    completion_condition: str | None = None  # FEEL
    cardinality: str | None = None  # FEEL
    behavior: str = "All"
    event: EventDefinition | None = None  # of the behaviours "None" and "One"
    complex: tuple[tuple[str, EventDefinition], ...] = ()  # (condition, event)


@dataclass(frozen=True, slots=True)
class AdHoc:
    """An ad-hoc subprocess: its activities in any order, one after the other or side by side, until the condition."""

    sequential: bool
    condition: str | None  # FEEL
    cancel_remaining: bool
