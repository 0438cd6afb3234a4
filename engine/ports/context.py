"""The context object handed to every handler."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy.orm import Session

from engine.bpmn import BpmnError
from engine.db import Database
from engine.models import Instance
from engine.permissions import Actor
from engine.ports.accounts import Accounts
from engine.ports.deferred import DeferredNotify, NotFromHere, ReadOnlyDocuments, ReadOnlyPeople, ReadOnlyProjects
from engine.ports.documents import Documents
from engine.ports.exams import Exams
from engine.ports.notes import Note, silent
from engine.ports.notify import Notify
from engine.ports.people import People
from engine.ports.projects import Projects
from engine.ports.training import Training


@dataclass(frozen=True)
class HandlerContext:
    """`now` (aware UTC), `actor` (account of who moved the case, None for the clock), `case` (number and title) and the
    ports. Effects through a port happen in the transaction that moves the case, hence exactly once.

    A handler that runs outside the transaction (a job) may be run again after a failure or a crash: to whatever it
    calls it hands `idempotency_key`, which is the same at every try and no other job's. Elsewhere it is empty.
    """

    now: datetime
    actor: str | None
    case: dict[str, Any]
    projects: Any
    notify: Any
    people: Any
    exams: Any
    training: Any
    documents: Any
    accounts: Any
    idempotency_key: str = ""

    @classmethod
    def for_case(
        cls,
        session: Session,
        instance: Instance,
        actor: Actor | None,
        now: datetime,
        files_dir: Path | None = None,
        note: Note = silent,
    ) -> HandlerContext:
        """The real context of a running case. `files_dir` is where documents are kept (without it none can be issued),
        `note` takes what the ports have for its log."""
        return cls(
            now=now,
            actor=actor.account if actor else None,
            case={"number": instance.number, "title": instance.title},
            projects=Projects(session, instance.id, now),
            notify=Notify(session, instance.id, now),
            people=People(session),
            exams=Exams(session, instance.id, now),
            training=Training(session, instance.id, now),
            documents=Documents(session, instance, actor.id if actor else None, now, files_dir, note),
            accounts=Accounts(session, instance, now, note),
        )

    @classmethod
    def for_job(cls, database: Database, job_id: int, case: dict[str, Any], now: datetime) -> HandlerContext:
        """The context of a job: nothing of the platform is open while it runs."""
        return cls(
            now=now,
            actor=None,
            case=case,
            projects=ReadOnlyProjects(database, now),
            notify=DeferredNotify(),
            people=ReadOnlyPeople(database),
            exams=NotFromHere(),
            training=NotFromHere(),
            documents=ReadOnlyDocuments(database),
            accounts=NotFromHere(),
            idempotency_key=f"guicheng-job-{job_id}",
        )

    def error(self, code: str, message: str) -> NoReturn:
        """Raise a BPMN error that an error boundary event of the diagram may catch by its code."""
        raise BpmnError(code, message)
