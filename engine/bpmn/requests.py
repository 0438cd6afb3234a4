"""What an execution asks of the world: other cases and work outside concern a transaction of their own.

Each request is handed out once (`Execution.drain_requests`) and belongs into the transaction that saves the state. The
answer comes back as an act of the execution: `called_ended`, `job_done` and so on, with the token that asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.bpmn.model import Node


@dataclass(frozen=True, slots=True)
class CallRequest:
    """Start a case of process `key` for a call activity; its variables are copies."""

    token_id: int
    node: Node
    key: str
    binding: str  # deployment | latest | version
    version: str | None
    variables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class JobRequest:
    """Run the handler behind `node.topic` outside this transaction."""

    token_id: int
    node: Node
    inputs: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MessageRequest:
    """Hand a message to the one case that waits for it, or starts with it; `key` tells the waiting ones apart."""

    node_id: str
    name: str
    key: str | None
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SignalRequest:
    """Tell a signal to all other cases that wait for it or start with it; this case has heard it already."""

    node_id: str
    name: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RaiseRequest:
    """A called case tells the call activity: an error that ended it, or an escalation after which it goes on."""

    is_error: bool
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """The job or called case of that token is not wanted any more."""

    token_id: int
    node: Node


Request = CallRequest | JobRequest | MessageRequest | SignalRequest | RaiseRequest | CancelRequest
