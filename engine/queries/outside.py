"""Why a case waits in which nobody has a task: a called case, a job, a message or a signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import bpmn
from engine.i18n import _
from engine.models import Instance, InstanceState, Job, JobKind, JobState, Subscription
from engine.queries.values import WhyView


def waits_outside(
    session: Session, nodes_of: Mapping[int, Mapping[str, bpmn.Node]], cases: Sequence[int]
) -> dict[int, WhyView]:
    """One sentence for each of these cases that waits for something outside; `nodes_of` by case. Three statements."""
    if not cases:
        return {}
    found: dict[int, WhyView] = {}
    heard = select(Subscription.instance_id, Subscription.kind, Subscription.name, Subscription.node_id)
    for case, kind, name, node_id in session.execute(heard.where(Subscription.instance_id.in_(cases))):
        node = nodes_of[case].get(node_id) if case is not None else None
        if case is None or node is None or node.kind in (bpmn.NodeKind.START_EVENT, bpmn.NodeKind.BOUNDARY_EVENT):
            continue  # an exception to the way of the case, not what it waits for
        text = _("等消息“{name}”。", name=name) if kind == "message" else _("等信号“{name}”。", name=name)
        found[case] = WhyView(_("等待：{step}。", step=node.name or node.id), text, False)
    for case, kind, state, node_id, token in session.execute(
        select(Job.instance_id, Job.kind, Job.state, Job.node_id, Job.token_id).where(
            Job.instance_id.in_(cases), Job.kind.in_((JobKind.SERVICE, JobKind.CALL))
        )
    ):
        if case is None:
            continue
        node = nodes_of[case].get(node_id)
        step = (node.name or node.id) if node is not None else node_id
        failed = state == JobState.FAILED
        text = (
            _failed() if failed else _("等自动任务完成。") if kind == JobKind.SERVICE else _called(session, case, token)
        )
        found[case] = WhyView(_("等待：{step}。", step=step), text, failed)
    return found


def _failed() -> str:
    return _("出错，已记为异常，等系统管理员处理。")


def _called(session: Session, case: int, token: int) -> str:
    running = (Instance.parent_id == case, Instance.parent_token == token, Instance.state == InstanceState.RUNNING)
    number = session.scalar(select(Instance.number).where(*running).limit(1))
    if number is None:
        return _("等被调用的流程，它没有在办理，等系统管理员处理。")
    return _("等被调用的流程 {number} 结束。", number=number)
