"""The versions page of one procedure, and one version to look at."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import NotFound
from engine.i18n import _
from engine.models import Definition, DefinitionStatus
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.library.drafts import open_designs
from engine.queries.library.values import OpenDesign
from engine.queries.versions import FileVersion, VersionView, offered_file_version, versions


@dataclass(frozen=True)
class VersionsPage:
    """A procedure with all its versions, the newest first. For those who design also the draft and what the files on
    the server offer; `counted`: the reader may know how many cases run on each."""

    key: str
    name: str
    versions: list[VersionView]
    counted: bool
    design: OpenDesign | None
    offered: FileVersion | None

    @property
    def live(self) -> VersionView | None:
        """The one in force."""
        return next((row for row in self.versions if is_live(row)), None)


def is_live(row: VersionView) -> bool:
    """Whether new cases start on it."""
    return row.state == DefinitionStatus.LIVE


def versions_page(platform: Platform, actor: Actor, key: str) -> VersionsPage:
    """All versions; `NotFound` for a procedure that has none."""
    rows = _versions(platform, actor, key)
    design, offered = None, None
    if actor.can(Permission.DESIGN):
        with platform.database.read() as session:
            draft = open_designs(session, platform.clock.now()).get(key)
        design = draft.design if draft else None
        offered = offered_file_version(platform, actor, key)
    return VersionsPage(key, rows[0].name, rows, actor.can(Permission.SEE_ALL_CASES), design, offered)


@dataclass(frozen=True)
class VersionPage:
    """One version to look at, with the numbers of those before and after it and of the one in force."""

    key: str
    row: VersionView
    counted: bool
    before: int | None
    after: int | None
    live: int | None


def version_page(platform: Platform, actor: Actor, key: str, version: int) -> VersionPage:
    """A version; `NotFound` when there is none of that number."""
    rows = _versions(platform, actor, key)
    at = next((i for i, row in enumerate(rows) if row.version == version), None)
    if at is None:
        raise NotFound(_("没有这个流程的第 {n} 版。", n=version))
    return VersionPage(
        key,
        rows[at],
        counted=actor.can(Permission.SEE_ALL_CASES),
        before=rows[at + 1].version if at + 1 < len(rows) else None,
        after=rows[at - 1].version if at else None,
        live=next((row.version for row in rows if is_live(row)), None),
    )


def version_diagram(platform: Platform, _actor: Actor, key: str, version: int) -> bytes:
    """The diagram of a version; `NotFound` when there is none of that number."""
    wanted = select(Definition.bpmn).where(Definition.key == key, Definition.version == version)
    with platform.database.read() as session:
        found = session.scalar(wanted)
    if found is None:
        raise NotFound(_("没有这个流程的第 {n} 版。", n=version))
    return found


def _versions(platform: Platform, actor: Actor, key: str) -> list[VersionView]:
    found = versions(platform, actor, key)
    if not found:
        raise NotFound(_("没有名为“{key}”的流程，或它还没有发布。", key=key))
    return found
