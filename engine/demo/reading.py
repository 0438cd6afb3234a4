"""What the player must know between acts: which tasks of a case are open, what a person finds on his page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from engine import bpmn, organisation
from engine.casework.candidates import start_request
from engine.casework.services import PreviewServices
from engine.db import table_of
from engine.deployments import Deployed
from engine.forms import Form, Option
from engine.models import Definition, DefinitionStatus, Instance, Person, Task, TaskCandidate, TaskState
from engine.options import options_for
from engine.people import load_actor
from engine.permissions import Actor
from engine.platform import Platform

_TASK, _CANDIDATE = table_of(Task).c, table_of(TaskCandidate).c
_OPEN = (
    select(
        _TASK.id,
        _TASK.node_id,
        _TASK.assignee_id,
        _TASK.created_at,
        _TASK.due_at,
        _TASK.due_unit,
        _CANDIDATE.person_id,
    )
    .join_from(table_of(Task), table_of(TaskCandidate), _CANDIDATE.task_id == _TASK.id, isouter=True)
    .where(_TASK.instance_id == bindparam("case"), _TASK.state == TaskState.OPEN)
    .order_by(_TASK.id, _CANDIDATE.person_id)
)
_SHEET = select(Task, Instance).join(Instance, Task.instance_id == Instance.id).where(Task.id == bindparam("task"))


@dataclass
class OpenTask:
    """A task as it was opened, and the people it may be done by."""

    id: int
    node_id: str
    assignee_id: int | None
    created_at: datetime
    due_at: datetime | None
    due_unit: str
    people: list[int]


def open_tasks(platform: Platform, instance_id: int) -> list[OpenTask]:
    """The open tasks of a case, in the order of their opening."""
    found: dict[int, OpenTask] = {}
    with platform.database.read() as session:
        for row in session.execute(_OPEN, {"case": instance_id}):
            task = found.setdefault(row.id, OpenTask(*row[:6], []))
            if row.person_id is not None and task.assignee_id in (None, row.person_id):
                task.people.append(row.person_id)
    for task in found.values():
        if task.assignee_id is not None:  # a task handed over to somebody who was no candidate
            task.people = [task.assignee_id]
    return list(found.values())


@dataclass(frozen=True)
class Moved:
    """A case that has got tasks: `newest` is the id of the last."""

    instance_id: int
    definition_id: int
    starter: int
    newest: int


def moved_since(platform: Platform, task_id: int) -> list[Moved]:
    """The cases with tasks that are newer than this one, whoever has moved or begun them."""
    newest = func.max(_TASK.id)
    found = (
        select(Instance.id, Instance.definition_id, Instance.starter_id, newest)
        .join_from(table_of(Task), Instance, _TASK.instance_id == Instance.id)
        .where(_TASK.id > task_id)
        .group_by(Instance.id, Instance.definition_id, Instance.starter_id)
        .order_by(Instance.id)
    )
    with platform.database.read() as session:
        return [Moved(*row) for row in session.execute(found)]


@dataclass(frozen=True)
class Sheet:
    """What lies before a person: the step, its form, the choices, what the case knows, what was typed into the start
    form before."""

    node: bpmn.Node
    form: Form | None
    assignee_id: int | None
    options: Mapping[str, Sequence[Option]]
    variables: Mapping[str, Any]
    kept: Mapping[str, Any]


class Reader:
    """Reads what is there now; keeps what does not change while a demo is made (people, projects, choices)."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._options: dict[str, Sequence[Option]] = {}

    def procedures(self) -> list[Deployed]:
        """The versions in force, by key."""
        live = select(Definition.id).where(Definition.status == DefinitionStatus.LIVE).order_by(Definition.key)
        with self._platform.database.read() as session:
            return [self._platform.deployments.get(session, found) for found in session.scalars(live).all()]

    def actors(self) -> dict[int, Actor]:
        """Everybody, by id."""
        with self._platform.database.read() as session:
            ids = session.scalars(select(Person.id).order_by(Person.id)).all()
            found = [load_actor(session, person_id) for person_id in ids]
        return {actor.id: actor for actor in found if actor is not None}

    def starters(self, deployed: Deployed, everybody: Sequence[int]) -> list[int]:
        """The people who may start a case of this procedure."""
        rule = deployed.process.start.candidates
        values = tuple(part.strip() for part in (rule.value or "").split(",")) if rule else ()
        request = start_request(rule, values)
        if request.rule == "anyone":
            return list(everybody)
        with self._platform.database.read() as session:
            return sorted(member.id for member in organisation.resolve(session, [request])[0].members)

    def start_sheet(self, deployed: Deployed) -> Sheet:
        """The page that starts a case."""
        form = deployed.form_of(deployed.process.start.id)
        return Sheet(deployed.process.start, form, None, self._choices(form), {}, form.defaults() if form else {})

    def sheet(self, task_id: int) -> Sheet | None:
        """The page of a task, None when it is no longer open."""
        platform = self._platform
        with platform.database.read() as session:
            task, instance = session.execute(_SHEET, {"task": task_id}).one()
            if task.state != TaskState.OPEN:
                return None
            deployed = platform.deployments.get(session, instance.definition_id)
            services = PreviewServices(platform, session, deployed, instance, None)
            execution = bpmn.loads(instance.engine_state, deployed.process, services)
            variables = execution.variables_of(task.token_id)
        form = deployed.form_of(task.node_id)
        begun = deployed.form_of(deployed.process.start.id)
        first = {field.key for field in begun.fields} if begun else set()
        node = deployed.process.nodes[task.node_id]
        shown = first | {name for name, _text in node.inputs}  # what the step itself brings is on its page, too
        kept = {key: value for key, value in form.opening(variables).items() if key in shown} if form else {}
        return Sheet(node, form, task.assignee_id, self._choices(form), variables, kept)

    def _choices(self, form: Form | None) -> Mapping[str, Sequence[Option]]:
        wanted = form.sources if form else frozenset()
        missing = wanted - self._options.keys()
        if missing:
            with self._platform.database.read() as session:
                self._options |= options_for(session, missing)
        return {source: self._options[source] for source in wanted}
