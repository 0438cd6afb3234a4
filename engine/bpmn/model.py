"""The static side: what a diagram says, compiled once and never changed.

`SpiffWorkflow` reads the file (see `engine.bpmn.parser`); these frozen values are what the rest of the product sees.
Texts that may hold FEEL are kept as written: with a leading `=` they are expressions, without it they are literals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class NodeKind(StrEnum):
    """The flow nodes that this engine runs."""

    START_EVENT = "start_event"
    END_EVENT = "end_event"
    USER_TASK = "user_task"
    SERVICE_TASK = "service_task"  # a handler
    BUSINESS_RULE_TASK = "business_rule_task"  # a decision table
    SCRIPT_TASK = "script_task"  # one FEEL expression
    EXCLUSIVE_GATEWAY = "exclusive_gateway"
    PARALLEL_GATEWAY = "parallel_gateway"
    SUBPROCESS = "subprocess"
    EVENT_SUBPROCESS = "event_subprocess"  # waits beside its scope for a message
    BOUNDARY_EVENT = "boundary_event"
    CATCH_EVENT = "catch_event"


ACTIVITIES = frozenset(
    {
        NodeKind.USER_TASK,
        NodeKind.SERVICE_TASK,
        NodeKind.BUSINESS_RULE_TASK,
        NodeKind.SCRIPT_TASK,
        NodeKind.SUBPROCESS,
        NodeKind.EVENT_SUBPROCESS,
    }
)


class EventKind(StrEnum):
    """What an event node reacts to or does."""

    NONE = "none"
    MESSAGE = "message"
    TIMER = "timer"
    ERROR = "error"
    TERMINATE = "terminate"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may do a user task or start the process; `value` and `exclude` may be FEEL."""

    rule: str  # anyone | person | role | department | leader | several
    value: str | None = None
    exclude: str | None = None
    fallback: str | None = None  # "role:platform" when the rule finds nobody


@dataclass(frozen=True, slots=True)
class Deadline:
    """How long a user task may take; `due` and `remind` are numbers of `unit`, literal or FEEL, or FEEL for a moment.
    With "" for `due` nothing is ever late."""

    due: str
    unit: str = "workday"  # workday | hour
    remind: str | None = None  # that many units before due
    escalate: str | None = None  # leader | role:… | person:…
    consequence: str | None = None  # a sentence for people: what happens afterwards


@dataclass(frozen=True, slots=True)
class Action:
    """One button of a user task."""

    value: str
    label: str
    kind: str  # approve | submit | agree | oppose | abstain | return | reject | rework
    opinion: str = "optional"  # required | optional | none


@dataclass(frozen=True, slots=True)
class Actions:
    """The buttons of a user task and the variable that takes the chosen value."""

    variable: str | None
    items: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """One user task for each element of a collection."""

    sequential: bool
    collection: str  # FEEL after "="
    element: str | None
    output_collection: str | None
    output_element: str | None  # FEEL after "=", read in the child's variables
    completion_condition: str | None  # FEEL


@dataclass(frozen=True, slots=True)
class TimerText:
    """A timer as drawn: `kind` is "duration" or "date"; `text` is literal or FEEL after "="."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `source` and `target` are node ids of the same scope."""

    id: str
    source: str
    target: str
    name: str
    condition: str | None  # FEEL, without the optional "="
    default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A flow node with everything the runtime and the pages need to know of it."""

    id: str
    name: str
    kind: NodeKind
    scope: str  # id of the process or subprocess it is drawn in
    lane: str | None = None
    documentation: str | None = None
    incoming: tuple[Flow, ...] = ()
    outgoing: tuple[Flow, ...] = ()

    # user tasks (form and candidates also on the start event)
    form: str | None = None
    clauses: str | None = None
    returnable: bool = False
    tally: str | None = None
    candidates: Candidates | None = None
    deadline: Deadline | None = None
    actions: Actions | None = None
    multi_instance: MultiInstance | None = None

    # tasks that the platform does
    decision: str | None = None
    decision_mapping: str = "singleResult"  # singleResult | singleEntry
    result_variable: str | None = None
    script: str | None = None
    topic: str | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[tuple[str, str], ...] = ()

    # events
    event: EventKind = EventKind.NONE
    outcome: str | None = None
    timer: TimerText | None = None
    message: str | None = None
    error_code: str | None = None  # None on an error event catches every code
    error_code_variable: str | None = None
    error_message_variable: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    available_when: str | None = None
    sender: str | None = None


@dataclass(frozen=True, eq=False)
class ScopeModel:
    """What is drawn in one process or subprocess: its one start and the event subprocesses beside the flow."""

    id: str
    start: Node
    event_subprocesses: tuple[tuple[Node, Node], ...]  # (event subprocess, its start event)


@dataclass(frozen=True, eq=False, kw_only=True)
class Definition:
    """One executable process."""

    key: str
    name: str
    prefix: str | None
    clauses: str | None
    title: str | None
    key_data: tuple[str, ...]
    tag: str | None
    documentation: str | None
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    lanes: tuple[str, ...]
    scopes: Mapping[str, ScopeModel] = field(repr=False)

    @cached_property
    def start(self) -> Node:
        """The none start event of the process."""
        return self.scopes[self.key].start

    @cached_property
    def messages(self) -> tuple[Node, ...]:
        """The message starts of all event subprocesses."""
        return tuple(n for n in self.nodes.values() if n.kind is NodeKind.START_EVENT and n.message is not None)

    @cached_property
    def attached(self) -> Mapping[str, tuple[Node, ...]]:
        """Boundary events by the activity they sit on; activities without any are not listed."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.attached_to is not None:
                found.setdefault(node.attached_to, []).append(node)
        return {activity: tuple(events) for activity, events in found.items()}
