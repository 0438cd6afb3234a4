"""发起流程: start a case of a procedure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete

from engine import organisation
from engine.casework import create_case
from engine.casework.candidates import start_request
from engine.casework.case import save_case_data, title_of
from engine.casework.reply import next_sentence
from engine.casework.starting import facts
from engine.casework.submission import accept, attach
from engine.errors import Forbidden
from engine.i18n import _
from engine.jsondata import dump
from engine.models import Draft
from engine.permissions import Actor
from engine.platform import Platform


@dataclass(frozen=True)
class Started:
    """The new case and one sentence about who has it now."""

    instance_id: int
    number: str
    next: str


def start_process(
    platform: Platform, actor: Actor, key: str, data: Mapping[str, Any], attachments: Sequence[int] = ()
) -> Started:
    """Check the start form, draw a number and run the case to its first wait.

    Raises `NotFound` (no such procedure), `Forbidden` (may not start it, or nothing while his rights
    are restricted), `InvalidForm` (errors by field).
    """
    actor.require_full_rights()
    with platform.database.write() as session:
        deployed = platform.deployments.live(session, key)
        start = deployed.process.start
        values = tuple(part.strip() for part in (start.candidates.value or "").split(",")) if start.candidates else ()
        if not organisation.is_eligible(session, start_request(start.candidates, values), actor.account):
            raise Forbidden(_("“{name}”不由你所在的岗位发起。需要时请联系平台管理部。", name=deployed.name))
        variables = accept(session, deployed.form_of(start.id), data, platform.clock.now(), {}, deployed.labels)
        change = create_case(platform, session, deployed, actor, title_of(deployed.process, variables))
        instance = change.instance
        change.note("case_started", {"title": instance.title, "data": dict(data)}, start.id)
        attach(session, attachments, actor.id, instance.id, None)
        save_case_data(session, instance.id, dump(dict(data)))
        session.execute(delete(Draft).where(Draft.person_id == actor.id, Draft.key == key, Draft.task_id == 0))
        change.execution.start({**variables, "case": facts(change, actor)})
        saved = change.save()
    platform.expect(saved.next_timer)
    return Started(instance.id, instance.number, next_sentence(platform, saved, change.now))
