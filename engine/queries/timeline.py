"""办理过程: the steps of a case from its tasks and its log, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import bpmn
from engine.bpmn.vote_words import result_told
from engine.casework.services import PreviewServices
from engine.casework.wording import headline, rules_told, way_of, weighed
from engine.clock import local
from engine.deployments import Deployed
from engine.i18n import N_, _
from engine.jsondata import load
from engine.models import Event, Instance, Task, TaskState
from engine.platform import Platform
from engine.queries import ballots
from engine.queries.shared import due_view, people
from engine.queries.values import OpinionView, PersonRef, StepView

OUTCOME_NAMES = {
    "completed": N_("办结"),
    "rejected": N_("驳回"),
    "withdrawn": N_("撤销"),
    "rolled_back": N_("已回退"),
    "lapsed": N_("逾期失效"),
    "failed": N_("因错误结束"),
    "terminated": N_("终止"),
}
ACCOUNT_NAMES = {
    "account_restricted": N_("{name}的权限受限"),
    "restriction_lifted": N_("解除{name}的权限限制"),
    "account_suspended": N_("停用{name}的账号"),
    "account_restored": N_("恢复{name}的账号"),
}
_LAST = 1 << 62
"""What a handler did comes after the step in which it ran."""
_REFUSING = ("reject", "oppose")


@dataclass(frozen=True)
class History:
    """Everything a case's pages need of its past, read once: tasks and log in order, and the people in them."""

    instance: Instance
    deployed: Deployed
    tasks: Sequence[Task]
    events: Sequence[Event]
    names: dict[int | None, PersonRef]
    now: datetime
    vetoing: Mapping[str, str] = field(default_factory=dict)  # names by account, of those with a veto in a vote


def read_history(session: Session, deployed: Deployed, instance: Instance, now: datetime) -> History:
    """Three statements, whatever the length of the case; a fourth where somebody has a veto in a vote."""
    tasks = session.scalars(select(Task).where(Task.instance_id == instance.id).order_by(Task.id)).all()
    events = session.scalars(select(Event).where(Event.instance_id == instance.id).order_by(Event.seq)).all()
    ids = {t.assignee_id for t in tasks} | {t.completed_by for t in tasks} | {e.actor_id for e in events}
    names = people(session, ids | {instance.starter_id})
    return History(instance, deployed, tasks, events, names, now, ballots.vetoing(session, events))


def execution_of(platform: Platform, session: Session, history: History) -> bpmn.Execution:
    """The case as the engine has it, to be asked; it writes nothing."""
    services = PreviewServices(platform, session, history.deployed, history.instance, None)
    return bpmn.loads(history.instance.engine_state, history.deployed.process, services)


def timeline(history: History) -> list[StepView]:
    """All steps, newest first; open ones on top."""
    steps = [*_task_steps(history, history.now), *_machine_steps(history)]
    return [step for _order, step in sorted(steps, key=lambda pair: pair[0], reverse=True)]


def _task_steps(history: History, now: datetime) -> list[tuple[tuple[int, datetime, int], StepView]]:
    groups: dict[int, list[Task]] = {}
    for task in history.tasks:
        groups.setdefault(task.activity_id, []).append(task)
    rounds: dict[str, int] = {}
    counts: dict[str, int] = {}
    for group in groups.values():
        counts[group[0].node_id] = counts.get(group[0].node_id, 0) + 1
    steps = []
    for activity_id, group in groups.items():
        node_id = group[0].node_id
        rounds[node_id] = rounds.get(node_id, 0) + 1
        number = rounds[node_id] if counts[node_id] > 1 else None
        step = _task_step(history, group, number, now)
        is_open = any(t.state == TaskState.OPEN for t in group)
        steps.append(((1 if is_open else 0, step.at, activity_id), step))
    return steps


def _task_step(history: History, group: Sequence[Task], number: int | None, now: datetime) -> StepView:
    first = group[0]
    node = history.deployed.process.nodes[first.node_id]
    done = [t for t in group if t.state == TaskState.COMPLETED]
    is_open = any(t.state == TaskState.OPEN for t in group)
    last = max((t.completed_at for t in group if t.completed_at), default=first.created_at)
    vote = node.multi_instance is not None
    begun = ballots.begun_in(history.events, first.activity_id) if node.vote is not None else None
    state, result = _ballot(history, group, done) if vote and not is_open else _state(done, is_open)
    due_task = next((t for t in group if t.due_at and t.state == TaskState.OPEN), None)
    return StepView(
        kind="task",
        node_id=node.id,
        name=node.name,
        state=state,
        at=first.created_at if is_open else last,
        round=number,
        result=result,
        arrived_at=first.created_at,
        due=due_view(due_task.due_at, now, due_task.due_unit, due_task.due_provisional) if due_task else None,
        opinions=[_opinion(history, t) for t in group if vote or t.state in (TaskState.OPEN, TaskState.COMPLETED)],
        detail=ballots.rule_said(begun, history.vetoing) if begun is not None else "",
        badge=_badge(group, done, begun) if vote and is_open else "",
    )


def _badge(group: Sequence[Task], done: Sequence[Task], begun: ballots.Begun | None) -> str:
    if begun is not None:
        return ballots.standing(begun, group)
    return _("会签 {done} / {all}", done=len(done), all=len(group))


def _state(done: Sequence[Task], is_open: bool) -> tuple[str, str]:
    if is_open:
        return "current", ""
    if not done:
        return "cancelled", _("未办理，流程转向")
    task = done[-1]
    if task.action_kind in ("return", "rework"):
        return "returned", task.action_label
    return ("refused" if task.action_kind in _REFUSING else "done"), task.action_label


def _ballot(history: History, group: Sequence[Task], done: Sequence[Task]) -> tuple[str, str]:
    """How a 会签 ended: the count, and the word that the diagram gives to the way taken after it (通过, 未通过)."""
    counted = ballots.counted_in(history.events, group[0].activity_id)
    if counted is not None:
        return "done" if counted["passed"] else "refused", result_told(counted)
    voted = [t for t in done if t.action_kind in ("agree", "oppose", "abstain")]
    if history.deployed.process.nodes[group[0].node_id].tally != "vote":
        return "done", _("{done} / {all} 已回复", done=len(done), all=len(group))
    agree = sum(t.action_kind == "agree" for t in voted)
    count = _("同意 {agree} / {all}", agree=agree, all=len(group))
    flow = _way_after(history, group[0].activity_id)
    if flow is None:
        return "done", count
    passed = flow.name.startswith("通过")
    return "done" if passed else "refused", _("{verdict}，{count}", verdict=flow.name, count=count)


def _way_after(history: History, activity_id: int) -> bpmn.Flow | None:
    """The flow by which the case left the first exclusive gateway after this activity."""
    over = False
    for event in history.events:
        if event.token_id == activity_id and event.kind in ("activity_completed", "activity_cancelled"):
            over = True
        elif over and event.kind == "flow_taken":
            flow = history.deployed.process.flows[load(event.payload)["flow"]]
            if history.deployed.process.nodes[flow.source].kind == "exclusive_gateway":
                return flow
    return None


def _opinion(history: History, task: Task) -> OpinionView:
    person = history.names[task.completed_by or task.assignee_id]
    if task.state == TaskState.COMPLETED:
        return OpinionView(person, task.action_label, task.action_kind, task.opinion, task.completed_at)
    if task.state == TaskState.CANCELLED:
        return OpinionView(person, _("未表态"), "none", "", None)
    if task.assignee_id is None:
        return OpinionView(PersonRef("", _("待认领"), ""), _("未办理"), "none", "", None)
    if task.read_at:
        note = _("已读 {at}", at=f"{local(task.read_at):%m-%d}")
    else:
        note = _("未打开，催办 {n} 次", n=task.urged) if task.urged else _("未打开")
    return OpinionView(person, _("未表态"), "none", "", None, note)


def _machine_steps(history: History) -> list[tuple[tuple[int, datetime, int], StepView]]:
    steps = []
    for event in history.events:
        step = _machine_step(history, event)
        if step is not None:
            order = _LAST if event.kind == "document_issued" or event.kind in ACCOUNT_NAMES else event.token_id
            steps.append(((0, event.at, order), step))
    return steps


def _gateway_step(history: History, event: Event, data: Mapping[str, Any]) -> StepView | None:
    """A gateway that decided by conditions: the way it took, and why each condition held or did not."""
    process, conditions = history.deployed.process, data.get("conditions")
    node = process.nodes.get(event.node_id)
    if not conditions or node is None:
        return None
    taken = next((one["flow"] for one in conditions if one["held"]), None)
    flow = process.flows.get(taken) if taken else next((one for one in node.outgoing if one.default), None)
    way = way_of(process, flow) if flow is not None else ""
    asked = node.name.rstrip("？?") or _("网关")  # drawn as a question, told as its answer
    title = _("{gateway}：走“{way}”", gateway=asked, way=way) if way else node.name
    detail = "" if taken else _("其他条件都不成立，走默认的线")
    return StepView(
        "machine",
        node.id,
        title,
        "machine",
        event.at,
        detail=detail,
        whys=weighed(process, conditions, history.deployed.labels),
    )


def _conditions_step(history: History, event: Event, data: Mapping[str, Any]) -> StepView | None:
    """An activity that went on by conditions of its own flows: the ways it took, and why each held or did not."""
    process, conditions = history.deployed.process, data.get("conditions", ())
    node = process.nodes.get(event.node_id)
    if node is None:
        return None
    held = {one["flow"] for one in conditions if one["held"]}
    taken = [
        flow for flow in node.outgoing if flow.id in held or (not held if flow.default else flow.condition is None)
    ]
    ways = "、".join(_("“{way}”", way=way_of(process, flow)) for flow in taken)
    return StepView(
        "machine",
        node.id,
        _("{step}之后：走{ways}", step=node.name or node.id, ways=ways),
        "machine",
        event.at,
        detail=_("其他条件都不成立，走默认的线") if not held and any(flow.default for flow in taken) else "",
        whys=weighed(process, conditions, history.deployed.labels),
    )


def _machine_step(history: History, event: Event) -> StepView | None:
    node = history.deployed.process.nodes.get(event.node_id)
    name = node.name if node else ""
    data: dict[str, Any] = load(event.payload)
    match event.kind:
        case "case_started":
            who = str(history.names[history.instance.starter_id])
            return StepView("start", event.node_id, _("发起"), "done", event.at, detail=who)
        case "decision_made":
            detail = _("，").join(part for part in (_("自动判定"), data.get("explanation")) if part)
            table = history.deployed.decisions.get(data.get("decision", ""))
            title = name + headline(data.get("value"), table)
            rules = rules_told(data.get("matched", ()))
            return StepView("machine", event.node_id, title, "machine", event.at, detail=detail, whys=rules)
        case "gateway_passed":
            return _gateway_step(history, event, data)
        case "conditions_weighed":
            return _conditions_step(history, event, data)
        case "vote_counted" if not any(task.activity_id == event.token_id for task in history.tasks):
            return StepView("machine", event.node_id, name, "refused", event.at, detail=result_told(data))
        case "call_started":
            return StepView("machine", event.node_id, name, "machine", event.at, detail=_("发起下级事项"))
        case "service_called":
            return StepView("machine", event.node_id, name, "machine", event.at, detail=_("由平台自动完成"))
        case "error_caught":
            return StepView("machine", event.node_id, name, "refused", event.at, detail=str(data.get("message", "")))
        case "event_occurred" if node is not None and node.kind == "boundary_event" and node.event == "timer":
            return StepView("event", event.node_id, name or _("到期"), "machine", event.at, detail=_("到期自动处理"))
        case "case_withdrawn":
            return StepView("event", "", _("撤销"), "refused", event.at, detail=str(data.get("reason", "")))
        case "task_transferred":
            words = {"who": history.names[event.actor_id], "to": data.get("to", ""), "reason": data.get("reason", "")}
            detail = _("{who}转办给{to}：{reason}", **words)
            return StepView("event", event.node_id, _("转办"), "machine", event.at, detail=detail)
        case "draft_handed_in":
            said = _("时间到，已保存的内容自动交上") if data.get("saved") else _("时间到，没有保存过内容")
            return StepView("event", event.node_id, name, "machine", event.at, detail=said)
        case "task_recalled":
            who = str(history.names[event.actor_id])
            return StepView("event", event.node_id, _("撤回"), "returned", event.at, detail=who)
        case "case_suspended" | "case_resumed" | "case_terminated":
            words = {"case_suspended": N_("挂起"), "case_resumed": N_("恢复办理"), "case_terminated": N_("终止")}
            reason = str(data.get("reason", "")) or _("调用它的流程不再需要它")
            who = str(history.names[event.actor_id]) + _("：") if event.actor_id else ""
            return StepView("event", "", _(words[event.kind]), "machine", event.at, detail=who + reason)
        case "document_issued":
            detail = _("{number}《{title}》", number=data.get("number", ""), title=data.get("title", ""))
            return StepView("event", event.node_id, _("签发文书"), "done", event.at, detail=detail.strip())
        case "account_restricted" | "restriction_lifted" | "account_suspended" | "account_restored":
            title = _(ACCOUNT_NAMES[event.kind], name=data.get("name", ""))
            return StepView("event", event.node_id, title, "machine", event.at, detail=str(data.get("reason", "")))
        case "case_ended":
            outcome = history.instance.outcome or data.get("outcome") or "completed"
            state = "done" if outcome == "completed" else "refused"
            return StepView("end", event.node_id, _(OUTCOME_NAMES.get(outcome, "办结")), state, event.at)
    return None
