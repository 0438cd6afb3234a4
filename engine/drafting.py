"""What the commands on 设计草稿 share: find and lock the design, its parts, copies of what is replaced.

The design's row is the lock of the whole draft: whoever changes any part holds it until the end of his transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Row, delete, insert, literal, select, update
from sqlalchemy.orm import Session

from engine.clock import local
from engine.errors import DesignStale, InvalidForm, NotFound
from engine.i18n import _
from engine.models import Definition, Department, Design, DesignCopy, DesignEditor, DesignPart, Person, ProcedureEvent
from engine.parts import Parts, check_content, check_part_name, title_of
from engine.permissions import Actor
from engine.trace import TraceKind, record
from engine.versions import live_version, lock_beginning, lock_procedure, version_parts

Files = Mapping[tuple[str, str], bytes]
"""Contents by (kind, name)."""


def lock_design(session: Session, key: str) -> Design:
    """The design, held by this transaction. Raises what `gone` says when there is none."""
    found = session.scalar(select(Design).where(Design.key == key).with_for_update())
    if found is None:
        raise gone(session, key)
    return found


def gone(session: Session, key: str) -> DesignStale | NotFound:
    """Why there is no design: who published or discarded it and when, else `NotFound`."""
    ended = (TraceKind.PUBLISHED, TraceKind.DISCARDED)
    asked = select(ProcedureEvent).where(ProcedureEvent.key == key, ProcedureEvent.kind.in_(ended))
    last = session.scalar(asked.order_by(ProcedureEvent.seq.desc()).limit(1))
    if last is None:
        return NotFound(_("这个流程没有设计草稿，请从流程库重新打开。"))
    by, when = named(session, last.actor_id), local(last.at).strftime("%Y-%m-%d %H:%M")
    if last.kind == TraceKind.PUBLISHED:
        message = _(
            "{by}已于 {when} 把这份草稿发布为第 {n} 版。你此后的修改还在本机，请重新打开后再改。",
            by=by,
            when=when,
            n=last.version,
        )
    else:
        message = _("{by}已于 {when} 放弃这份草稿。你此后的修改还在本机，请重新打开后再改。", by=by, when=when)
    return DesignStale(message, by, last.at, gone=True, version=last.version)


def named(session: Session, person_id: int | None) -> str:
    """姓名（部门）."""
    asked = select(Person.name, Department.name).join(Department, Person.department_id == Department.id)
    row = session.execute(asked.where(Person.id == person_id)).first()
    return f"{row[0]}（{row[1]}）" if row else "—"


def require_free(session: Session, key: str) -> None:
    """Lock the beginning of a procedure that must not be there yet; `InvalidForm` at "key" says who has the key."""
    lock_beginning(session, key)
    lock_procedure(session, key)
    taken = session.scalar(select(Definition.name).where(Definition.key == key).limit(1)) or session.scalar(
        select(Design.name).where(Design.key == key)
    )
    if taken is not None:
        message = _("编号 {key} 已由流程“{name}”使用，没有新建。请换一个编号。", key=key, name=taken)
        raise InvalidForm({"key": message})


def begin(
    session: Session, actor: Actor, key: str, name: str, base_version: int | None, files: Files, now: datetime
) -> int:
    """Make the design of a procedure that has none; its id. The caller has locked the procedure."""
    values: dict[str, object] = {"key": key, "name": name[:80], "base_version": base_version, "revision": 1}
    values |= {"created_at": now, "created_by": actor.id, "updated_at": now, "updated_by": actor.id}
    design_id = session.scalars(insert(Design).values(**values).returning(Design.id)).one()
    add_parts(session, design_id, files, actor, now)
    record(session, key, now, actor.id, TraceKind.OPENED, base_version)
    return design_id


def add_parts(session: Session, design_id: int, files: Files, actor: Actor, now: datetime) -> None:
    """Write parts that are not there yet."""
    rows = [
        {
            "design_id": design_id,
            "kind": kind,
            "name": name,
            "title": title_of(kind, content),
            "content": content,
            "revision": 1,
            "updated_at": now,
            "updated_by": actor.id,
        }
        for (kind, name), content in files.items()
    ]
    if rows:
        session.execute(insert(DesignPart), rows)


def files_of(parts: Parts) -> dict[tuple[str, str], bytes]:
    """Contents by (kind, name); a diagram without content is none."""
    return {(kind, name): content for kind, name, content in parts.files() if content or kind != "diagram"}


def design_files(session: Session, design_id: int) -> dict[tuple[str, str], bytes]:
    """What the design holds."""
    asked = select(DesignPart.kind, DesignPart.name, DesignPart.content).where(DesignPart.design_id == design_id)
    return {(kind, name): content for kind, name, content in session.execute(asked)}


def overlaid(session: Session, key: str, overlay: Files) -> Parts:
    """The draft's parts with what a page has not saved yet laid over them."""
    for (kind, name), content in overlay.items():
        check_part_name(key, kind, name)
        check_content(content)
    design_id = session.scalar(select(Design.id).where(Design.key == key))
    if design_id is None:
        raise gone(session, key)
    return Parts.of(key, {**design_files(session, design_id), **overlay})


def live_files(session: Session, key: str) -> tuple[int | None, dict[tuple[str, str], bytes]]:
    """The live version and its contents; None and nothing where nothing is published."""
    version = live_version(session, key)
    return version, files_of(version_parts(session, key, version)) if version is not None else {}


def keep_copy(session: Session, key: str, part_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Keep a part as it stands, before it is replaced or removed; its content does not travel."""
    columns = ["key", "kind", "name", "content", "author_id", "written_at", "reason", "replaced_by", "replaced_at"]
    source = select(
        literal(key),
        DesignPart.kind,
        DesignPart.name,
        DesignPart.content,
        DesignPart.updated_by,
        DesignPart.updated_at,
        literal(reason),
        literal(actor.id),
        literal(now, DesignCopy.replaced_at.type),
    )
    session.execute(insert(DesignCopy).from_select(columns, source.where(DesignPart.id == part_id)))


def seen_part(session: Session, design: Design, kind: str, name: str, seen_revision: int | None) -> int:
    """The id of a part of the locked design. Raises `NotFound`, or `DesignStale` where it is not as it was seen."""
    here = (DesignPart.design_id == design.id, DesignPart.kind == kind, DesignPart.name == name)
    columns = (DesignPart.id, DesignPart.revision, DesignPart.updated_by, DesignPart.updated_at)
    part = session.execute(select(*columns).where(*here)).first()
    if part is None:
        raise NotFound(_("草稿里没有这一部分，它可能已被删除或改名。"))
    if seen_revision is not None and part.revision != seen_revision:
        raise stale(session, part.updated_by, part.updated_at, part.revision)
    found: int = part.id
    return found


def stale(session: Session, author_id: int, at: datetime, revision: int) -> DesignStale:
    """Somebody else's save came first."""
    by, when = named(session, author_id), local(at).strftime("%Y-%m-%d %H:%M")
    message = _("{by}已于 {when} 保存过这一部分，你的修改没有覆盖它，还在本机。", by=by, when=when)
    return DesignStale(message, by, at, revision)


def keep_unpublished(session: Session, design: Design, actor: Actor, now: datetime) -> None:
    """Keep copies of every part that the live version does not hold."""
    known = live_files(session, design.key)[1].items()
    for part in session.scalars(select(DesignPart).where(DesignPart.design_id == design.id)):
        if ((part.kind, part.name), part.content) not in known:
            keep_copy(session, design.key, part.id, "discarded", actor, now)


def replace_parts(session: Session, design: Design, files: Files, actor: Actor, reason: str, now: datetime) -> int:
    """Make these the parts of the design: what differs is written with a new revision, what is missing is removed.
    Unpublished content that goes is kept as a copy. How many parts changed."""
    base, live = live_files(session, design.key)
    changed = 0
    asked = select(DesignPart).where(DesignPart.design_id == design.id)
    old = {(part.kind, part.name): part for part in session.scalars(asked)}
    for place, part in old.items():
        content = files.get(place)
        if content == part.content:
            continue
        changed += 1
        if part.content != live.get(place):
            keep_copy(session, design.key, part.id, reason, actor, now)
        if content is None:
            session.execute(delete(DesignPart).where(DesignPart.id == part.id))
        else:
            values = {"content": content, "title": title_of(part.kind, content), "revision": part.revision + 1}
            values |= {"updated_at": now, "updated_by": actor.id}
            session.execute(update(DesignPart).where(DesignPart.id == part.id).values(**values))
    new = {place: content for place, content in files.items() if place not in old}
    add_parts(session, design.id, new, actor, now)
    name = title_of("diagram", files.get(("diagram", design.key), b"")) or design.name
    touch(session, Design.id == design.id, actor, now, base_version=base, name=name)
    return changed + len(new)


def touch(
    session: Session, which: ColumnElement[bool], actor: Actor, now: datetime, **more: object
) -> Row[int, int] | None:
    """The design was changed by this person now: its id and new revision, None where there is no such design."""
    values = {"revision": Design.revision + 1, "updated_at": now, "updated_by": actor.id, **more}
    return session.execute(update(Design).where(which).values(**values).returning(Design.id, Design.revision)).first()


def remove_design(session: Session, design_id: int) -> None:
    """Take the design away with all that belongs to it; copies and the log stay."""
    session.execute(delete(DesignEditor).where(DesignEditor.design_id == design_id))
    session.execute(delete(DesignPart).where(DesignPart.design_id == design_id))
    session.execute(delete(Design).where(Design.id == design_id))


def find_or_begin(session: Session, actor: Actor, key: str, now: datetime) -> Design | None:
    """The locked design, begun from the live version where there is none; None where there is neither.

    A design that nobody has changed follows the live version.
    """
    lock_beginning(session, key)
    found = session.scalar(select(Design).where(Design.key == key).with_for_update())
    if found is not None:
        if found.revision > 1 or found.base_version == live_version(session, key):
            return found
        remove_design(session, found.id)
        session.expunge(found)
    lock_procedure(session, key)
    version, files = live_files(session, key)
    if version is None:
        return None
    name = title_of("diagram", files["diagram", key]) or key
    return session.get_one(Design, begin(session, actor, key, name, version, files, now))
