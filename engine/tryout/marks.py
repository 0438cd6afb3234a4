"""Where the tokens of a run are and which way it came, in the shape the diagram component takes (diagram.js)."""

from __future__ import annotations

from typing import Any

from engine.casework.wording import BACK
from engine.clock import local
from engine.i18n import _
from engine.tryout.play import Play
from engine.tryout.story import Item, ItemState


def marks(play: Play) -> dict[str, Any]:
    """Marks by element id: done, current, refused, returned; flows taken; the node to look at first."""
    story, execution = play.story, play.execution
    live = list(dict.fromkeys(node_id for node_id, _token in execution.live_tokens()))
    nodes: dict[str, dict[str, Any]] = {node_id: {"state": "done"} for node_id in sorted(story.done)}
    for group in _activities(story.items):
        _mark(nodes, group, play)
    for node_id in live:
        nodes.setdefault(node_id, {})["state"] = "current"
    reached = [node_id for step in story.path for node_id in step]
    if execution.state == "completed" and reached and (execution.outcome or "completed") != "completed":
        nodes[reached[-1]] = {**nodes.get(reached[-1], {}), "state": "refused"}
    waiting = [item.node.id for item in story.open]
    focus = next(iter([*waiting, *live, *reversed(reached)]), None)
    return {"nodes": nodes, "flows": dict(story.flows), "focus": focus}


def _activities(items: list[Item]) -> list[list[Item]]:
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(item.activity_id, []).append(item)
    return list(groups.values())


def _mark(nodes: dict[str, dict[str, Any]], group: list[Item], play: Play) -> None:
    node = group[0].node
    mark = nodes.setdefault(node.id, {"state": "none"})
    acts = [item.act for item in group if item.state is ItemState.COMPLETED]
    waiting = [item for item in group if item.state is ItemState.OPEN]
    last = acts[-1] if acts else None
    if last is not None and last.kind == "reject":
        mark["state"] = "refused"
    elif last is not None and last.kind in BACK:
        mark["state"] = "returned"
        mark["count"] = mark.get("count", 0) + 1
    elif acts and not waiting:
        mark["state"] = "done"
    if node.multi_instance is not None and waiting:
        mark["pill"] = _("会签 {done}/{all}", done=len(acts), all=len(group))
    if any(item.due and item.due < play.clock.now() for item in waiting):
        mark["late"] = True
    mark["card"] = [_row(item, play) for item in group[:9]]


def _row(item: Item, play: Play) -> list[str]:
    who = item.by or item.holder
    someone = play.world.person(who) if who else None
    name = str(someone) if someone else _("待认领") if item.members else _("无人可办")
    if item.state is ItemState.COMPLETED and item.done_at:
        label = item.act.label if item.act else _("提交")
        return [name, f"{label} {local(item.done_at):%m-%d %H:%M} {item.opinion[:60]}".strip()]
    if item.state is ItemState.CANCELLED:
        return [name, _("未办理，流程转向")]
    due = _("，{due} 到期", due=f"{local(item.due):%m-%d %H:%M}") if item.due else ""
    return [name, _("{at} 到达", at=f"{local(item.opened_at):%m-%d %H:%M}") + due]
