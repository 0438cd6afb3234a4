"""What the live diagram of a case shows: done, current, refused, returned; which flows were taken."""

from __future__ import annotations

from typing import Any

from engine.casework.wording import BACK, flow_state
from engine.clock import local
from engine.i18n import _
from engine.jsondata import load
from engine.models import Task, TaskState
from engine.queries.timeline import History


def marks(history: History, live: list[str]) -> dict[str, Any]:
    """Marks by element id for the diagram component; `live` are the nodes where tokens are."""
    nodes: dict[str, dict[str, Any]] = {}
    for event in history.events:
        if event.kind in ("activity_completed", "event_occurred", "gateway_passed", "decision_made", "service_called"):
            nodes.setdefault(event.node_id, {"state": "done"})
        if event.kind == "case_ended" and load(event.payload).get("outcome") not in (None, "completed"):
            nodes[event.node_id] = {"state": "refused"}
    for group in _activities(history):
        _mark_activity(history, nodes, group)
    for node_id in live:
        mark = nodes.setdefault(node_id, {})
        mark["state"] = "current"
    focus = next((n for n in live if any(t.node_id == n for t in history.tasks)), live[0] if live else None)
    return {"nodes": nodes, "flows": _flows(history), "focus": focus}


def _activities(history: History) -> list[list[Task]]:
    groups: dict[int, list[Task]] = {}
    for task in history.tasks:
        groups.setdefault(task.activity_id, []).append(task)
    return list(groups.values())


def _mark_activity(history: History, nodes: dict[str, dict[str, Any]], group: list[Task]) -> None:
    node = history.deployed.process.nodes[group[0].node_id]
    mark = nodes.setdefault(node.id, {"state": "none"})
    done = [t for t in group if t.state == TaskState.COMPLETED]
    is_open = [t for t in group if t.state == TaskState.OPEN]
    last = done[-1] if done else None
    if last is not None and last.action_kind == "reject":
        mark["state"] = "refused"
    elif last is not None and last.action_kind in BACK:
        mark["state"] = "returned"
        mark["count"] = mark.get("count", 0) + 1
    elif done and not is_open:
        mark["state"] = "done"
    if node.multi_instance is not None and is_open:
        mark["pill"] = _("会签 {done}/{all}", done=len(done), all=len(group))
    if is_open and any(t.due_at and t.due_at < history.now for t in is_open):
        mark["late"] = True
    mark["card"] = _card(history, group)


def _card(history: History, group: list[Task]) -> list[list[str]]:
    rows: list[list[str]] = []
    for task in group[:9]:
        person = history.names[task.completed_by or task.assignee_id]
        who = str(person) if person.account else _("待认领")
        if task.state == TaskState.COMPLETED and task.completed_at:
            said = f"{task.action_label} {local(task.completed_at):%m-%d %H:%M}"
            rows.append([who, f"{said} {task.opinion[:60]}".strip()])
        elif task.state == TaskState.OPEN:
            due = _("，{due} 到期", due=f"{local(task.due_at):%m-%d %H:%M}") if task.due_at else ""
            rows.append([who, _("{at} 到达", at=f"{local(task.created_at):%m-%d %H:%M}") + due])
        else:
            rows.append([who, _("未办理，流程转向")])
    return rows


def _flows(history: History) -> dict[str, str]:
    """Taken flows by id, each in its latest state."""
    flows: dict[str, str] = {}
    kind, at = "", None
    for event in history.events:
        if event.kind == "task_completed":
            kind, at = load(event.payload).get("kind", ""), event.at
        elif event.kind == "flow_taken":
            flow = history.deployed.process.flows.get(load(event.payload).get("flow", ""))
            if flow is not None:
                flows[flow.id] = flow_state(history.deployed.process, flow, kind if event.at == at else "")
    return flows
