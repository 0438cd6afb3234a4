"""A case loaded for change: execution, instance row and what will be logged, saved together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine import bpmn
from engine.casework import awaiting, countdowns, openings, recording
from engine.casework.change import Change, NewTask
from engine.casework.requests import add_jobs, to_caller, write_requests
from engine.casework.requests import ended as ended_job
from engine.casework.services import CaseServices
from engine.db import table_of
from engine.deployments import Deployed
from engine.errors import CaseSuspended, NotFound, NotNow, Stale
from engine.feel import compile_expression
from engine.i18n import _
from engine.models import CaseData, Instance, InstanceState, SearchGram
from engine.numbering import next_number
from engine.permissions import Actor
from engine.platform import Platform
from engine.prepared import Prepared
from engine.search_index import grams

_INSTANCE = table_of(Instance)
_SAVE = Prepared(
    update(_INSTANCE).where(_INSTANCE.c.id == bindparam("case"), _INSTANCE.c.revision == bindparam("seen"))
)
_LOAD = select(Instance).where(_INSTANCE.c.id == bindparam("case")).with_for_update(key_share=True)
"""Not against those who write rows that refer to the case: its key never changes, so they need not wait for each other.
The same holds wherever a case, task or message is locked."""
_INDEX = insert(table_of(SearchGram))
_KEEP = insert(table_of(CaseData))


STANDING = 400
"""Characters of `Instance.standing`; what is longer is looked up in the case's own state."""


@dataclass(frozen=True)
class Saved:
    """What a change did: the tasks it opened and whether the case ended, for the reply to the person; the earliest
    job it wrote, for the scheduler."""

    new_tasks: tuple[NewTask, ...]
    ended: bool
    outcome: str
    next_timer: datetime | None


ENDED = ("completed", "failed", "terminated")
"""States of an execution from which it does not come back."""


class CaseChange(Change):
    """A change that can be saved: move `execution`, `note` what the person did, then `save()` once."""

    def save(self) -> Saved:
        """Write state, tasks, jobs, notices and log; `Stale` if another transaction changed the case meanwhile."""
        execution, instance = self.execution, self.instance
        happenings = execution.drain()
        ended = execution.state in ENDED
        new_tasks = recording.write_tasks(self, happenings)
        next_timer = recording.write_jobs(self, happenings)
        countdowns.mirror(self, happenings, ended)
        if self._tell_others(ended):
            next_timer = self.now
        recording.write_notices(self, happenings, new_tasks)
        values: dict[str, Any] = {
            "engine_state": b"" if ended else bpmn.dumps(execution),
            "revision": instance.revision + 1,
            "tag": self._tag(),
            "standing": "" if ended else standing_of(execution),
            **recording.write_log(self, happenings),
        }
        if ended:
            values |= {
                "state": InstanceState.COMPLETED,
                "outcome": self._outcome(),
                "ended_at": self.now,
            }
        if any(happening.kind == "deadline_passed" for happening in happenings):
            values["was_late"] = True
        changed = _SAVE.run(self.session, {"case": instance.id, "seen": instance.revision, **values})
        if changed.rowcount != 1:
            raise Stale(_("这件事项刚被别人办理过，你的内容没有提交，已为你保留。请刷新后再看。"))
        return Saved(tuple(new_tasks), ended, values.get("outcome", ""), next_timer)

    def _tell_others(self, ended: bool) -> bool:
        """Write what concerns other cases; whether something is to be done at once after the commit."""
        execution = self.execution
        now = write_requests(self, execution.drain_requests())
        now = awaiting.mirror(self) or now
        if execution.state == "completed":
            now = add_jobs(self, ended_job(self)) or now
        elif execution.state == "terminated" and self.tell_caller:
            text = _("{number} 已被终止", number=self.instance.number)
            now = add_jobs(self, to_caller(self, True, "terminated", text)) or now
        if self.services.stores_written:
            now = openings.look_again(self) or now
        return now

    def _outcome(self) -> str:
        if self.execution.state != "completed":
            return self.execution.state
        return self.execution.outcome or "completed"

    def _tag(self) -> str:
        text = self.deployed.process.tag
        if not text or self.execution.state in ("failed", "terminated"):
            return self.instance.tag  # what broke off keeps how it stood
        value = self.execution.evaluate(text)
        return str(value)[:40] if value else ""


def standing_of(execution: bpmn.Execution) -> str:
    """The elements where the case has tokens, for `Instance.standing`."""
    text = " ".join(sorted(execution.places))
    return text if len(text) <= STANDING else "*"


def create_case(
    platform: Platform,
    session: Session,
    deployed: Deployed,
    starter: Actor,
    title: str,
    *,
    called_by: tuple[int, int] | None = None,
    by_itself: bool = False,
) -> CaseChange:
    """A new instance row with its number, not yet started; `save()` finishes it.

    `called_by`: case and token of a call activity that waits for this one. `by_itself`: not the starter acts, but the
    platform for him.
    """
    now = platform.clock.now()
    number = next_number(session, deployed.prefix, now)
    parent, token = called_by or (None, None)
    values = {
        "number": number,
        "key": deployed.key,
        "definition_id": deployed.definition_id,
        "title": title,
        "starter_id": starter.id,
        "starter_department_id": starter.department_id,
        "state": InstanceState.RUNNING,
        "started_at": now,
        "parent_id": parent,
        "parent_token": token,
    }
    instance = session.scalars(insert(Instance).returning(Instance).values(**values)).one()
    names = (number, title, starter.name, starter.department)
    session.execute(_INDEX, [{"gram": gram, "instance_id": instance.id} for gram in grams(*names)])
    actor = None if by_itself else starter
    services = CaseServices(platform, session, deployed, instance, actor)
    execution = bpmn.Execution(deployed.process, services)
    return CaseChange(platform, session, instance, deployed, execution, actor, now, services)


def title_of(process: bpmn.Definition, variables: Mapping[str, Any]) -> str:
    """What a new case is called: the diagram's title, else its name."""
    value = compile_expression(process.title.removeprefix("="))(variables) if process.title else None
    return str(value)[:200] if value else process.name


def load_case(
    platform: Platform,
    session: Session,
    instance_id: int,
    actor: Actor | None,
    allowed: Callable[[Instance], bool] = lambda _instance: True,
    *,
    even_suspended: bool = False,
) -> CaseChange:
    """Load a running case for change; on PostgreSQL its row is locked, so changes of one case queue.

    Raises `NotFound` without such a case and for one that is not `allowed` (the answer is the same), `NotNow` when it
    has ended, `CaseSuspended` while it is stopped.
    """
    instance = session.scalar(_LOAD, {"case": instance_id})
    if instance is None or not allowed(instance):
        raise NotFound(_("没有这件流程，或你没有查看它的权限。"))
    return change_of(platform, session, instance, actor, even_suspended=even_suspended)


def change_of(
    platform: Platform, session: Session, instance: Instance, actor: Actor | None, *, even_suspended: bool = False
) -> CaseChange:
    """The change of an instance row that the caller has already read (and locked). Raises `NotNow` when it has ended,
    `CaseSuspended` while an administrator has stopped it."""
    if instance.state != InstanceState.RUNNING:
        raise NotNow(_("{number} 已经办结，不能再办理。", number=instance.number))
    if instance.suspended_at is not None and not even_suspended:
        text = _("{number} 已由系统管理员挂起，恢复之前不能办理；没有任何改动。", number=instance.number)
        raise CaseSuspended(text)
    deployed = platform.deployments.get(session, instance.definition_id)
    services = CaseServices(platform, session, deployed, instance, actor)
    execution = bpmn.loads(instance.engine_state, deployed.process, services)
    waits = awaiting.waits_of(execution)
    return CaseChange(
        platform, session, instance, deployed, execution, actor, services.now(), services, waits, execution.admitted
    )


def save_case_data(session: Session, instance_id: int, data: bytes) -> None:
    """Keep what the start form said."""
    session.execute(_KEEP, {"instance_id": instance_id, "data": data})
