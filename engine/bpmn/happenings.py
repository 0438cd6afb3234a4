"""What an execution tells the world: the raw material of the event log, of task rows and of job rows."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class HappeningKind(StrEnum):
    """All kinds; `data` of each is listed beside it."""

    ACTIVITY_STARTED = (
        "activity_started"  # loop_counter on a multi-instance child; on its owner instances, vote: see Ballot.told
    )
    ACTIVITY_COMPLETED = "activity_completed"
    ACTIVITY_CANCELLED = "activity_cancelled"
    EVENT_OCCURRED = "event_occurred"
    GATEWAY_PASSED = "gateway_passed"  # conditions, of one that decided: see weighing
    CONDITIONS_WEIGHED = "conditions_weighed"  # conditions, all of those by which an activity goes on: see weighing
    FLOW_TAKEN = "flow_taken"  # flow
    DECISION_MADE = "decision_made"  # decision, value, explanation, matched
    SERVICE_CALLED = "service_called"  # topic, outputs
    ERROR_CAUGHT = "error_caught"  # code, message
    VOTE_COUNTED = "vote_counted"  # the end of a vote: see Ballot.result
    TIMER_ARMED = "timer_armed"  # due, kind, provisional
    TIMER_CANCELLED = "timer_cancelled"  # kind
    REMINDER_DUE = "reminder_due"  # due (of the task)
    DEADLINE_PASSED = "deadline_passed"  # due
    MESSAGE_RECEIVED = "message_received"  # message
    SIGNAL_RECEIVED = "signal_received"  # signal
    CONDITION_MET = "condition_met"  # condition
    MESSAGE_SENT = "message_sent"  # message
    SIGNAL_SENT = "signal_sent"  # signal
    ESCALATED = "escalated"  # code; at the event that takes it, or at the thrower where none does
    COMPENSATING = "compensating"  # activities: ids of what is undone
    CALL_STARTED = "call_started"  # key
    JOB_STARTED = "job_started"  # topic
    RETURNED = "returned"  # to
    CASE_ENDED = "case_ended"  # outcome


class Happening(NamedTuple):
    """One thing that happened at `node_id`.

    `token_id` is the token it happened to (0 where there is none any more); `activity_id` is the owning token for a
    child of a multi-instance, else the same as `token_id`.
    """

    kind: HappeningKind
    node_id: str
    token_id: int
    activity_id: int
    data: dict[str, Any]
