"""One case inside one transaction: what recording and notices read, and what is to be logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import bpmn
from engine.casework.services import CaseServices
from engine.deployments import Deployed
from engine.models import Instance
from engine.organisation import Member
from engine.permissions import Actor
from engine.platform import Platform


@dataclass(frozen=True)
class LogEntry:
    """One entry of the case's log before it is chained."""

    kind: str
    node_id: str
    token_id: int
    payload: dict[str, Any]


@dataclass(frozen=True)
class NewTask:
    """A task that was just opened: for the reply, the notices and the next page. `holder` has it at once; without one
    the first of its members to claim it does."""

    id: int
    name: str
    work: bpmn.WorkItem
    members: tuple[Member, ...]
    holder: Member | None
    nobody: bool


@dataclass
class Change:
    """A case that is being changed: its row, its running execution, who changes it and when."""

    platform: Platform
    session: Session
    instance: Instance
    deployed: Deployed
    execution: bpmn.Execution
    actor: Actor | None
    now: datetime
    services: CaseServices
    waits: frozenset[tuple[str, str, str | None, int, str]] = frozenset()  # before it moved; see casework.awaiting
    admitted: frozenset[tuple[str, str | None, int, str]] = frozenset()  # before it moved; `Execution.admitted`
    fired: set[tuple[int, str, str]] = field(default_factory=set)  # timers whose rows were taken out, to be armed again
    tell_caller: bool = True  # whether the calling case learns that this one was terminated
    log: list[LogEntry] = field(default_factory=list)
    prefer: dict[str, int] = field(default_factory=dict)  # node id → the eligible person who gets it at once
    drafted: bool = True  # whether there may be a draft of who finishes the task

    def note(self, kind: str, payload: Mapping[str, Any], node_id: str = "", token_id: int = 0) -> None:
        """Log what a person did, before what the engine made of it."""
        self.log.append(LogEntry(kind, node_id, token_id, dict(payload)))
