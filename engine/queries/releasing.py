"""What the person who publishes or discards a draft decides on: what changes, in words; which cases it leaves alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.comparing import Difference, Entry, Kind, Sheet, compare
from engine.drafting import design_files
from engine.errors import NotFound
from engine.i18n import _
from engine.models import Design
from engine.parts import Parts
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.versions import VersionView, versions
from engine.versions import live_version, version_parts

_NAMED = 4
"""So many elements are named; the rest is counted."""


@dataclass(frozen=True)
class ChangeView:
    """One part that differs from the live version: what it is and what became of it, in words."""

    title: str
    text: str


@dataclass(frozen=True)
class ReleaseView:
    """A draft before it is published. `overtaken` is the version that was made since the draft was begun; `versions`
    are those with running cases, the newest first; `total` counts the differences."""

    key: str
    name: str
    revision: int
    live_version: int | None
    next_version: int
    overtaken: VersionView | None
    changes: list[ChangeView]
    total: int
    versions: list[VersionView]
    running: int


def release(platform: Platform, actor: Actor, key: str) -> ReleaseView:
    """What publishing the draft would do; `NotFound` when there is none."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        design = session.scalar(select(Design).where(Design.key == key))
        if design is None:
            raise NotFound(_("这个流程没有设计草稿，请从流程库重新打开。"))
        live = live_version(session, key)
        draft = Parts.of(key, design_files(session, design.id))
        before = version_parts(session, key, live) if live is not None else None
        name, revision, base = design.name, design.revision, design.base_version
    history = versions(platform, actor, key)
    difference = compare(before, draft) if before is not None else None
    with_cases = [version for version in history if version.running_cases]
    return ReleaseView(
        key=key,
        name=name,
        revision=revision,
        live_version=live,
        next_version=max((version.version for version in history), default=0) + 1,
        overtaken=next((one for one in history if one.version == live), None) if live not in (None, base) else None,
        changes=_changes(difference) if difference else _contents(draft),
        total=difference.count if difference else 0,
        versions=with_cases,
        running=sum(version.running_cases for version in with_cases),
    )


def _changes(difference: Difference) -> list[ChangeView]:
    found = []
    touched = [entry for entry in difference.entries if entry.kind is not Kind.SAME]
    if touched:
        found.append(ChangeView(_("流程图"), _counted(touched)))
    elif difference.note:
        found.append(ChangeView(_("流程图"), difference.note))
    found += [_sheet(_("表单"), one) for one in difference.forms]
    found += [_sheet(_("决策表"), one) for one in difference.decisions]
    found += [_sheet(_("场景"), one) for one in difference.scenarios]
    return found


def _counted(entries: Sequence[Entry]) -> str:
    words = {
        Kind.ADDED: _("新增 {n} 处"),
        Kind.REMOVED: _("删除 {n} 处"),
        Kind.CHANGED: _("修改 {n} 处"),
        Kind.MOVED: _("{n} 个元素只移动位置"),
    }
    kinds = Counter(entry.kind for entry in entries if not entry.under)  # what came along with another counts with it
    counted = "，".join(word.format(n=kinds[kind]) for kind, word in words.items() if kinds[kind])
    named = [entry.title for entry in entries if entry.kind is not Kind.MOVED][:_NAMED]
    return f"{counted}：{'、'.join(named)}" if named else counted


def _sheet(kind: str, sheet: Sheet) -> ChangeView:
    became = {Kind.ADDED: _("新增"), Kind.REMOVED: _("删除")}
    title = _("{kind}“{title}”", kind=kind, title=sheet.title or sheet.name)
    return ChangeView(title, became.get(sheet.kind) or _("修改 {n} 处", n=sheet.count))


def _contents(draft: Parts) -> list[ChangeView]:
    """A procedure that was never published: what it consists of."""
    text = _("流程图 1 张，表单 {forms} 张，决策表 {tables} 张", forms=len(draft.forms), tables=len(draft.decisions))
    return [ChangeView(_("首次发布"), text)]
