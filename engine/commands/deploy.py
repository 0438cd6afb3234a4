"""Deploy the procedures that lie in `workflows/` and `forms/`: every part of one together, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from engine.errors import DefinitionRefused, Finding
from engine.i18n import _
from engine.models import Definition, Deployment
from engine.parts import Parts, read_parts
from engine.platform import Platform
from engine.publication import check_parts, write_version
from engine.versions import lock_procedure


@dataclass(frozen=True)
class DeployedFiles:
    """What a deployment did: `version` is None where the files are live already or an owner has published since."""

    key: str
    version: int | None
    note: str


def deploy_files(platform: Platform, root: Path) -> list[DeployedFiles]:
    """Deploy each procedure whose files differ from what is live and whose newest version also came from files.

    Raises `DefinitionRefused` with all findings at once; nothing of a procedure that has one is deployed, the others
    are.
    """
    done: list[DeployedFiles] = []
    findings: list[Finding] = []
    now = platform.clock.now()
    for parts in read_parts(root):
        try:
            done.append(_deploy(platform, parts, now))
        except DefinitionRefused as error:
            findings += error.findings
    platform.wake()
    if findings:
        raise DefinitionRefused(findings)
    return done


def _deploy(platform: Platform, parts: Parts, now: datetime) -> DeployedFiles:
    with platform.database.write() as session:
        lock_procedure(session, parts.key)
        newest = session.execute(
            select(Deployment.source, Deployment.content_hash)
            .join(Definition, Definition.deployment_id == Deployment.id)
            .where(Definition.key == parts.key)
            .order_by(Definition.version.desc())
            .limit(1)
        ).first()
        if newest is not None and newest.content_hash == parts.content_hash:
            return DeployedFiles(parts.key, None, _("{key}：文件没有变化", key=parts.key))
        if newest is not None and newest.source != "files":
            return DeployedFiles(parts.key, None, _("{key}：流程负责人已发布新版本，文件版本未部署", key=parts.key))
        definition = check_parts(platform, session, parts)
        version = write_version(platform, session, parts, definition, "files", at=now)
    return DeployedFiles(parts.key, version, _("{key}：已部署第 {n} 版", key=parts.key, n=version))
