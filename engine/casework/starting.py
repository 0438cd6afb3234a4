"""Beginning a case: what a person's start and the platform's own have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.casework.case import CaseChange, create_case, save_case_data, title_of
from engine.casework.initiator import initiator
from engine.deployments import Deployed
from engine.i18n import _
from engine.jsondata import dump
from engine.models import Instance
from engine.permissions import Actor
from engine.platform import Platform

DEEPEST = 20
"""So many cases may call each other in a row; more is a process that calls itself without end."""


def facts(change: CaseChange, starter: Actor) -> dict[str, Any]:
    """The variable `case`, which every case has."""
    return {
        "number": change.instance.number,
        "title": change.instance.title,
        "starter": starter.account,
        "starter_department": starter.department_code,
        "started_at": change.now,
    }


def start_by_itself(
    platform: Platform,
    session: Session,
    deployed: Deployed,
    variables: Mapping[str, Any],
    *,
    at: str | None = None,
    source_id: int | None = None,
    called_by: tuple[int, int] | None = None,
) -> CaseChange:
    """A case that nobody has started by hand, run to its first wait; the caller saves it.

    `at`: the start event that has occurred; `source_id`: the case that asked for it; `called_by`: see `create_case`.
    """
    node = deployed.process.nodes[at] if at is not None else deployed.process.start
    starter = initiator(session, deployed, node, source_id)
    title = title_of(deployed.process, variables)
    change = create_case(platform, session, deployed, starter, title, called_by=called_by, by_itself=True)
    source = session.scalar(select(Instance.number).where(Instance.id == source_id)) if source_id else None
    told = {"title": title, "data": dict(variables), "by": source or ""}
    change.note("case_started", told, node.id)
    save_case_data(session, change.instance.id, dump(dict(variables)))
    begin = {**variables, "case": facts(change, starter)}
    change.execution.start(begin, at=at, is_called=called_by is not None)
    return change


def too_deep(session: Session, instance_id: int) -> str | None:
    """Why a case must not call another one, None when it may."""
    depth, at = 0, session.scalar(select(Instance.parent_id).where(Instance.id == instance_id))
    while at is not None and depth < DEEPEST:
        depth, at = depth + 1, session.scalar(select(Instance.parent_id).where(Instance.id == at))
    if depth < DEEPEST:
        return None
    return _("流程已经连续调用了 {n} 层，可能在调用自己；没有再发起。请流程负责人检查调用关系。", n=DEEPEST)
