"""卡点说明: one sentence, from live data, why a case waits — who is missing, until when, what happens then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import bpmn
from engine.bpmn.vote_words import rule_told
from engine.i18n import _
from engine.models import Instance, InstanceState, Job, Task, TaskCandidate, TaskState
from engine.platform import Platform
from engine.queries import ballots
from engine.queries.outside import waits_outside
from engine.queries.shared import due_view, people
from engine.queries.values import PersonRef, WhyView

Nodes = Mapping[str, bpmn.Node]

NAMED = 3
"""People named in the sentence; more are counted."""


def why_sentences(platform: Platform, session: Session, instance_ids: Sequence[int]) -> dict[int, WhyView]:
    """The sentence of each running case among these; a bounded number of statements for any number of cases."""
    if not instance_ids:
        return {}
    now = platform.clock.now()
    running = select(Instance.id, Instance.definition_id).where(
        Instance.id.in_(instance_ids), Instance.state == InstanceState.RUNNING
    )
    definitions = dict(session.execute(running).all())
    tasks: dict[int, list[Task]] = {}
    for task in session.scalars(select(Task).where(Task.instance_id.in_(definitions)).order_by(Task.id)):
        tasks.setdefault(task.instance_id, []).append(task)
    candidates = _candidates(session, definitions)
    names = people(
        session,
        {t.assignee_id for found in tasks.values() for t in found}
        | {p for found in candidates.values() for p in found},
    )
    idle = [i for i in definitions if not any(t.state == TaskState.OPEN for t in tasks.get(i, ()))]
    waits = _waiting_timers(session, idle)
    begun = ballots.begun_of(session, _votes(platform, session, definitions, tasks))
    versions = {i: platform.deployments.get(session, d).process.nodes for i, d in definitions.items()}
    outside = waits_outside(session, versions, idle)
    result = {}
    for instance_id, definition_id in definitions.items():
        deployed = platform.deployments.get(session, definition_id)
        told = _sentence(deployed.process.nodes, tasks.get(instance_id, []), candidates, names, now, begun)
        if told is None and instance_id in outside:
            told = outside[instance_id]
        elif told is None and instance_id in waits:
            node_id, due = waits[instance_id]
            words = due_view(due, now)
            step = deployed.process.nodes[node_id].name
            until = words.text if words else ""
            told = WhyView(_("等待：{step}。", step=step), _("到 {until} 自动继续。", until=until), False)
        if told is not None:
            result[instance_id] = told
    return result


def _candidates(session: Session, instance_ids: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    asked = select(TaskCandidate.task_id, TaskCandidate.person_id).where(
        TaskCandidate.instance_id.in_(list(instance_ids)), TaskCandidate.open
    )
    for task_id, person_id in sorted((task, person) for task, person in session.execute(asked)):
        found.setdefault(task_id, []).append(person_id)
    return found


def _waiting_timers(session: Session, instance_ids: Sequence[int]) -> dict[int, tuple[str, datetime]]:
    if not instance_ids:
        return {}
    statement = select(Job.instance_id, Job.node_id, Job.due_at).where(
        Job.instance_id.in_(instance_ids), Job.kind == "timer"
    )
    rows = session.execute(statement.order_by(Job.due_at.desc()))
    return {case: (node, due) for case, node, due in rows if case is not None}


def _sentence(
    nodes: Nodes,
    tasks: Sequence[Task],
    candidates: dict[int, list[int]],
    names: dict[int | None, PersonRef],
    now: datetime,
    begun: Mapping[tuple[int, int], ballots.Begun],
) -> WhyView | None:
    activities: dict[int, list[Task]] = {}
    for task in tasks:
        activities.setdefault(task.activity_id, []).append(task)
    waiting = [group for group in activities.values() if any(t.state == TaskState.OPEN for t in group)]
    if not waiting:
        return None
    bold, rest, late = [], [], False
    for group in waiting:
        rounds = [a for a, g in activities.items() if g[0].node_id == group[0].node_id]
        vote = begun.get((group[0].instance_id, group[0].activity_id))
        bold.append(_head(nodes, group, len(rounds), vote))
        sentence, is_late = _tail(nodes, group, candidates, names, now)
        rest.append(sentence if vote is None else f"{sentence}{_('；')}{rule_told(vote)}")
        late = late or is_late
    if len(waiting) > 1:  # 并行: each step with its own people
        steps = _("；").join(f"{group[0].name}{_('：')}{text}" for group, text in zip(waiting, rest, strict=True))
        return WhyView(_("卡在：{steps}。", steps=_("、").join(bold)), steps + _("。"), late)
    return WhyView(_("卡在：{steps}。", steps=bold[0]), rest[0] + _("。"), late)


def _votes(
    platform: Platform, session: Session, definitions: Mapping[int, int], tasks: Mapping[int, Sequence[Task]]
) -> list[tuple[int, int]]:
    """(case, activity) of the votes with a rule that people are asked in."""
    found = set()
    for instance_id, definition_id in definitions.items():
        nodes = platform.deployments.get(session, definition_id).process.nodes
        waiting = [task for task in tasks.get(instance_id, ()) if task.state == TaskState.OPEN]
        found |= {(instance_id, task.activity_id) for task in waiting if nodes[task.node_id].vote is not None}
    return sorted(found)


def _head(nodes: Nodes, group: Sequence[Task], rounds: int, vote: ballots.Begun | None) -> str:
    notes = []
    if vote is not None:
        notes.append(ballots.standing(vote, group))
    elif _is_vote(nodes, group):
        done = sum(t.state == TaskState.COMPLETED for t in group)
        notes.append(_("会签 {done}/{all}", done=done, all=len(group)))
    if rounds > 1:
        notes.append(_("第 {n} 轮", n=rounds))
    return f"{group[0].name}（{_('，').join(notes)}）" if notes else group[0].name


def _is_vote(nodes: Nodes, group: Sequence[Task]) -> bool:
    node = nodes[group[0].node_id]
    return node.multi_instance is not None


def _tail(
    nodes: Nodes,
    group: Sequence[Task],
    candidates: dict[int, list[int]],
    names: dict[int | None, PersonRef],
    now: datetime,
) -> tuple[str, bool]:
    open_tasks = [t for t in group if t.state == TaskState.OPEN]
    parts = [_who(open_tasks, candidates, names)]
    ignored = [t for t in open_tasks if t.urged and t.read_at is None and t.assignee_id]
    if ignored:
        names_of = _("、").join(names[t.assignee_id].name for t in ignored[:NAMED])
        parts.append(_("其中{names}催办 {n} 次仍未打开", names=names_of, n=max(t.urged for t in ignored)))
    due_task = min((t for t in open_tasks if t.due_at), key=lambda t: t.due_at or now, default=None)
    late = False
    if due_task is not None:
        due = due_view(due_task.due_at, now, due_task.due_unit, due_task.due_provisional)
        assert due is not None
        late = due.late
        deadline = nodes[group[0].node_id].deadline
        consequence = (deadline.consequence or "").rstrip("。") if deadline else ""
        when = _("已{text}", text=due.text) if late else _("{text} 到期", text=due.text)
        parts.append(when + (_("，{consequence}", consequence=consequence) if consequence else ""))
    return _("；").join(parts), late


def _who(tasks: Sequence[Task], candidates: dict[int, list[int]], names: dict[int | None, PersonRef]) -> str:
    if any(t.nobody and not candidates.get(t.id) for t in tasks):
        return _("无人可办，请管理员补充人员")
    if len(tasks) > 1:
        missing = [names[t.assignee_id].name for t in tasks if t.assignee_id]
        shown = _("、").join(missing[:NAMED]) + (_("等") if len(missing) > NAMED else "")
        return _("还差{names} {n} 人", names=shown, n=len(tasks))
    task = tasks[0]
    if task.assignee_id:
        return _("等{who}办理", who=names[task.assignee_id])
    asked = [names[p].name for p in candidates.get(task.id, [])]
    shown = _("、").join(asked[:NAMED]) + (_("等 {n} 人", n=len(asked)) if len(asked) > NAMED else "")
    return _("等{names}中的一人认领", names=shown)
