"""附件: upload a file, remove one that was not yet sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import delete, insert

from engine import files
from engine.errors import NotFound
from engine.i18n import _
from engine.models import Attachment
from engine.permissions import Actor
from engine.platform import Platform


@dataclass(frozen=True)
class Uploaded:
    """An upload that was kept; `size` in bytes."""

    id: int
    name: str
    size: int
    media_type: str


def store_file(platform: Platform, actor: Actor, name: str, stream: BinaryIO) -> Uploaded:
    """Keep an upload for this person until it is sent with a task; `InvalidFile` says what to change."""
    stored = files.store(platform.files_dir, name, stream)
    now = platform.clock.now()
    with platform.database.write() as session:
        row = insert(Attachment).returning(Attachment.id)
        values = {"name": stored.name, "media_type": stored.media_type, "size": stored.size, "sha256": stored.sha256}
        attachment_id = session.scalars(row.values(**values, uploaded_by=actor.id, uploaded_at=now)).one()
    return Uploaded(attachment_id, stored.name, stored.size, stored.media_type)


def remove_file(platform: Platform, actor: Actor, attachment_id: int) -> None:
    """Take back one's own upload while it is not part of a case."""
    with platform.database.write() as session:
        gone = session.execute(
            delete(Attachment).where(
                Attachment.id == attachment_id, Attachment.uploaded_by == actor.id, Attachment.instance_id.is_(None)
            )
        )
        if gone.rowcount != 1:  # type: ignore[attr-defined]  # a DML result always has it; the stub says Result
            raise NotFound(_("没有这个附件，或它已经提交。"))
