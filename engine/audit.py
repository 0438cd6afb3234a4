"""The chain of a case's log: how an entry is hashed, and how the whole log is proved.

Every entry carries the hash of the one before it, so nothing can be changed, removed or slipped in without the chain
breaking. What is chained is the *hash* of the payload, not the payload: personal data can be erased (the payload
becomes NULL) and the log still proves itself. The tip of each chain stands a second time in the case's own row, so
cutting off the newest entries shows too.

    hash(n) = sha256(frame(version) frame(hash(n-1)) frame(case) frame(n) frame(at) frame(actor) … frame(payload hash))

`frame` writes the length before the text, so no two different entries have the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models import Event, Instance

GENESIS = "0" * 64
"""The hash "before" the first entry of every case."""

FORMAT = "guicheng-event-1"
"""Version of the encoding; a new one is needed if what an entry covers should ever change."""

_BATCH = 1_000


class Entry(Protocol):
    """What verification needs of a row of the log."""

    @property
    def instance_id(self) -> int: ...
    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor_id(self) -> int | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def node_id(self) -> str: ...
    @property
    def token_id(self) -> int: ...
    @property
    def payload(self) -> bytes | None: ...
    @property
    def payload_hash(self) -> str: ...
    @property
    def hash(self) -> str: ...


@dataclass(frozen=True)
class Break:
    """One place where the log contradicts itself.

    `reason`: "gap" (an entry is missing or doubled), "payload" (the payload is not the one that was hashed), "hash"
    (the entry or one before it was changed), "head" (the case row names another tip than the log has).
    """

    instance_id: int
    seq: int
    reason: str


@dataclass(frozen=True)
class AuditReport:
    """The result of proving the whole log: how much was looked at, and every break found."""

    cases: int
    events: int
    breaks: tuple[Break, ...]
    heads_checked: int

    @property
    def sound(self) -> bool:
        """Whether nothing was tampered with."""
        return not self.breaks


def payload_bytes(payload: Mapping[str, Any]) -> bytes:
    """The payload as canonical JSON: keys sorted at every depth, decimals digit by digit, times in ISO 8601.

    Anything else JSON has no word for (a FEEL duration, say) is kept as its text: a fact that cannot be written must
    not stop a case.
    """
    return orjson.dumps(
        payload,
        default=_plain,
        option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME,
    )


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f")) if value.is_finite() else str(value)
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return str(value)


def payload_hash(payload: bytes) -> str:
    """SHA-256 of the payload's bytes, as 64 hex digits."""
    return hashlib.sha256(payload).hexdigest()


def link(
    previous_hash: str,
    instance_id: int,
    seq: int,
    at: datetime,
    actor_id: int | None,
    kind: str,
    node_id: str,
    token_id: int,
    payload_hash: str,
) -> str:
    """The hash of an entry, given the one before it (`GENESIS` for the first); `at` is aware."""
    return linker(instance_id, at, actor_id)(previous_hash, seq, kind, node_id, token_id, payload_hash)


Linker = Callable[[str, int, str, str, int, str], str]
"""`link` of one transaction: previous_hash, seq, kind, node_id, token_id, payload_hash."""


def linker(instance_id: int, at: datetime, actor_id: int | None) -> Linker:
    """`link` for entries that share case, time and actor, as those of one transaction do: what they share is written
    once."""
    if at.tzinfo is None:
        raise ValueError("naive datetime")
    form, case = _fact(FORMAT), _fact(str(instance_id))
    moment = _fact(at.astimezone(UTC).isoformat(timespec="microseconds"))
    when = moment + _fact("" if actor_id is None else str(actor_id))

    def linked(previous_hash: str, seq: int, kind: str, node_id: str, token_id: int, payload_hash: str) -> str:
        facts = (
            form,
            _fact(previous_hash),
            case,
            _fact(str(seq)),
            when,
            _name(kind),
            _name(node_id),
            _fact(str(token_id)),
            _fact(payload_hash),
        )
        return hashlib.sha256(b"".join(facts)).hexdigest()

    return linked


def _fact(text: str) -> bytes:
    """Its length, then itself: no two lists of facts are the same bytes."""
    encoded = text.encode()
    return len(encoded).to_bytes(4, "big") + encoded


_name = lru_cache(maxsize=4096)(_fact)
"""Kinds of entries and names of elements come again and again."""


class _Chain:
    """Proves the entries of one case one after another."""

    def __init__(self) -> None:
        self.seq = 0
        self.head = GENESIS

    def check(self, entry: Entry) -> Iterator[Break]:
        """The breaks at this entry. Afterwards the chain goes on from the stored hash, so a change is reported once."""
        if entry.seq != self.seq + 1:
            yield Break(entry.instance_id, entry.seq, "gap")
        if entry.payload is not None and payload_hash(entry.payload) != entry.payload_hash:
            yield Break(entry.instance_id, entry.seq, "payload")
        expected = link(
            self.head,
            entry.instance_id,
            entry.seq,
            entry.at,
            entry.actor_id,
            entry.kind,
            entry.node_id,
            entry.token_id,
            entry.payload_hash,
        )
        if expected != entry.hash:
            yield Break(entry.instance_id, entry.seq, "hash")
        self.seq, self.head = entry.seq, entry.hash


def verify_case(rows: Iterable[Entry]) -> list[Break]:
    """Prove the log of one case, given all its entries in the order of `seq`."""
    chain = _Chain()
    return [found for row in rows for found in chain.check(row)]


def verify_all(session: Session) -> AuditReport:
    """Prove every chain and every case's tip; reads the log as a stream, so memory does not grow with it."""
    tips: dict[int, _Chain] = {}
    breaks: list[Break] = []
    events = 0
    statement = select(
        Event.instance_id,
        Event.seq,
        Event.at,
        Event.actor_id,
        Event.kind,
        Event.node_id,
        Event.token_id,
        Event.payload,
        Event.payload_hash,
        Event.hash,
    ).order_by(Event.instance_id, Event.seq)
    for row in session.execute(statement, execution_options={"yield_per": _BATCH}):
        events += 1
        breaks.extend(tips.setdefault(row.instance_id, _Chain()).check(row))
    heads = 0
    cases = select(Instance.id, Instance.event_seq, Instance.event_head).order_by(Instance.id)
    for case in session.execute(cases, execution_options={"yield_per": _BATCH}):
        heads += 1
        tip = tips.get(case.id) or _Chain()
        if (case.event_seq, case.event_head or GENESIS) != (tip.seq, tip.head):
            breaks.append(Break(case.id, case.event_seq, "head"))
    return AuditReport(heads, events, tuple(breaks), heads)
