"""附件: views of files, and their content for those who may read the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.files import path_of
from engine.i18n import _
from engine.models import Attachment, Instance, Task
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.shared import people, visible
from engine.queries.values import FileView


@dataclass(frozen=True)
class FileContent:
    """A file to send: its name, its type by content, where its bytes lie."""

    name: str
    media_type: str
    path: Path


def file_content(platform: Platform, actor: Actor, attachment_id: int) -> FileContent:
    """The file if it is one's own upload or belongs to a case one may read, else `NotFound`."""
    with platform.database.read() as session:
        mine = Attachment.uploaded_by == actor.id
        statement = select(Attachment).outerjoin(Instance, Attachment.instance_id == Instance.id)
        row = session.scalar(
            statement.where(
                Attachment.id == attachment_id, or_(mine, Attachment.instance_id.is_not(None) & visible(actor))
            )
        )
    if row is None:
        raise NotFound(_("没有这个文件，或你没有查看它的权限。"))
    return FileContent(row.name, row.media_type, path_of(platform.files_dir, row.sha256))


def case_files(session: Session, instance_id: int) -> list[FileView]:
    """The files of a case, newest first."""
    statement = (
        select(Attachment, Task.name)
        .outerjoin(Task, Attachment.task_id == Task.id)
        .where(Attachment.instance_id == instance_id)
        .order_by(Attachment.id.desc())
    )
    return _views(session, [(row, name or "") for row, name in session.execute(statement)])


def files_of_cases(session: Session, ids: Iterable[int]) -> dict[int, list[FileView]]:
    """The files of several cases, oldest first, in two statements; a case without any is not there."""
    statement = select(Attachment, Task.name).outerjoin(Task, Attachment.task_id == Task.id)
    rows = session.execute(statement.where(Attachment.instance_id.in_(ids)).order_by(Attachment.id)).all()
    found: dict[int, list[FileView]] = {}
    views = _views(session, [(row, name or "") for row, name in rows])
    for (row, _name), view in zip(rows, views, strict=True):
        assert row.instance_id is not None  # asked for by it
        found.setdefault(row.instance_id, []).append(view)
    return found


def own_uploads(session: Session, actor: Actor, ids: Iterable[int]) -> list[FileView]:
    """Files this person uploaded and has not sent, for a draft."""
    wanted = [i for i in ids if isinstance(i, int)]
    statement = select(Attachment).where(
        Attachment.id.in_(wanted), Attachment.uploaded_by == actor.id, Attachment.instance_id.is_(None)
    )
    return _views(session, [(row, "") for row in session.scalars(statement)]) if wanted else []


def _views(session: Session, rows: list[tuple[Attachment, str]]) -> list[FileView]:
    names = people(session, (row.uploaded_by for row, _name in rows))
    return [
        FileView(row.id, row.name, row.size, row.media_type, names[row.uploaded_by], row.uploaded_at, task)
        for row, task in rows
    ]
