"""What the diagram of a procedure shows: where cases are now, or how hot each step ran."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from engine import bpmn, figures
from engine.casework.services import CaseServices
from engine.errors import ExecutionError
from engine.i18n import _
from engine.jsondata import load
from engine.models import Event, Instance, InstanceState
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.cockpit.durations import SAMPLE
from engine.queries.cockpit.procedure import steps_of
from engine.queries.cockpit.values import StepFigures
from engine.queries.cockpit.words import days_text, limit_text

MEASURES = ("tokens", "time", "arrivals", "late")
"""Cases there now · average stay · times reached · deadlines missed."""

CASES = 100
"""Cases whose flows make the widths: enough for three of them."""

_HEATS = 5
_WIDTHS = 3


def procedure_diagram(platform: Platform, actor: Actor, key: str) -> bytes:
    """The diagram in force. Raises `NotFound` for an unknown key."""
    actor.require(Permission.SEE_ALL_CASES)
    with platform.database.read() as session:
        return platform.deployments.live(session, key).bpmn_xml


def procedure_marks(
    platform: Platform, actor: Actor, key: str, measure: str = "tokens", days: int = 90
) -> dict[str, Any]:
    """Marks for the diagram component: nodes by id, and (for the heat maps) how wide the flows are drawn."""
    actor.require(Permission.SEE_ALL_CASES)
    with platform.database.read() as session:
        deployed = platform.deployments.live(session, key)
        steps = steps_of(platform, session, deployed, days)
        if measure not in _HEAT:
            return _tokens(steps, _live_counts(platform, session, key))
        flows = _flows(session, key, figures.period(platform.clock.now(), days))
    return {"nodes": _heat(steps, measure), "flows": flows, "focus": None}


def _tokens(steps: Sequence[StepFigures], counts: Mapping[str, int]) -> dict[str, Any]:
    """Steps with their figures; other elements (joins, timers) where a case waits at them."""
    nodes: dict[str, dict[str, Any]] = {node_id: {"count": count} for node_id, count in counts.items()}
    for step in steps:
        known = {"count": counts.get(step.node_id, 0), "late": step.waiting_late > 0, "card": _card(step, there=False)}
        nodes[step.node_id] = known
    busiest = max((s for s in steps if not s.is_subprocess), key=lambda s: counts.get(s.node_id, 0), default=None)
    focus = busiest.node_id if busiest and counts.get(busiest.node_id) else None
    return {"nodes": nodes, "flows": {}, "focus": focus}


def _live_counts(platform: Platform, session: Session, key: str) -> Counter[str]:
    """How many running cases have a token at each element."""
    of_key = (Instance.key == key, Instance.state == InstanceState.RUNNING)
    counts: Counter[str] = Counter()
    standings = session.execute(select(Instance.standing, func.count()).where(*of_key).group_by("standing")).all()
    for standing, cases in standings:
        for node_id in (standing or "").split():
            counts[node_id] += cases
    if counts.pop("*", 0) or any(standing is None for standing, _cases in standings):
        counts.update(_live_in_states(platform, session, of_key))
    return counts


def _live_in_states(platform: Platform, session: Session, of_key: Sequence[ColumnElement[bool]]) -> Counter[str]:
    """The same of cases whose standing is not noted: read from the engine's own states, of the newest `SAMPLE`."""
    counts: Counter[str] = Counter()
    unnamed = select(Instance).where(*of_key, or_(Instance.standing.is_(None), Instance.standing == "*"))
    for instance in session.scalars(unnamed.order_by(Instance.id.desc()).limit(SAMPLE)):
        deployed = platform.deployments.get(session, instance.definition_id)
        services = CaseServices(platform, session, deployed, instance, None)
        try:
            execution = bpmn.loads(instance.engine_state, deployed.process, services)
        except (ExecutionError, ValueError):
            continue  # one damaged case must not hide all others; its own page says what is wrong
        counts.update({node_id for node_id, _token in execution.live_tokens()})
    return counts


_HEAT: dict[str, tuple[Callable[[StepFigures], float | None], Callable[[StepFigures], str]]] = {
    "time": (lambda step: step.average_days, lambda step: days_text(step.average_days)),
    "arrivals": (lambda step: step.arrived, lambda step: _("{n} 次", n=step.arrived)),
    "late": (lambda step: step.late, lambda step: _("{n} 次", n=step.late)),
}


def _heat(steps: Iterable[StepFigures], measure: str) -> dict[str, dict[str, Any]]:
    value_of, text_of = _HEAT[measure]
    values = {step.node_id: value_of(step) or 0.0 for step in steps}
    highest = max(values.values(), default=0.0)
    marks: dict[str, dict[str, Any]] = {}
    for step in steps:
        mark: dict[str, Any] = {"card": _card(step)}
        if values[step.node_id] > 0:
            mark |= {"heat": _level(values[step.node_id], highest, _HEATS), "pill": text_of(step)}
        marks[step.node_id] = mark
    return marks


def _level(value: float, highest: float, levels: int) -> int:
    """1 … `levels`, in equal parts from 0 to the highest value."""
    return min(levels, int(value / highest * levels) + 1)


def _card(step: StepFigures, there: bool = True) -> list[list[str]]:
    """The facts of a step; without `there` the component itself says how many are there."""
    card = [[_("现有"), _("{n} 件", n=step.waiting)]] if there else []
    if step.waiting_late:
        card.append([_("其中超期"), _("{n} 件", n=step.waiting_late)])
    card.append([_("到达"), _("{n} 次", n=step.arrived)])
    if step.average_days is not None:
        card.append([_("平均"), days_text(step.average_days)])
    if step.limit_days is not None:
        card.append([_("时限"), limit_text(step.limit_days, step.natural)])
    if step.late:
        card.append([_("超期次数"), str(step.late)])
    return card


def _flows(session: Session, key: str, since: datetime) -> dict[str, dict[str, Any]]:
    """How often each flow was taken, as width, by the newest `CASES` cases started since then; the payload of such an
    event names only the flow, so equal payloads are equal flows."""
    newest = select(Instance.id).where(Instance.key == key, Instance.started_at >= since)
    newest = newest.order_by(Instance.started_at.desc(), Instance.id.desc()).limit(CASES)
    ids = session.scalars(newest).all()
    statement = (
        select(Event.payload, func.count())
        .where(Event.instance_id.in_(ids), Event.kind == "flow_taken", Event.payload.is_not(None))
        .group_by(Event.payload)
    )
    counts = {load(payload)["flow"]: count for payload, count in session.execute(statement)}
    highest = max(counts.values(), default=0)
    return {flow: {"width": _level(count, highest, _WIDTHS)} for flow, count in counts.items()}
