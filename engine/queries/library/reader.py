"""The reader's page of one procedure: what it is for, who does what by when, its forms and its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from engine import figures
from engine.bpmn import NodeKind
from engine.deployments import Deployed
from engine.errors import NotFound
from engine.forms import Form
from engine.i18n import _
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.cockpit.durations import median, rate
from engine.queries.cockpit.sample import case_durations
from engine.queries.cockpit.scope import running_figures
from engine.queries.library.duties import Duty, automatic, duties
from engine.queries.library.events import events
from engine.queries.library.names import read_names
from engine.queries.library.participants import Participants, literal_accounts
from engine.queries.library.rows import live_versions, owners, usage_by_key
from engine.queries.library.tables import TableView, tables
from engine.queries.library.values import Published, Usage
from engine.queries.order import in_order
from engine.queries.procedures import may_start
from engine.queries.values import PersonRef
from engine.regulation import clause_numbers

DAYS = 90
"""How far back the figures in brief reach."""

_NUMBERED = re.compile(r"[一二三四五六七八九十百]+、(.+)")
_HEADED = re.compile(r"([^，。：；]{1,12})[。：](.+)")


@dataclass(frozen=True)
class Purpose:
    """The documentation, set: what stands first, then items with a head (一、发起。…), then what has none."""

    lead: tuple[str, ...]
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FormRow:
    """A form: its name in the version, the steps that use it, how many fields it has."""

    name: str
    steps: tuple[str, ...]
    fields: int


@dataclass(frozen=True)
class MessageRow:
    """What somebody may do to a running case from outside its steps; `condition` is FEEL as drawn."""

    name: str
    sender: str
    condition: str
    what: str
    outcome: str


@dataclass(frozen=True)
class Figures:
    """How it goes, for those who see all cases; finished work of the last `DAYS` days."""

    usage: Usage
    late: int
    finished: int
    on_time: float | None
    median_days: float | None


@dataclass(frozen=True)
class ReaderPage:
    """One procedure as it is in force."""

    key: str
    name: str
    prefix: str
    clauses: list[str]
    published: Published
    purpose: Purpose
    duties: list[Duty]
    automatic: list[str]
    events: list[str]
    messages: list[MessageRow]
    returnable: list[str]
    forms: list[FormRow]
    tables: list[TableView]
    owners: tuple[PersonRef, ...]
    may_start: bool
    figures: Figures | None


def reader_page(platform: Platform, actor: Actor, key: str) -> ReaderPage:
    """The version in force; `NotFound` when there is none."""
    with platform.database.read() as session:
        deployed = platform.deployments.live(session, key)
        published = live_versions(session, key)[0].published
        names = read_names(session, literal_accounts(deployed.process))
        process = deployed.process
        return ReaderPage(
            key=key,
            name=deployed.name,
            prefix=deployed.prefix,
            clauses=clause_numbers(process.clauses),
            published=published,
            purpose=purpose_of(process.documentation or ""),
            duties=duties(deployed, names),
            automatic=automatic(deployed),
            events=events(deployed),
            messages=_messages(deployed, Participants(deployed, names)),
            returnable=[node.name for node in process.nodes.values() if node.returnable],
            forms=_forms(deployed),
            tables=tables(deployed),
            owners=owners(session),
            may_start=may_start(session, deployed, actor),
            figures=_figures(platform, session, key) if actor.can(Permission.SEE_ALL_CASES) else None,
        )


def live_diagram(platform: Platform, _actor: Actor, key: str) -> bytes:
    """The diagram in force, for anybody who is signed in; `NotFound` when there is none."""
    with platform.database.read() as session:
        return platform.deployments.live(session, key).bpmn_xml


@dataclass(frozen=True)
class FormPreview:
    """A form for reading: the schema for the browser with every list that it asks for, empty."""

    key: str
    procedure: str
    name: str
    steps: tuple[str, ...]
    schema: dict[str, Any]
    data: dict[str, Any]


def form_preview(platform: Platform, _actor: Actor, key: str, name: str) -> FormPreview:
    """A form of the version in force; `NotFound` when there is none of that name."""
    with platform.database.read() as session:
        deployed = platform.deployments.live(session, key)
    form = deployed.forms.get(name)
    if form is None:
        raise NotFound(_("流程“{name}”没有这张表单。", name=deployed.name))
    return FormPreview(key, deployed.name, name, _steps_of(deployed, name), form.schema, _empty_lists(form))


def purpose_of(text: str) -> Purpose:
    """The documentation of a process, by its paragraphs."""
    lead: list[str] = []
    items: list[tuple[str, str]] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        item = _NUMBERED.fullmatch(line)
        if item:
            headed = _HEADED.fullmatch(item[1])
            items.append((headed[1], headed[2].strip()) if headed else ("", item[1]))
        elif items:
            items.append(("", line))
        else:
            lead.append(line)
    return Purpose(tuple(lead), tuple(items))


def _forms(deployed: Deployed) -> list[FormRow]:
    """Those that steps use, in the reader's order, then the others."""
    used = [found.node.form for found in in_order(deployed.process) if found.node.form]
    ordered = dict.fromkeys([*used, *sorted(deployed.forms)])
    return [
        FormRow(name, _steps_of(deployed, name), len(deployed.forms[name].fields))
        for name in ordered
        if name in deployed.forms
    ]


def _steps_of(deployed: Deployed, form: str) -> tuple[str, ...]:
    return tuple(found.node.name for found in in_order(deployed.process) if found.node.form == form)


def _empty_lists(form: Form) -> dict[str, Any]:
    return {key: [] for key in form.value_keys}


def _messages(deployed: Deployed, participants: Participants) -> list[MessageRow]:
    process = deployed.process
    found = []
    for start in process.messages:
        around = process.nodes[start.scope]
        ends = [n for n in process.nodes.values() if n.kind is NodeKind.END_EVENT and n.scope == around.id]
        sender = participants.starter if start.sender == "starter" else start.sender or ""
        what = around.documentation or start.documentation or ""
        condition = (start.available_when or "").removeprefix("=").strip()
        found.append(MessageRow(around.name or start.name, sender, condition, what, ends[0].name if ends else ""))
    return found


def _figures(platform: Platform, session: Session, key: str) -> Figures:
    now = platform.clock.now()
    since = figures.period(now, DAYS)
    running = session.execute(running_figures(platform.calendar, now, key)).one_or_none()
    ended = figures.cases_over(session, since, now, key)
    finished = ended["finished"]
    return Figures(
        usage=usage_by_key(session).get(key, Usage()),
        late=running[2] if running else 0,
        finished=finished,
        on_time=rate(finished - ended["late"], finished),
        median_days=median(case_durations(platform, session, since, key)),
    )
