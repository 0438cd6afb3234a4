"""What the try-out's page shows of a run: plain values, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from engine import bpmn
from engine.calendar import describe_due
from engine.casework.notices import OUTCOME_WORDS
from engine.casework.withdrawal import MESSAGE, withdrawal_start
from engine.clock import local
from engine.errors import ExecutionError, NotNow
from engine.forms import Form
from engine.i18n import N_, _
from engine.tryout.acts import recallable
from engine.tryout.marks import marks
from engine.tryout.outside import waiting
from engine.tryout.play import Play, start_of
from engine.tryout.procedure import Procedure
from engine.tryout.replay import Replay, Trouble
from engine.tryout.run import Run, Step
from engine.tryout.story import Item, ItemState
from engine.tryout.variables import scopes
from engine.tryout.world import World, eligible, name_of

WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


def opening(procedure: Procedure, world: World, now: datetime, trouble: Trouble | None = None) -> dict[str, Any]:
    """Before a run has begun: the start form and who may start."""
    start = procedure.definition.start
    asked = start_of(procedure.definition)
    if asked.rule == "anyone":
        accounts: Iterable[str] = (str(option.value) for option in world.options("people"))
    else:
        accounts = (member.account for member in eligible(world, [asked])[0].members)
    form, note = _form(procedure, start)
    return {
        "state": "new",
        "now": _moment(now),
        "start": {
            "node": start.id,
            "name": start.name,
            "help": start.documentation or "",
            "form": form.schema if form else None,
            "data": {**form.opening({}), **choices(world, form)} if form else {},
            "people": _people(world, accounts),
            "note": note,
        },
        "error": _error(trouble),
    }


def state_of(replay: Replay, run: Run) -> dict[str, Any]:
    """After a start: tokens, items, variables, what happened, the clock, and which steps could not be reached."""
    play = replay.play
    assert play is not None
    execution = play.execution
    forms: dict[str, Any] = {}
    items = [_item(play, item, forms) for item in play.story.open]
    ended = execution.state == "completed"
    outcome = execution.outcome or "completed"
    return {
        "state": execution.state,
        "outcome": outcome if ended else None,
        "outcome_words": _(OUTCOME_WORDS.get(outcome, "已办结")) if ended else "",
        "now": _moment(play.clock.now()),
        "case": {"number": play.case["number"], "title": play.case["title"], "tag": _tag(play)},
        "marks": marks(play),
        "items": items,
        "forms": forms,
        "waiting": [
            {"kind": one.kind, "node": one.node.id, "name": one.name, "key": one.key, "step": one.node.name}
            for one in waiting(execution)
            if one.name != MESSAGE
        ],
        "timers": [_timer(play, timer) for timer in execution.timers],
        "recall": _recall(play),
        "can_withdraw": not ended and withdrawal_start(execution) is not None,
        "variables": scopes(execution, replay.before),
        "steps": _steps(play),
        "services": [
            {"node": node.id, "name": node.name, "codes": _codes(play, node)}
            for node in play.procedure.definition.nodes.values()
            if node.kind is bpmn.NodeKind.SERVICE_TASK
        ],
        "error": _error(replay.trouble),
        "ahead": [_intent(play, step) for step in run.steps[replay.trouble.step - 1 :]] if replay.trouble else [],
    }


def _intent(play: Play, step: Step) -> str:
    """What a step that was not done is about."""
    node = play.procedure.definition.nodes.get(step.node)
    name = (node.name if node else "") or step.node
    who = name_of(play.world, step.person) if step.person else ""
    if step.do == "wait":
        return _("推进时间")
    if step.do == "withdraw":
        return _("申请人撤销")
    if step.do == "recall":
        return _("{who}撤回“{step}”", who=who, step=name)
    if step.do == "answer":
        return _("“{step}”结束，返回结果", step=name)
    if step.do in ("message", "signal"):
        return _("“{step}”收到消息或信号", step=name)
    if step.do == "fail":
        return _("设定“{step}”下次返回错误 {code}", step=name, code=step.action)
    return _("{who}办理“{step}”", who=who, step=name)


def choices(world: World, form: Form) -> dict[str, Any]:
    """The lists behind the form's dynamic choices, under the key form-js looks for them."""
    return {
        key: [{"value": option.value, "label": option.label} for option in world.options(source)]
        for key, source in form.value_keys.items()
    }


def _recall(play: Play) -> dict[str, str] | None:
    """The act that could be taken back now: its step and who did it."""
    item = recallable(play)
    return None if item is None else {"node": item.node.id, "name": item.node.name, "person": item.by}


def _item(play: Play, item: Item, forms: dict[str, Any]) -> dict[str, Any]:
    node = item.node
    form, note = _form(play.procedure, node)
    if form is not None and node.form is not None:
        forms.setdefault(node.form, form.schema)
    data = {}
    if form is not None:
        data = {**form.opening(play.execution.variables_of(item.token_id)), **choices(play.world, form)}
    if item.nobody:
        stand_in = _("按规则无人可办，由备用办理人办理。")
        note = stand_in if item.members else _("无人可办。请检查办理人规则，或补充人员和角色。")
    holder = play.world.person(item.holder) if item.holder else None
    extra = [] if holder is None or item.holder in item.accounts else [holder.account]
    return {
        "token": item.token_id,
        "node": node.id,
        "name": node.name,
        "help": node.documentation or "",
        "form": node.form if form else None,
        "data": data,
        "acts": [
            {"value": act.value, "label": act.label, "kind": act.kind, "opinion": act.opinion}
            for act in (node.actions.items if node.actions else ())
        ],
        "returns": _returns(play, item),
        "people": _people(play.world, [*item.accounts, *extra]),
        "holder": item.holder,
        "nobody": item.nobody,
        "note": note,
        "vote": node.multi_instance is not None,
        "due": _due(item, play.clock.now()),
    }


def _returns(play: Play, item: Item) -> list[dict[str, str]]:
    """Steps of this round that 退回 may go to, newest first, each once."""
    node = item.node
    drawn = node.actions is not None and any(act.kind == "return" for act in node.actions.items)
    if not node.returnable or not drawn:
        return []
    found: dict[str, str] = {}
    for done in reversed(play.story.items):
        if done.state is not ItemState.COMPLETED or done.node.multi_instance is not None or done.node.id == node.id:
            continue
        try:
            play.execution.affected_by_return(item.token_id, done.node.id)
        except NotNow:  # of a round that was cut off since, or of another scope
            continue
        found.setdefault(done.node.id, done.node.name)
    return [{"node": node_id, "name": name} for node_id, name in found.items()]


def _form(procedure: Procedure, node: bpmn.Node) -> tuple[Form | None, str]:
    """The form, and what is wrong with it when it cannot be shown."""
    try:
        return procedure.form(node), ""
    except ExecutionError as error:
        return None, error.message


def _people(world: World, accounts: Iterable[str]) -> list[dict[str, str]]:
    people = (world.person(account) for account in dict.fromkeys(accounts))
    return [{"account": p.account, "name": p.name, "department": p.department} for p in people if p]


def _due(item: Item, now: datetime) -> dict[str, Any] | None:
    if item.due is None:
        return None
    deadline = item.node.deadline
    unit: Literal["workday", "hour"] = "hour" if deadline and deadline.unit == "hour" else "workday"
    words = describe_due(item.due, now, unit)
    return {"text": words.text, "title": words.title, "late": words.late, "soon": words.soon}


def _timer(play: Play, timer: bpmn.Timer) -> dict[str, str]:
    name = play.procedure.definition.nodes[timer.node_id].name or timer.node_id
    words = {"remind": _("提醒“{step}”", step=name), "overdue": _("“{step}”到期", step=name)}
    text = words.get(timer.kind, _("计时“{event}”", event=name))
    return {"node": timer.node_id, "kind": timer.kind, "text": text, "at": f"{local(timer.due):%Y-%m-%d %H:%M}"}


def _codes(play: Play, node: bpmn.Node) -> list[str]:
    """The error codes that the diagram catches there."""
    attached = play.procedure.definition.attached.get(node.id, ())
    return [event.error_code for event in attached if event.error_code]


def _steps(play: Play) -> list[dict[str, Any]]:
    """What happened, step by step; the first entry of each is what was done."""
    told: list[list[dict[str, Any]]] = [[] for _step in play.story.path]
    for entry in play.story.entries:
        told[entry.step].append(
            {
                "kind": entry.kind,
                "node": entry.node_id,
                "text": entry.text,
                "detail": entry.detail,
                "at": f"{local(entry.at):%Y-%m-%d %H:%M}",
            }
        )
    return [{"n": n, "head": entries[0], "entries": entries[1:]} for n, entries in enumerate(told)]


def _tag(play: Play) -> str:
    text = play.procedure.definition.tag
    try:
        return str(play.execution.evaluate(text) or "")[:40] if text else ""
    except ExecutionError:  # the tag is a trifle: a wrong one is the checker's to say
        return ""


def _error(trouble: Trouble | None) -> dict[str, Any] | None:
    if trouble is None:
        return None
    errors: Mapping[str, str] = trouble.errors
    return {"step": trouble.step, "node": trouble.node_id, "message": trouble.message, "errors": dict(errors)}


def _moment(now: datetime) -> dict[str, str]:
    at = local(now)
    return {
        "at": at.isoformat(timespec="minutes"),
        "text": f"{at:%Y-%m-%d %H:%M}",
        "weekday": _(WEEKDAYS[at.weekday()]),
    }
