"""The static side: what a diagram says, compiled once and never changed.

`SpiffWorkflow` reads the file (see `engine.bpmn.parser`); these frozen values are what the rest of the product sees.
Texts that may hold FEEL are kept as written: with a leading `=` they are expressions, without it they are literals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from engine.bpmn.event_definitions import EventDefinition, EventKind, TimerText
from engine.bpmn.loops import AdHoc, MultiInstance, StandardLoop
from engine.bpmn.voting import Vote


class NodeKind(StrEnum):
    """The flow nodes of BPMN 2.0."""

    START_EVENT = "start_event"
    END_EVENT = "end_event"
    CATCH_EVENT = "catch_event"
    THROW_EVENT = "throw_event"
    BOUNDARY_EVENT = "boundary_event"
    TASK = "task"  # no kind chosen: nothing is to be done
    MANUAL_TASK = "manual_task"  # done without the platform, so never waited for
    USER_TASK = "user_task"
    SERVICE_TASK = "service_task"  # a handler
    SEND_TASK = "send_task"  # a message, or a handler that sends
    RECEIVE_TASK = "receive_task"
    BUSINESS_RULE_TASK = "business_rule_task"  # a decision table
    SCRIPT_TASK = "script_task"  # one FEEL expression
    CALL_ACTIVITY = "call_activity"  # a case of another process
    SUBPROCESS = "subprocess"
    TRANSACTION = "transaction"
    AD_HOC_SUBPROCESS = "ad_hoc_subprocess"
    EVENT_SUBPROCESS = "event_subprocess"  # waits beside its scope for an event
    EXCLUSIVE_GATEWAY = "exclusive_gateway"
    INCLUSIVE_GATEWAY = "inclusive_gateway"
    PARALLEL_GATEWAY = "parallel_gateway"
    EVENT_BASED_GATEWAY = "event_based_gateway"
    COMPLEX_GATEWAY = "complex_gateway"


SUBPROCESSES = frozenset(
    {NodeKind.SUBPROCESS, NodeKind.TRANSACTION, NodeKind.AD_HOC_SUBPROCESS, NodeKind.EVENT_SUBPROCESS}
)
"""Activities with a scope of their own inside the diagram."""
ACTIVITIES = SUBPROCESSES | {
    NodeKind.TASK,
    NodeKind.MANUAL_TASK,
    NodeKind.USER_TASK,
    NodeKind.SERVICE_TASK,
    NodeKind.SEND_TASK,
    NodeKind.RECEIVE_TASK,
    NodeKind.BUSINESS_RULE_TASK,
    NodeKind.SCRIPT_TASK,
    NodeKind.CALL_ACTIVITY,
}


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
class Flow:
    """A sequence flow; `source` and `target` are node ids of the same scope."""

    id: str
    source: str
    target: str
    name: str
    condition: str | None  # FEEL, without the optional "="
    default: bool


class Called(NamedTuple):
    """What a call activity calls: the key of a process, literal or FEEL after "=", and which version of it.

    `binding`: "deployment" (the version that was deployed together with the caller), "latest" or "version". `inputs`
    and `outputs` are (name, text) pairs; the name None hands over everything.
    """

    key: str
    binding: str
    version: str | None
    inputs: tuple[tuple[str | None, str], ...]
    outputs: tuple[tuple[str | None, str], ...]


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
    on_timeout: str | None = None  # "draft": what was typed is handed in when a timer on the border ends the task
    tally: str | None = None
    candidates: Candidates | None = None
    deadline: Deadline | None = None
    actions: Actions | None = None
    vote: Vote | None = None  # how the answers of its instances decide

    # what other tools say besides, kept as data
    priority: str | None = None  # literal or FEEL
    properties: tuple[tuple[str, str], ...] = ()  # Camunda's, (name, value)

    # all activities
    multi_instance: MultiInstance | None = None
    standard_loop: StandardLoop | None = None
    start_quantity: int = 1
    completion_quantity: int = 1
    inputs: tuple[tuple[str, str], ...] = ()  # variables of its own, or what a handler or message is given
    outputs: tuple[tuple[str, str], ...] = ()  # variables of the scope, read from its own or from what was answered
    stores_read: tuple[tuple[str, str], ...] = ()  # (variable, data store)
    stores_written: tuple[tuple[str, str], ...] = ()  # (data store, text)
    for_compensation: bool = False
    compensated_by: str | None = None  # id of the activity that undoes this one

    # tasks that the platform does
    decision: str | None = None
    decision_mapping: str = "singleResult"  # singleResult | singleEntry | collectEntries | resultList
    result_variable: str | None = None
    script: str | None = None
    topic: str | None = None
    spreads: bool = False  # each value that the handler answers is a variable of its name, but for `case`
    is_job: bool = False  # the handler runs outside the transaction, by a worker
    called: Called | None = None

    # subprocesses and gateways
    ad_hoc: AdHoc | None = None
    activation: str | None = None  # FEEL: when a complex gateway goes on
    instantiate: bool = False  # a receive task or an event-based gateway that begins the process
    all_events: bool = False  # an instantiating event-based gateway that needs all of its events

    # events; `event`, `timer`, `message` and `error_code` are those of the first definition
    events: tuple[EventDefinition, ...] = ()
    parallel_multiple: bool = False  # all definitions must occur, not one of them
    event: EventKind = EventKind.NONE
    outcome: str | None = None
    timer: TimerText | None = None
    message: str | None = None
    error_code: str | None = None  # None on an error event catches every code
    attached_to: str | None = None
    interrupting: bool = True
    available_when: str | None = None
    sender: str | None = None
    clock: str | None = None  # what the countdown to this timer is called; None: it is not shown

    @property
    def has_instances(self) -> bool:
        """Whether its token owns one child token for each time that the activity is done."""
        return self.multi_instance is not None or self.standard_loop is not None


@dataclass(frozen=True, eq=False, kw_only=True)
class ScopeModel:
    """What is drawn in one process or subprocess, as far as its beginning and its events are concerned.

    `first`: the nodes that get a token when the scope begins without an event: the none start, or, where no start
    event is drawn, all nodes that nothing leads to. `event_starts`: what else may begin a process.
    `reach`: for each gateway whose join looks ahead, by incoming flow, the nodes from which that flow can still get a
    token without passing the gateway.
    """

    id: str
    kind: NodeKind | None  # None for the process
    first: tuple[Node, ...]
    event_starts: tuple[Node, ...] = ()
    event_subprocesses: tuple[tuple[Node, Node], ...] = ()  # (event subprocess, its start event)
    links: Mapping[str, Node] = field(default_factory=dict)  # link catch events by name
    reach: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    ad_hoc: AdHoc | None = None

    @property
    def start(self) -> Node:
        """Where the scope begins, for those who show it: the none start, else whatever begins it."""
        return (*self.first, *self.event_starts)[0]


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
        """The none start event of the process, or what else begins it."""
        return self.scopes[self.key].start

    @cached_property
    def messages(self) -> tuple[Node, ...]:
        """The message starts of all event subprocesses."""
        inner = [start for scope in self.scopes.values() for _activity, start in scope.event_subprocesses]
        return tuple(node for node in inner if node.message is not None)

    @cached_property
    def clocks(self) -> Mapping[str, Node]:
        """The timers whose countdown is shown, by id."""
        return {node.id: node for node in self.nodes.values() if node.clock}

    @cached_property
    def attached(self) -> Mapping[str, tuple[Node, ...]]:
        """Boundary events by the activity they sit on, in file order; those of a compensation are not among them, and
        activities without any are not listed."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.attached_to is not None and node.event is not EventKind.COMPENSATION:
                found.setdefault(node.attached_to, []).append(node)
        return {activity: tuple(events) for activity, events in found.items()}
