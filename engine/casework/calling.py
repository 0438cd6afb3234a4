"""Which version of a process a call activity calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.deployments import Deployed
from engine.errors import NotFound
from engine.i18n import _
from engine.models import Definition, Instance
from engine.platform import Platform


def version_for(platform: Platform, session: Session, caller_id: int, asked: Mapping[str, Any]) -> Deployed:
    """The version that the call of a running case means; `asked` has key, binding and version.

    "latest": the one in force. "version": that number. "deployment": the one in force when the caller's own version was
    deployed, so that two procedures deployed together stay together; where there was none, the one in force now.
    Raises `NotFound` in words.
    """
    key = asked["key"]
    if asked["binding"] == "version" and asked["version"]:
        return _numbered(platform, session, key, str(asked["version"]))
    if asked["binding"] == "deployment":
        deployed_at = (
            select(Definition.created_at)
            .join(Instance, Instance.definition_id == Definition.id)
            .where(Instance.id == caller_id)
            .scalar_subquery()
        )
        together = select(Definition.id).where(Definition.key == key, Definition.created_at <= deployed_at)
        found = session.scalar(together.order_by(Definition.version.desc()).limit(1))
        if found is not None:
            return platform.deployments.get(session, found)
    return platform.deployments.live(session, key)


def _numbered(platform: Platform, session: Session, key: str, version: str) -> Deployed:
    number = int(version) if version.isascii() and version.isdigit() else 0
    found = session.scalar(select(Definition.id).where(Definition.key == key, Definition.version == number))
    if found is None:
        raise NotFound(_("没有流程“{key}”的第 {n} 版，无法调用。", key=key, n=version))
    return platform.deployments.get(session, found)
