"""What people and the clock do in a run, one function an act; the same refusals as in a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from engine import bpmn
from engine.calendar import WorkingCalendar
from engine.casework.candidates import request_of
from engine.casework.finishing import UNFORMED, act_variables
from engine.casework.recall import way_back
from engine.casework.submission import choose
from engine.casework.withdrawal import MESSAGE, withdrawal_start
from engine.clock import local
from engine.errors import ExecutionError, Forbidden, Invalid, InvalidForm, NotNow, TaskTaken
from engine.i18n import _
from engine.tryout.outside import token_at, waiting
from engine.tryout.play import Play
from engine.tryout.run import Step
from engine.tryout.story import Item, ItemState
from engine.tryout.world import name_of

MAX_FIRINGS = 500
"""Timers that one move of the clock may fire: more is a loop."""


def do(play: Play, step: Step) -> None:
    """Play one step. Raises a `GuichengError` that says why it cannot be done."""
    play.budget.check()
    if play.execution.state != "running":
        raise NotNow(_("流程在前一步已经结束，这一步没有办。"))
    play.services.actor = step.person or None
    _ACTS[step.do](play, step)


def _complete(play: Play, step: Step) -> None:
    item = _mine(play, step)
    node = item.node
    act, opinion = choose(node, step.action, step.opinion)
    variables = {}
    if act is None or act.kind not in UNFORMED:
        seen = play.execution.variables_of(item.token_id)
        variables = play.fill(play.procedure.form(node), step.data, seen)
    label = act.label if act else _("提交")
    who = play.someone(step.person)
    play.next_step(_("{who}办理“{step}”：{act}", who=who, step=node.name, act=label), node.id, opinion)
    _finish(play, item, step.person, act, opinion)
    play.execution.complete(item.token_id, {**variables, **act_variables(node, act, step.person)})
    play.settle()


def _claim(play: Play, step: Step) -> None:
    item = _mine(play, step)
    play.next_step(_("{who}认领“{step}”", who=play.someone(step.person), step=item.node.name), item.node.id)
    item.holder, item.touched = step.person, True


def _transfer(play: Play, step: Step) -> None:
    item = _mine(play, step)
    if item.node.multi_instance is not None:
        raise NotNow(_("会签由被邀请的人本人表态，不能转办。"))
    to = play.someone(step.to)
    work = next(work for work in play.execution.work if work.token_id == item.token_id)
    if to.account in request_of(play.execution, work).exclude:
        raise InvalidForm({"account": _("{name} 按规定应回避这一环节，请改选别人。", name=to.name)})
    who = play.someone(step.person)
    play.next_step(_("{who}把“{step}”转办给{to}", who=who, step=item.node.name, to=to), item.node.id, step.opinion)
    item.holder, item.touched = to.account, True


def _return(play: Play, step: Step) -> None:
    item = _mine(play, step)
    node = item.node
    drawn = next((act for act in node.actions.items if act.kind == "return"), None) if node.actions else None
    if not node.returnable or drawn is None:
        raise NotNow(_("环节“{step}”不能退回到其他环节。", step=node.name))
    before = [one for one in play.story.items if one.node.id == step.to and one.state is ItemState.COMPLETED]
    if not before:
        raise Invalid(_("只能退回到已经办理过的环节，请重新选择。"))
    act, opinion = choose(node, drawn.value, step.opinion)
    target = before[-1].node.name
    who = play.someone(step.person)
    play.next_step(_("{who}把“{step}”退回到“{to}”", who=who, step=node.name, to=target), node.id, opinion)
    _finish(play, item, step.person, act, opinion)
    play.prefer[step.to] = before[-1].by
    play.execution.return_to(item.token_id, step.to)
    play.settle()


def _withdraw(play: Play, step: Step) -> None:
    if withdrawal_start(play.execution) is None:
        raise NotNow(_("流程图现在不允许撤销，或没有画撤销。"))
    who = name_of(play.world, play.case["starter"])
    play.services.actor = play.case["starter"]
    play.next_step(_("{who}撤销", who=who), "", step.opinion)
    play.execution.deliver(MESSAGE, {"withdraw_reason": step.opinion})
    play.settle()


def _recall(play: Play, step: Step) -> None:
    """撤回 of the act just done. Nobody opens an item in a run: what follows is unread until somebody claims it or
    hands it over."""
    item = recallable(play)
    if item is None or item.node.id != step.node or item.by != step.person:
        raise NotNow(_("现在不能撤回这一步：只有刚办完、后续环节还没有人办的环节，由办理它的人撤回。"))
    token = way_back(play.execution, item.node, item.token_id, (other.token_id for other in play.story.open))
    assert token is not None  # else it were not recallable
    who = play.someone(step.person)
    play.next_step(_("{who}撤回“{step}”", who=who, step=item.node.name), item.node.id)
    play.prefer[item.node.id] = step.person
    play.execution.return_to(token, item.node.id)
    play.settle()


def recallable(play: Play) -> Item | None:
    """The item that the person who did it last could take back now, by the rule of real cases."""
    if play.execution.state == "completed":
        return None
    done = [item for item in play.story.items if item.state is ItemState.COMPLETED]
    last = max(done, key=lambda item: item.step_done, default=None)
    if last is None:
        return None
    followers = [item for item in play.story.items if item.token_id > last.token_id and item.step >= last.step_done]
    if any(item.state is not ItemState.OPEN or item.touched for item in followers):
        return None
    back = way_back(play.execution, last.node, last.token_id, (item.token_id for item in followers))
    return last if back is not None else None


def _fail(play: Play, step: Step) -> None:
    """The next call of a handler answers with an error of the diagram, to see what it catches."""
    node = play.procedure.definition.nodes.get(step.node)
    if node is None or node.kind is not bpmn.NodeKind.SERVICE_TASK or not step.action:
        raise Invalid(_("只有处理器环节能设定返回错误；请选择环节并填写错误代码。"))
    play.next_step(_("设定“{step}”下次返回错误 {code}", step=node.name, code=step.action), node.id)
    play.services.failures[node.id] = step.action


def _answer(play: Play, step: Step) -> None:
    """A called case ends with these variables, a job that failed is answered by hand; with `action`, an error code."""
    token, node = token_at(play.execution, step.node), play.procedure.definition.nodes[step.node]
    if step.action:
        play.next_step(_("“{step}”以错误 {code} 结束", step=node.name, code=step.action), node.id)
        play.execution.fail(token, step.action)
    else:
        play.next_step(_("“{step}”结束，返回结果", step=node.name), node.id)
        if node.kind is bpmn.NodeKind.CALL_ACTIVITY:
            play.execution.called_ended(token, step.data)
        else:
            play.services.effects.append((node.id, []))
            play.execution.job_done(token, step.data)
    play.settle()


def _hear(play: Play, step: Step) -> None:
    """A message or signal comes, as if another case had sent it."""
    found = next((one for one in waiting(play.execution) if one.node.id == step.node and one.kind == step.do), None)
    if found is None:
        raise NotNow(_("这里没有在等消息或信号。"))
    if found.kind == "message":
        play.next_step(_("收到消息“{name}”", name=found.name), step.node)
        play.execution.deliver(found.name, step.data, found.key)
    else:
        play.next_step(_("收到信号“{name}”", name=found.name), step.node)
        play.execution.signal(found.name, step.data)
    play.settle()


def _wait(play: Play, step: Step) -> None:
    target = _moment(play, step)
    play.next_step(_("时间推进到 {at}", at=f"{local(target):%Y-%m-%d %H:%M}"))
    fired = 0
    while play.execution.state == "running":
        due = play.execution.next_due
        if due is None or due > target:
            break
        fired += 1
        if fired > MAX_FIRINGS:
            raise ExecutionError(_("这段时间里计时触发超过 {n} 次，可能在自动循环，请检查计时。", n=MAX_FIRINGS))
        play.clock.move_to(max(due, play.clock.now()))
        play.execution.tick()
        play.settle()
    if play.execution.state == "running":
        play.clock.move_to(target)


_ACTS: dict[str, Callable[[Play, Step], None]] = {
    "complete": _complete,
    "claim": _claim,
    "transfer": _transfer,
    "return": _return,
    "withdraw": _withdraw,
    "recall": _recall,
    "fail": _fail,
    "answer": _answer,
    "message": _hear,
    "signal": _hear,
    "wait": _wait,
}


# ---------------------------------------------------------------- within


def _moment(play: Play, step: Step) -> datetime:
    """Until when the clock moves."""
    now = play.clock.now()
    if step.days is not None:
        return WorkingCalendar().add_working_days(now, step.days).at
    if step.until is not None:
        if step.until <= now:
            raise Invalid(_("时间只能往后推进，现在是 {at}。", at=f"{local(now):%Y-%m-%d %H:%M}"))
        return step.until
    due = play.execution.next_due
    if due is None:
        raise NotNow(_("现在没有在等的提醒、时限或计时。"))
    return max(due, now)


def _mine(play: Play, step: Step) -> Item:
    """The open item of that step which this person may do."""
    items = [item for item in play.story.open if item.node.id == step.node]
    node = play.procedure.definition.nodes.get(step.node)
    name = node.name if node else step.node
    if not items:
        waiting = "、".join(dict.fromkeys(f"“{item.node.name}”" for item in play.story.open)) or "—"
        raise NotNow(_("“{step}”现在没有等待办理；正在等待的是{list}。", step=name, list=waiting))
    who = play.someone(step.person)
    mine = [item for item in items if who.account in item.accounts or item.holder == who.account]
    if not mine:
        able = "、".join(dict.fromkeys(str(play.someone(a)) for item in items for a in item.accounts))
        raise Forbidden(
            _("{who}不能办理“{step}”，能办的是{list}。", who=who, step=name, list=able)
            if able
            else _("“{step}”无人可办，{who}也不能办理。", who=who, step=name)
        )
    free = [item for item in mine if item.holder in (None, who.account)]
    if not free:
        raise TaskTaken(_("{who}已认领这件事项。", who=name_of(play.world, mine[0].holder or "")))
    return free[0]


def _finish(play: Play, item: Item, by: str, act: bpmn.Action | None, opinion: str) -> None:
    item.by, item.act, item.opinion, item.step_done = by, act, opinion, play.step
    play.story.act_kind = act.kind if act else ""
    play.close(item.token_id, ItemState.COMPLETED)
