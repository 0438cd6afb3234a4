"""Deployed procedures in memory: diagram, forms and decision tables of one version, parsed once.

A version never changes, so the cache needs no invalidation; an instance asks by its `definition_id` and gets the very
parts that were pinned together when it was deployed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import bpmn
from engine.errors import NotFound
from engine.feel.dmn import Decision, by_namespace, parse_decisions
from engine.forms import Form
from engine.i18n import _, language
from engine.models import Definition, DefinitionStatus, Resource
from engine.variables import Sources, variable_labels


@dataclass(frozen=True)
class Deployed:
    """One version of a procedure, ready to run."""

    definition_id: int
    key: str
    version: int
    name: str
    prefix: str
    process: bpmn.Definition
    forms: Mapping[str, Form]
    decisions: Mapping[str, Decision]
    bpmn_xml: bytes
    sources: Sources

    def form_of(self, node_id: str) -> Form | None:
        """The form of a user task or of the start event, None where the diagram names none."""
        name = self.process.nodes[node_id].form
        return self.forms[name] if name else None

    @property
    def labels(self) -> Mapping[str, str]:
        """What people call the variables of a case, in the language in force."""
        found = self._labels.get(language())
        if found is None:
            found = self._labels[language()] = variable_labels(self.bpmn_xml, self.key, self.sources)
        return found

    @cached_property
    def _labels(self) -> dict[str, Mapping[str, str]]:
        return {}

    @cached_property
    def subprocesses(self) -> Mapping[str, frozenset[str]]:
        """The subprocesses with user tasks inside (those of subprocesses within included), and these."""
        nodes = self.process.nodes.values()
        found = {n.id: frozenset(_inside(self.process, n.id)) for n in nodes if n.kind is bpmn.NodeKind.SUBPROCESS}
        return {node_id: inner for node_id, inner in found.items() if inner}


def _inside(process: bpmn.Definition, scope: str) -> Iterator[str]:
    for node in process.nodes.values():
        if node.scope == scope and node.kind is bpmn.NodeKind.USER_TASK:
            yield node.id
        elif node.scope == scope and node.kind is bpmn.NodeKind.SUBPROCESS:
            yield from _inside(process, node.id)


class DeploymentCache:
    """Thread-safe cache of `Deployed` by definition id."""

    def __init__(self) -> None:
        self._by_id: dict[int, Deployed] = {}
        self._lock = threading.Lock()

    def get(self, session: Session, definition_id: int) -> Deployed:
        """The deployed version; read from the database once per process."""
        found = self._by_id.get(definition_id)
        if found is None:
            with self._lock:
                found = self._by_id.get(definition_id) or _load(session, [definition_id])[definition_id]
                self._by_id[definition_id] = found
        return found

    def all(self, session: Session, definition_ids: Iterable[int]) -> dict[int, Deployed]:
        """Several at once, by id; those not yet known are read with two statements, however many they are."""
        wanted = list(definition_ids)
        if any(definition_id not in self._by_id for definition_id in wanted):
            with self._lock:
                missing = [definition_id for definition_id in wanted if definition_id not in self._by_id]
                self._by_id.update(_load(session, missing))
        return {definition_id: self._by_id[definition_id] for definition_id in wanted}

    def live(self, session: Session, key: str) -> Deployed:
        """The version on which new cases of this procedure start; `NotFound` when there is none."""
        statement = select(Definition.id).where(Definition.key == key, Definition.status == DefinitionStatus.LIVE)
        definition_id = session.scalar(statement)
        if definition_id is None:
            raise NotFound(_("没有名为“{key}”的流程，或它还没有发布。", key=key))
        return self.get(session, definition_id)

    def all_live(self, session: Session) -> list[Deployed]:
        """The versions in force of all procedures, by key."""
        live = select(Definition.id).where(Definition.status == DefinitionStatus.LIVE).order_by(Definition.key)
        return [self.get(session, definition_id) for definition_id in session.scalars(live).all()]


def _load(session: Session, definition_ids: Sequence[int]) -> dict[int, Deployed]:
    rows = session.scalars(select(Definition).where(Definition.id.in_(definition_ids))).all()
    parts: dict[int, list[Resource]] = {row.deployment_id: [] for row in rows}
    for resource in session.scalars(select(Resource).where(Resource.deployment_id.in_(parts))):
        parts[resource.deployment_id].append(resource)
    return {row.id: _parsed(row, parts[row.deployment_id]) for row in rows}


def _parsed(row: Definition, resources: Sequence[Resource]) -> Deployed:
    decisions: dict[str, Decision] = {}
    files = [resource.content for resource in resources if resource.kind == "decision"]
    models = by_namespace(files)
    for content in files:
        decisions.update(parse_decisions(content, models))
    return Deployed(
        definition_id=row.id,
        key=row.key,
        version=row.version,
        name=row.name,
        prefix=row.prefix,
        process=bpmn.parse(row.bpmn),
        forms={r.name: Form.parse(r.content) for r in resources if r.kind == "form"},
        decisions=decisions,
        bpmn_xml=row.bpmn,
        sources=Sources(
            {r.name: r.content for r in resources if r.kind == "form"},
            [r.content for r in resources if r.kind == "decision"],
            {},
        ),
    )
