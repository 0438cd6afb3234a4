"""From parts to a version: everything judged together, written together, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from engine import bpmn
from engine.bundle import MAX_ENTRIES, MAX_UNPACKED
from engine.casework.openings import open_version
from engine.errors import DefinitionRefused, Finding, Invalid, PartFinding, PartsRefused
from engine.feel.dmn import Decision, by_namespace, sound_decisions
from engine.forms import Form
from engine.handler_sheets import sheets
from engine.hints import findings_on
from engine.i18n import _
from engine.models import Definition, DefinitionStatus, Deployment, Resource, Role
from engine.parts import Parts, check_key, check_part_name, path_of
from engine.platform import Platform
from engine.trace import TraceKind, record
from engine.tryout.checking import check_scenarios, finding_of
from engine.tryout.directory import Directory
from engine.variables import Sources

T = TypeVar("T")

_DECISION_ID = re.compile(rb"""<(?:\w+:)?decision\s[^>]*?\bid\s*=\s*["']([^"']{1,120})["']""")


def find_problems(platform: Platform, session: Session, parts: Parts) -> list[PartFinding]:
    """Everything that keeps these parts from being a version, in the order of the parts. Never raises."""
    return _judge(platform, session, parts)[1]


def find_all(platform: Platform, session: Session, parts: Parts) -> list[PartFinding]:
    """The same, and after it the hints: what is worth a look and keeps nothing from being published."""
    _definition, problems, hints = _judge(platform, session, parts)
    return [*problems, *hints]


def check_parts(platform: Platform, session: Session, parts: Parts) -> bpmn.Definition:
    """The diagram, read; raises `PartsRefused` with all problems of all parts."""
    definition, problems, _hints = _judge(platform, session, parts)
    if problems or definition is None:
        raise PartsRefused([_with_file(parts.key, problem) for problem in problems])
    return definition


def write_version(
    platform: Platform,
    session: Session,
    parts: Parts,
    definition: bpmn.Definition,
    source: str,
    note: str = "",
    author_id: int | None = None,
    at: datetime | None = None,
) -> int:
    """Write the parts as one deployment, make it the live version, tell the log; the version's number.

    `source` is "files" or "browser"; `at`: one moment for all that is deployed together. The caller has checked the
    parts and locked the procedure; afterwards it wakes the scheduler: a version may start by itself.
    """
    now = at or platform.clock.now()
    newest = session.scalar(select(func.max(Definition.version)).where(Definition.key == parts.key))
    version = (newest or 0) + 1
    content_hash = parts.content_hash
    deployment_id = _write_deployment(session, parts, source, content_hash, note, author_id, now)
    session.execute(
        update(Definition)
        .where(Definition.key == parts.key, Definition.status == DefinitionStatus.LIVE)
        .values(status=DefinitionStatus.RETIRED)
    )
    row = {"key": parts.key, "version": version, "deployment_id": deployment_id, "bpmn": parts.diagram}
    row |= {"name": definition.name, "prefix": definition.prefix, "status": DefinitionStatus.LIVE, "created_at": now}
    definition_id = session.scalars(insert(Definition).values(**row).returning(Definition.id)).one()
    open_version(platform, session, definition_id, definition, now)
    kind = TraceKind.DEPLOYED if source == "files" else TraceKind.PUBLISHED
    record(session, parts.key, now, author_id, kind, version, note, content_hash)
    return version


def _write_deployment(
    session: Session,
    parts: Parts,
    source: str,
    content_hash: str,
    note: str,
    author_id: int | None,
    now: datetime,
) -> int:
    values = {"key": parts.key, "source": source, "content_hash": content_hash, "created_at": now}
    deployment = insert(Deployment).returning(Deployment.id)
    deployment_id = session.scalars(deployment.values(**values, note=note, created_by=author_id)).one()
    resources = [
        {"deployment_id": deployment_id, "kind": kind, "name": name, "content": content}
        for kind, name, content in parts.files()
        if kind != "diagram"
    ]
    if resources:
        session.execute(insert(Resource), resources)
    return deployment_id


# ---------------------------------------------------------------- judging


def _judge(
    platform: Platform, session: Session, parts: Parts
) -> tuple[bpmn.Definition | None, list[PartFinding], list[PartFinding]]:
    """The diagram, what keeps the parts from being a version, and hints."""
    problems: list[PartFinding] = []
    definition = _read(problems, "diagram", parts.key, lambda: bpmn.parse(parts.diagram))
    for name, content in parts.forms.items():
        _read(problems, "form", name, partial(Form.parse, content))
    decisions = _decisions(problems, parts.decisions)
    problems += _outside(parts)
    drawn = definition or _sketch(parts.diagram)
    if drawn is not None:
        house = _house(platform, session, parts, drawn, decisions)
        standard = sum(problem.kind == "diagram" and problem.finding.level == "standard" for problem in problems)
        problems[standard:standard] = [PartFinding("diagram", parts.key, finding) for finding in house]
    readable = all(problem.kind == "diagram" for problem in problems)
    seen = findings_on(parts, _sources(platform, parts), complete=readable and definition is not None)
    problems = sorted([*problems, *(found for found in seen if found.finding.level != "hint")], key=_order)
    if definition is not None and readable:
        problems += _scenarios(platform, session, parts)  # a form or table nobody can read is told already
    return definition, problems, [found for found in seen if found.finding.level == "hint"]


def _order(found: PartFinding) -> int:
    return ("diagram", "form", "decision", "scenario").index(found.kind)


def _sources(platform: Platform, parts: Parts) -> Sources:
    handlers = {sheet.topic: sheet for sheet in sheets(platform.handlers)}
    return Sources(parts.forms, list(parts.decisions.values()), handlers)


def _sketch(diagram: bytes) -> bpmn.Sketch | None:
    """What house rules can judge of a diagram that cannot be read as a whole; it has been complained about already."""
    try:
        return bpmn.sketch(diagram)
    except Exception:  # whatever a hostile file provokes in a reader
        return None


def _house(
    platform: Platform, session: Session, parts: Parts, drawn: bpmn.Definition | bpmn.Sketch, decisions: set[str]
) -> list[Finding]:
    roles = set(session.scalars(select(Role.code)))
    house = bpmn.check_house(drawn, parts.forms, decisions, platform.handlers, roles)
    if drawn.key != parts.key:
        message = _("流程的 id 应与流程编号相同：{key}。", key=parts.key)
        house.append(Finding("house", "key", drawn.key, drawn.name, message))
    return [*house, *_prefix_of_another(session, drawn)]


def _outside(parts: Parts) -> Iterator[PartFinding]:
    """What would keep a version from travelling as files: names, their number, the size of all together."""
    for kind, name, _content in parts.files():
        try:
            check_key(parts.key)
            check_part_name(parts.key, kind, name)
        except Invalid as error:
            yield PartFinding(kind, name, Finding("house", "part_name", "", "", error.message))
    files = [content for _kind, _name, content in parts.files()]
    if len(files) >= MAX_ENTRIES or sum(map(len, files)) > MAX_UNPACKED:
        limits = {"n": MAX_ENTRIES - 1, "mb": MAX_UNPACKED // 1024 // 1024}
        message = _("流程的全部内容最多 {n} 个文件、{mb} MB，请删去不用的表单、决策表或场景。", **limits)
        yield PartFinding("diagram", parts.key, Finding("house", "too_much", "", "", message))


def _prefix_of_another(session: Session, definition: bpmn.Definition | bpmn.Sketch) -> Iterator[Finding]:
    """Two procedures with one prefix would share a row of case numbers."""
    same = (Definition.prefix == definition.prefix, Definition.key != definition.key)
    live = select(Definition.name).where(*same, Definition.status == DefinitionStatus.LIVE)
    name = session.scalar(live.limit(1)) if definition.prefix else None
    if name is not None:
        message = _("编号前缀 {prefix} 已由“{name}”使用，请换一个。", prefix=definition.prefix, name=name)
        yield Finding("house", "prefix_taken", definition.key, definition.name, message)


def _read(problems: list[PartFinding], kind: str, name: str, read: Callable[[], T]) -> T | None:
    """What a reader makes of a part, None where it refuses; whatever a hostile file provokes is a finding."""
    try:
        return read()
    except DefinitionRefused as error:
        problems += [PartFinding(kind, name, finding) for finding in error.findings]
    except Exception as error:
        message = _("这个文件不能读取（{kind}），请重新编辑或删去。", kind=type(error).__name__)
        problems.append(PartFinding(kind, name, Finding("standard", "unreadable", "", "", message)))
    return None


def _decisions(problems: list[PartFinding], files: Mapping[str, bytes]) -> set[str]:
    """Ids of all decision tables. Those of a refused file count too: the diagram's reference to them is right."""
    known: set[str] = set()
    models = by_namespace(files.values())
    for name, content in files.items():
        tables: dict[str, Decision] | None = _read(
            problems,
            "decision",
            name,
            partial(sound_decisions, content, models),
        )
        if tables is None:
            known |= {name} | {found.decode(errors="replace") for found in _DECISION_ID.findall(content)}
            continue
        message = _("另一个文件里已有同一编号的决策表，请改编号或删去其中一个。")
        twice = sorted(tables.keys() & known)
        problems += [PartFinding("decision", name, Finding("house", "decision_twice", i, "", message)) for i in twice]
        known |= tables.keys()
    return known


def _scenarios(platform: Platform, session: Session, parts: Parts) -> list[PartFinding]:
    """Kept runs that do not go as expected on these parts."""
    try:
        checked = check_scenarios(parts, Directory(session), platform.handlers)
    except Invalid:  # the diagram cannot run: that is told already
        return []
    told = ((one.file, finding_of(one)) for one in checked)
    return [PartFinding("scenario", file, finding) for file, finding in told if finding is not None]


def _with_file(key: str, problem: PartFinding) -> PartFinding:
    """Told with the file's name: a procedure has a dozen forms."""
    return replace(problem, finding=replace(problem.finding, file=path_of(key, problem.kind, problem.name)))
