"""Every page there is, by address, for one person of a demo: found in the application's own routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from flask import Flask
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine.models import (
    Attachment,
    Definition,
    DefinitionStatus,
    DesignCopy,
    Document,
    Event,
    ExamBlueprint,
    ExamQuestion,
    Instance,
    Person,
    Resource,
    Task,
    TaskCandidate,
    TaskState,
)
from engine.platform import Platform

OUTSIDE = frozenset({"static", "api.health", "api.ready", "auth.sign_in"})

FURTHER: dict[str, tuple[str, ...]] = {
    "workbench.inbox": ("?page=2", "?due=late", "?q=终端", "?sort=arrived", "?department=enforcement"),
    "workbench.claimable": ("?page=2", "?due=late"),
    "workbench.done": ("?page=2", "?page=40", "?q=终端"),
    "workbench.started": ("?state=running", "?state=completed", "?page=2", "?q=终端"),
    "workbench.notices": ("?page=2", "?page=40"),
    "workbench.search": ("?q=终端", "?q=钟晓燕", "?q=BG-2026-0007", "?q=执法支队"),
    "workbench.case": ("?tab=data", "?tab=files", "?tab=log"),
    "cockpit.clauses": ("?clause=2.2.3", "?clause=2.2.3&year=2025", "?show=gaps"),
    "cockpit.clause_documents": ("?clause=2.3.1", "?clause=4.3.2", "?clause=4.3.2&page=3"),
    "cockpit.overview": ("?days=30", "?days=365"),
    "cockpit.procedure": ("?days=365", "?measure=time"),
    "cockpit.procedure_marks": ("?measure=time", "?measure=late&days=365"),
    "cockpit.cases": (
        "?state=all",
        "?state=ended",
        "?state=all&page=400",
        "?state=rejected",
        "?late=1",
        "?incident=1",
        "?q=终端",
        "?state=all&q=执法支队",
        "?department=platform",
        "?starter=enforcement",
        "?state=all&starter=enforcement",
        "?key=change_approval&node=implement",
    ),
}
"""Queries of a page beside its plain address; those that exist on one size only are pages all the same."""


BUSIEST = "change_approval"
"""The procedure whose pages are opened: nearly all cases of a year are its."""


@dataclass(frozen=True)
class Address:
    """A page to be measured: its name in tables (the route with its query) and where it is."""

    name: str
    path: str


def addresses(app: Flask, platform: Platform, account: str) -> Iterator[Address]:
    """All pages with cases, tasks and files that this person meets; whether he may open them is seen by opening."""
    with platform.database.read() as session:
        samples = _samples(session, account)
    with app.test_request_context():
        for rule in sorted(app.url_map.iter_rules(), key=str):
            if "GET" not in (rule.methods or ()) or rule.endpoint in OUTSIDE:
                continue
            names = sorted(rule.arguments)
            for chosen in product(*(samples[name].items() for name in names)):
                place = {name: value for name, (_label, value) in zip(names, chosen, strict=True)}
                label = "、".join(word for word, _value in (pair for pair in chosen) if word)
                path = app.url_for(rule.endpoint, _external=False, **place)
                yield Address(f"{rule.rule} {label}".strip(), path)
                if chosen and label not in ("", "running", "own"):
                    continue
                for query in FURTHER.get(rule.endpoint, ()):
                    yield Address(f"{rule.rule}{query}", path + query)


def _samples(session: Session, account: str) -> dict[str, dict[str, object]]:
    """Values for the routes' arguments, each with a word for the table."""
    person = select(Person.id).where(Person.account == account).scalar_subquery()
    is_open = Task.state == TaskState.OPEN
    asked = select(TaskCandidate.task_id).where(TaskCandidate.person_id == person, TaskCandidate.open)
    longest = select(Event.instance_id).group_by(Event.instance_id).order_by(func.count().desc()).limit(1)
    found: dict[str, dict[str, object]] = {
        "task_id": {
            "own": session.scalar(select(Task.id).where(Task.assignee_id == person, is_open).limit(1)),
            "to claim": session.scalar(select(Task.id).where(Task.id.in_(asked), Task.assignee_id.is_(None)).limit(1)),
            "done": session.scalar(
                select(Task.id).where(Task.completed_by == person).order_by(Task.id.desc()).limit(1)
            ),
        },
        "instance_id": {
            "running": session.scalar(
                select(func.max(TaskCandidate.instance_id)).where(TaskCandidate.person_id == person)
            ),
            "longest": session.scalar(longest),
            "own": session.scalar(select(func.max(Instance.id)).where(Instance.starter_id == person)),
        },
        "attachment_id": {"": session.scalar(select(func.min(Attachment.id)))},
        "document_id": {"": session.scalar(select(func.min(Document.id)))},
        "code": {
            "question": session.scalar(select(func.min(ExamQuestion.code))),
            "blueprint": session.scalar(select(func.min(ExamBlueprint.code))),
        },
        "key": {"": BUSIEST},
        "kind": {"": "form"},
        "name": {"": session.scalar(_part("form"))},
        "form": {"": session.scalar(_part("form"))},
        "decision": {"": session.scalar(_part("decision"))},
        "copy_id": {"": session.scalar(select(func.min(DesignCopy.id)))},
        "version": {"": 1},
    }
    return {name: {word: one for word, one in some.items() if one is not None} for name, some in found.items()}


def _part(kind: str) -> Select[str]:
    """A form or a decision of that procedure."""
    live = (Definition.key == BUSIEST, Definition.status == DefinitionStatus.LIVE)
    of_live = select(Definition.deployment_id).where(*live).scalar_subquery()
    return select(func.min(Resource.name)).where(Resource.kind == kind, Resource.deployment_id == of_live)
