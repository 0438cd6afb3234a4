"""The log of a procedure's definition: who opened, saved, published what, when and with which note.

One chain per procedure, append-only (triggers forbid everything else). Every entry carries the hash of the one before
it, and an entry about a whole version carries the hash of its parts; so `verify` proves that nothing was changed or
slipped in, and that what is deployed is what was published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine.models import Definition, ProcedureEvent
from engine.versions import version_parts

GENESIS = "0" * 64
FORMAT = "guicheng-procedure-1"


class TraceKind(StrEnum):
    """What can happen to a definition."""

    DEPLOYED = "deployed"  # files of the checkout became a version
    PUBLISHED = "published"  # a draft became a version
    OPENED = "opened"  # a draft was begun
    SAVED = "saved"  # somebody began to change a part; autosaves that follow are not told again
    REMOVED = "removed"  # a part left the draft
    RENAMED = "renamed"
    DISCARDED = "discarded"  # the draft was given up; its parts are kept as copies
    RESTORED = "restored"  # an older version was taken into the draft
    IMPORTED = "imported"  # a file from outside was taken into the draft
    FILES_TAKEN = "files_taken"  # the version of the checkout was taken into the draft
    COPY_TAKEN = "copy_taken"  # a part that had been replaced or removed was put back


VERSIONS = (TraceKind.DEPLOYED, TraceKind.PUBLISHED)


@dataclass(frozen=True)
class TraceBreak:
    """A place where the log contradicts itself or what is deployed.

    `reason`: "gap" (an entry is missing), "hash" (an entry or one before it was changed), "missing" (a version that no
    entry tells of), "content" (the parts of a version are not those that were published).
    """

    key: str
    number: int
    reason: str


def record(
    session: Session,
    key: str,
    at: datetime,
    actor_id: int | None,
    kind: TraceKind,
    version: int | None = None,
    note: str = "",
    content_hash: str = "",
) -> None:
    """Add an entry; whoever calls has locked the procedure, so that entries are never numbered twice."""
    tip = session.execute(
        select(ProcedureEvent.seq, ProcedureEvent.hash)
        .where(ProcedureEvent.key == key)
        .order_by(ProcedureEvent.seq.desc())
        .limit(1)
    ).first()
    seq, previous = (tip.seq + 1, tip.hash) if tip else (1, GENESIS)
    hashed = link(previous, key, seq, at, actor_id, kind, version, note, content_hash)
    values = {"key": key, "seq": seq, "at": at, "actor_id": actor_id, "kind": str(kind), "version": version}
    session.execute(insert(ProcedureEvent).values(**values, note=note, content_hash=content_hash, hash=hashed))


def link(
    previous: str,
    key: str,
    seq: int,
    at: datetime,
    actor_id: int | None,
    kind: str,
    version: int | None,
    note: str,
    content_hash: str,
) -> str:
    """The hash of an entry, given the one before it; each fact is framed by its length."""
    facts = (
        FORMAT,
        previous,
        key,
        str(seq),
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        "" if actor_id is None else str(actor_id),
        str(kind),
        "" if version is None else str(version),
        note,
        content_hash,
    )
    encoded = [fact.encode() for fact in facts]
    return hashlib.sha256(b"".join(len(fact).to_bytes(4, "big") + fact for fact in encoded)).hexdigest()


def verify(session: Session) -> tuple[int, list[TraceBreak]]:
    """How many versions there are, and every break of the log or of what it says about them."""
    told: dict[tuple[str, int], str] = {}
    breaks = list(_chains(session, told))
    versions = 0
    stored = select(Definition.key, Definition.version).order_by(Definition.key, Definition.version)
    for key, version in session.execute(stored).all():
        versions += 1
        expected = told.get((key, version))
        if expected is None:
            breaks.append(TraceBreak(key, version, "missing"))
        elif version_parts(session, key, version).content_hash != expected:
            breaks.append(TraceBreak(key, version, "content"))
    return versions, breaks


def _chains(session: Session, told: dict[tuple[str, int], str]) -> Iterator[TraceBreak]:
    """The breaks of all chains; fills in the hash that was told of each version."""
    key, seq, head = "", 0, GENESIS
    entries = select(ProcedureEvent).order_by(ProcedureEvent.key, ProcedureEvent.seq)
    for entry in session.scalars(entries, execution_options={"yield_per": 1000}):
        if entry.key != key:
            key, seq, head = entry.key, 0, GENESIS
        if entry.seq != seq + 1:
            yield TraceBreak(key, entry.seq, "gap")
        facts = (entry.at, entry.actor_id, entry.kind, entry.version, entry.note, entry.content_hash)
        if link(head, key, entry.seq, *facts) != entry.hash:
            yield TraceBreak(key, entry.seq, "hash")
        if entry.kind in VERSIONS and entry.version is not None:
            told[key, entry.version] = entry.content_hash
        seq, head = entry.seq, entry.hash
