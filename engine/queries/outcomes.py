"""办理后会怎样: the engine itself tries each act on a copy, without effects, with the data now in the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine import bpmn, organisation
from engine.casework.candidates import request_of
from engine.casework.finishing import UNFORMED
from engine.casework.services import PreviewServices
from engine.casework.submission import accept
from engine.deployments import Deployed
from engine.errors import GuichengError, InvalidForm
from engine.i18n import N_, _
from engine.models import Instance, Task
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.values import OutcomeView

ENDS = {
    "completed": N_("流程办结"),
    "rejected": N_("流程驳回，不再实施"),
    "withdrawn": N_("流程撤销"),
    "rolled_back": N_("变更已回退，流程结束"),
    "lapsed": N_("流程失效"),
    "cancelled": N_("流程取消"),
}


def outcomes(
    platform: Platform, session: Session, actor: Actor, instance: Instance, task: Task, data: Mapping[str, Any]
) -> list[OutcomeView]:
    """One line per act of the task. An act whose form is not yet complete is tried with what there is."""
    deployed = platform.deployments.get(session, instance.definition_id)
    node = deployed.process.nodes[task.node_id]
    if node.actions is None:
        return []
    return [_outcome(platform, session, actor, instance, deployed, task, act, data) for act in node.actions.items]


def _outcome(
    platform: Platform,
    session: Session,
    actor: Actor,
    instance: Instance,
    deployed: Deployed,
    task: Task,
    act: bpmn.Action,
    data: Mapping[str, Any],
) -> OutcomeView:
    services = PreviewServices(platform, session, deployed, instance, actor)
    execution = bpmn.loads(instance.engine_state, deployed.process, services)
    node = deployed.process.nodes[task.node_id]
    before = {item.token_id for item in execution.work}
    assert node.actions is not None
    later = OutcomeView(act.value, act.label, act.kind, _("填完表单后显示"), _("下一步由谁办理，取决于你填写的内容。"))
    try:
        variables: dict[str, Any] = {}
        finished = True
        if act.kind not in UNFORMED:
            variables, finished = _variables(session, deployed, task, execution, data, services)
        variables[node.actions.variable or "action"] = act.value
        variables[f"{node.actions.variable or 'action'}_by"] = actor.account
        execution.complete(task.token_id, variables)
        opened = [item for item in execution.work if item.token_id not in before]
        words = _words(session, execution, opened, act, node, finished)
    except GuichengError:
        return later
    return OutcomeView(act.value, act.label, act.kind, *words) if words else later


def _variables(
    session: Session,
    deployed: Deployed,
    task: Task,
    execution: bpmn.Execution,
    data: Mapping[str, Any],
    services: PreviewServices,
) -> tuple[dict[str, Any], bool]:
    """What the form says so far, and whether it is in order; what is not leaves the case's own values as they are."""
    form = deployed.form_of(task.node_id)
    try:
        seen = execution.variables_of(task.token_id)
        return accept(session, form, data, services.now(), seen, deployed.labels), True
    except InvalidForm as error:
        wrong = {key.partition(".")[0] for key in error.errors}
        known = {field.key for field in form.fields} if form else set()
        return {key: value for key, value in data.items() if key in known - wrong}, False


def _words(
    session: Session,
    execution: bpmn.Execution,
    opened: list[bpmn.WorkItem],
    act: bpmn.Action,
    node: bpmn.Node,
    finished: bool,
) -> tuple[str, str] | None:
    """What comes next and who does it; None when that hangs on what is still missing in the form."""
    if execution.state == "completed":
        return _("→ {end}", end=_(ENDS.get(execution.outcome or "completed", "流程办结"))), _("通知申请人。")
    if not opened and node.multi_instance is None:
        going_on = _("、").join(dict.fromkeys(item.node.name for item in execution.work))
        return _("→ 这一环节结束"), _("“{steps}”照常进行。", steps=going_on) if going_on else ""
    if not opened:
        return _("→ 等待其他人办理"), _("你的意见已计入，其余人办理后继续。")
    steps = _("、").join(dict.fromkeys(item.node.name for item in opened))
    eligible = organisation.resolve(session, [request_of(execution, item) for item in opened])
    members = list(dict.fromkeys(member for found in eligible for member in found.members))
    if not members and not finished:
        return None
    shown = _("、").join(f"{m.name}（{m.department}）" for m in members[:2])
    if len(members) > 2:
        shown += _(" 等 {n} 人", n=len(members))
    limit = _limit(execution, opened[0])
    words = _("{who}，{limit}。", who=shown, limit=limit) if limit else _("{who}。", who=shown)
    if act.kind == "return" and node.returnable:
        return _("→ {steps}，或更早的环节", steps=steps), words
    return _("→ {steps}", steps=steps), words if members else _("按规则无人可办，将交备用办理人。")


def _limit(execution: bpmn.Execution, item: bpmn.WorkItem) -> str:
    deadline = item.node.deadline
    if deadline is None:
        return ""
    amount = execution.evaluate(deadline.due, item.token_id)
    return _("{n} 小时内", n=amount) if deadline.unit == "hour" else _("{n} 个工作日内", n=amount)
