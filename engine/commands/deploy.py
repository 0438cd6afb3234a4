"""Deploy the procedures that lie in `workflows/` and `forms/`: every part of one together, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from engine import bpmn
from engine.errors import DefinitionRefused, Finding
from engine.feel.dmn import Decision, parse_decisions
from engine.forms import Form
from engine.i18n import _
from engine.models import Definition, DefinitionStatus, Deployment, Resource, Role
from engine.platform import Platform


@dataclass(frozen=True)
class Parts:
    """The files of one procedure: the diagram, forms by name, decision files by name."""

    key: str
    diagram: bytes
    forms: Mapping[str, bytes]
    decisions: Mapping[str, bytes]

    @property
    def content_hash(self) -> str:
        """SHA-256 over all parts with their names."""
        digest = hashlib.sha256(self.diagram)
        for kind, files in (("form", self.forms), ("decision", self.decisions)):
            for name in sorted(files):
                digest.update(f"\x00{kind}\x00{name}\x00{len(files[name])}\x00".encode())
                digest.update(files[name])
        return digest.hexdigest()


@dataclass(frozen=True)
class DeployedFiles:
    """What a deployment did: `version` is None where the files are live already or an owner has published since."""

    key: str
    version: int | None
    note: str


def read_parts(root: Path) -> list[Parts]:
    """All procedures of a checkout: `workflows/<key>/<key>.bpmn` with its `*.dmn` and `forms/<key>/*.json`."""
    found = []
    for folder in sorted(path for path in (root / "workflows").iterdir() if path.is_dir()):
        diagram = folder / f"{folder.name}.bpmn"
        if diagram.is_file():
            forms = {path.stem: path.read_bytes() for path in sorted((root / "forms" / folder.name).glob("*.json"))}
            decisions = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.dmn"))}
            found.append(Parts(folder.name, diagram.read_bytes(), forms, decisions))
    return found


def deploy_files(platform: Platform, root: Path) -> list[DeployedFiles]:
    """Deploy each procedure whose files differ from what is live and whose newest version also came from files.

    Raises `DefinitionRefused` with all findings at once; nothing of a procedure that has one is deployed, the others
    are.
    """
    done: list[DeployedFiles] = []
    findings: list[Finding] = []
    for parts in read_parts(root):
        try:
            done.append(_deploy(platform, parts))
        except DefinitionRefused as error:
            findings += error.findings
    if findings:
        raise DefinitionRefused(findings)
    return done


def check_parts(platform: Platform, session: Session, parts: Parts) -> bpmn.Definition:
    """Judge diagram, forms and tables together; all problems in one `DefinitionRefused`."""
    findings: list[Finding] = []
    forms: dict[str, Form] = {}
    decisions: dict[str, Decision] = {}
    for name, content in parts.forms.items():
        try:
            forms[name] = Form.parse(content)
        except DefinitionRefused as error:
            findings += _within(f"forms/{parts.key}/{name}.json", error)
    for name, content in parts.decisions.items():
        file = f"workflows/{parts.key}/{name}.dmn"
        try:
            tables = parse_decisions(content)
        except DefinitionRefused as error:
            findings += _within(file, error)
            continue
        message = _("另一个文件里已有同一编号的决策表，请改编号或删去其中一个。")
        twice = sorted(tables.keys() & decisions.keys())
        findings += [Finding("house", "decision_twice", key, "", message, file) for key in twice]
        decisions |= tables
    definition: bpmn.Definition | None = None
    try:
        definition = bpmn.parse(parts.diagram)
    except DefinitionRefused as error:
        findings += _within(f"workflows/{parts.key}/{parts.key}.bpmn", error)
    if definition is not None:
        roles = set(session.scalars(select(Role.code)))
        findings += bpmn.check_house(definition, parts.forms, decisions, platform.handlers, roles)
        if definition.key != parts.key:
            message = _("流程的 id 应与文件夹同名：{key}。", key=parts.key)
            findings.append(Finding("house", "key", definition.key, definition.name, message))
    if findings or definition is None:
        raise DefinitionRefused(findings)
    return definition


def _within(file: str, error: DefinitionRefused) -> list[Finding]:
    """The findings of one of many files, told with its name: a procedure has a dozen forms."""
    return [replace(finding, file=file) for finding in error.findings]


def _deploy(platform: Platform, parts: Parts) -> DeployedFiles:
    with platform.database.write() as session:
        newest = session.execute(
            select(Definition.version, Deployment.source, Deployment.content_hash)
            .join(Deployment, Definition.deployment_id == Deployment.id)
            .where(Definition.key == parts.key)
            .order_by(Definition.version.desc())
            .limit(1)
        ).first()
        if newest is not None and newest.content_hash == parts.content_hash:
            return DeployedFiles(parts.key, None, _("{key}：文件没有变化", key=parts.key))
        if newest is not None and newest.source != "files":
            return DeployedFiles(parts.key, None, _("{key}：流程负责人已发布新版本，文件版本未部署", key=parts.key))
        definition = check_parts(platform, session, parts)
        version = (session.scalar(select(func.max(Definition.version)).where(Definition.key == parts.key)) or 0) + 1
        publish(session, platform, parts, definition, version, "files")
    return DeployedFiles(parts.key, version, _("{key}：已部署第 {n} 版", key=parts.key, n=version))


def publish(
    session: Session, platform: Platform, parts: Parts, definition: bpmn.Definition, version: int, source: str
) -> None:
    """Write the parts as one deployment and make it the live version."""
    now = platform.clock.now()
    deployment = insert(Deployment).returning(Deployment.id)
    values = {"key": parts.key, "source": source, "content_hash": parts.content_hash, "created_at": now}
    deployment_id = session.scalars(deployment.values(**values)).one()
    resources = [
        {"deployment_id": deployment_id, "kind": kind, "name": name, "content": content}
        for kind, files in (("form", parts.forms), ("decision", parts.decisions))
        for name, content in files.items()
    ]
    if resources:
        session.execute(insert(Resource), resources)
    session.execute(
        update(Definition)
        .where(Definition.key == parts.key, Definition.status == DefinitionStatus.LIVE)
        .values(status=DefinitionStatus.RETIRED)
    )
    row = {"key": parts.key, "version": version, "deployment_id": deployment_id, "bpmn": parts.diagram}
    row |= {"name": definition.name, "prefix": definition.prefix, "status": DefinitionStatus.LIVE, "created_at": now}
    session.execute(insert(Definition).values(**row))
