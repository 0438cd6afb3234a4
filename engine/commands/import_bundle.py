"""导入: take a file from outside into a draft: a zip of a whole procedure, or a single BPMN diagram."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine import bpmn
from engine.bundle import unpack
from engine.drafting import Files, begin, design_files, files_of, find_or_begin, replace_parts, require_free
from engine.errors import InvalidFile
from engine.i18n import _
from engine.models import Design
from engine.parts import as_utf8, check_content, check_key, is_drawn, process_id, title_of
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.trace import TraceKind, record
from engine.versions import lock_procedure

_UNREADABLE = frozenset(
    {"empty", "too_large", "too_deep", "too_many", "doctype", "not_xml", "encoding", "not_bpmn", "unreadable"}
)
"""Findings after which there is no diagram at all; every other may be mended in the draft."""


@dataclass(frozen=True)
class Imported:
    """What an import did to which draft. `intact` is False where a zip was changed after it was exported."""

    key: str
    name: str
    created: bool
    changed: int
    intact: bool = True


def import_bundle(platform: Platform, actor: Actor, data: bytes) -> Imported:
    """Make the draft what the zip holds; unpublished work is kept as copies. `InvalidFile` says what is wrong."""
    actor.require(Permission.DESIGN)
    bundle = unpack(data)
    parts = bundle.parts
    _check_readable(parts.diagram)
    done = _take(platform, actor, parts.key, files_of(parts), whole=True, content_hash=parts.content_hash)
    return Imported(*done, intact=bundle.intact)


def import_diagram(platform: Platform, actor: Actor, content: bytes, key: str = "", new: bool = False) -> Imported:
    """Put a foreign diagram into the draft of `key` (its process id where none is given), byte for byte; everything
    else of a procedure that exists stays. Only a file in another encoding is written anew, as UTF-8.

    With `new` the procedure must not be there yet: `InvalidForm` at "key" says who has the key.
    """
    actor.require(Permission.DESIGN)
    content = as_utf8(content)  # Chinese drawings of other years are often GBK, which the gate cannot read
    _check_readable(content)
    if not is_drawn(content):
        raise InvalidFile(
            _(
                "没有导入，原来的草稿还在。文件只有流程、没有画图的位置信息，画不出来；请在原来的工具里连同图形一起导出。"
            )
        )
    check_content(content)
    key = key or process_id(content).lower()
    check_key(key)
    return Imported(*_take(platform, actor, key, {("diagram", key): content}, whole=False, new=new))


def _check_readable(diagram: bytes) -> None:
    for finding in bpmn.check(diagram):
        if finding.code in _UNREADABLE:
            raise InvalidFile(_("没有导入，原来的草稿还在。{why}", why=finding.message))


def _take(
    platform: Platform, actor: Actor, key: str, files: Files, whole: bool, content_hash: str = "", new: bool = False
) -> tuple[str, str, bool, int]:
    now = platform.clock.now()
    name = title_of("diagram", files["diagram", key]) or key
    with platform.database.write() as session:
        if new:
            require_free(session, key)
        design = find_or_begin(session, actor, key, now)
        if design is None:
            begin(session, actor, key, name, None, files, now)
            changed = len(files)
        else:
            changed = _replace(session, actor, design, files, whole, platform)
        lock_procedure(session, key)
        record(session, key, now, actor.id, TraceKind.IMPORTED, content_hash=content_hash)
    return key, name, design is None, changed


def _replace(session: Session, actor: Actor, design: Design, files: Files, whole: bool, platform: Platform) -> int:
    if not whole:
        files = {**design_files(session, design.id), **files}
    return replace_parts(session, design, files, actor, "imported", platform.clock.now())
