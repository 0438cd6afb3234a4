"""保存草稿: keep one part of a design, right or wrong; whoever saved in between is not overwritten unawares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from engine.drafting import gone, keep_copy, stale, touch
from engine.errors import DesignStale
from engine.i18n import _
from engine.models import Design, DesignPart
from engine.parts import check_content, check_part_name, title_of
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.trace import TraceKind, record
from engine.versions import lock_procedure

SITTING = timedelta(minutes=30)
"""Autosaves of one person closer together than this are one entry of the log."""


@dataclass(frozen=True)
class SavedPart:
    """The part's revision, to be sent with the next save; when it was kept; the revision of the whole design."""

    revision: int
    saved_at: datetime
    design_revision: int


def save_part(
    platform: Platform,
    actor: Actor,
    key: str,
    kind: str,
    name: str,
    content: bytes,
    seen_revision: int | None,
    force: bool = False,
) -> SavedPart:
    """Keep the content of a part; `seen_revision` is the one it was made from, None for a new part.

    Raises `DesignStale` when somebody saved since (with `force` the other's content is kept as a copy and replaced),
    or when the design was published or discarded; `Invalid` for a bad name, no text, or more than 5 MB. The same
    content again is no change, so a save whose answer was lost can simply be repeated.
    """
    actor.require(Permission.DESIGN)
    check_part_name(key, kind, name)
    check_content(content)
    now = platform.clock.now()
    title = title_of(kind, content)
    named_anew = {"name": title} if kind == "diagram" and title else {}
    with platform.database.write() as session:
        design = touch(session, Design.key == key, actor, now, **named_anew)  # first: this is the lock
        if design is None:
            raise gone(session, key)
        part = session.execute(_part(design.id, kind, name, content)).first()
        if part is not None and part.same:
            session.rollback()
            return SavedPart(part.revision, part.updated_at, design.revision - 1)
        if (part.revision if part else None) != seen_revision:
            if not force:
                raise _stale(session, part)
            if part is not None:
                keep_copy(session, key, part.id, "forced", actor, now)
        values = {"title": title, "content": content, "updated_at": now, "updated_by": actor.id}
        revision = _write(session, design.id, part, {"kind": kind, "name": name, **values})
        if part is None or part.updated_by != actor.id or part.revision == 1 or part.updated_at < now - SITTING:
            lock_procedure(session, key)
            record(session, key, now, actor.id, TraceKind.SAVED, note=f"{kind}:{name}")
    return SavedPart(revision, now, design.revision)


def _part(design_id: int, kind: str, name: str, content: bytes) -> Any:
    """The part as it is kept; its content is compared where it lies."""
    columns = (DesignPart.id, DesignPart.revision, DesignPart.updated_by, DesignPart.updated_at)
    here = (DesignPart.design_id == design_id, DesignPart.kind == kind, DesignPart.name == name)
    return select(*columns, (DesignPart.content == content).label("same")).where(*here)


def _write(session: Session, design_id: int, part: Row[Any] | None, values: dict[str, Any]) -> int:
    if part is None:
        session.execute(insert(DesignPart).values(design_id=design_id, revision=1, **values))
        return 1
    revision: int = part.revision + 1
    session.execute(update(DesignPart).where(DesignPart.id == part.id).values(revision=revision, **values))
    return revision


def _stale(session: Session, part: Row[Any] | None) -> DesignStale:
    if part is None:
        return DesignStale(_("这一部分已被删除或改名。你的内容还在本机，可以另存为新的一份。"))
    return stale(session, part.updated_by, part.updated_at, part.revision)
