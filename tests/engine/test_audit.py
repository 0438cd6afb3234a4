"""The chain of the log: it holds as it is, and shows every change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, update

from engine.audit import GENESIS, Break, link, payload_bytes, payload_hash, verify_all, verify_case
from engine.models import Event, Instance
from engine.platform import Platform
from tests.engine.queries.rows import Rows

NOON = datetime(2026, 11, 6, 4, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """An entry of the log."""

    instance_id: int
    seq: int
    at: datetime
    actor_id: int | None
    kind: str
    node_id: str
    token_id: int
    payload: bytes | None
    payload_hash: str
    hash: str


def chain(count: int, instance_id: int = 7) -> list[Row]:
    """A sound log of one case."""
    rows: list[Row] = []
    head = GENESIS
    for seq in range(1, count + 1):
        payload = payload_bytes({"n": seq})
        digest = payload_hash(payload)
        moment = NOON + timedelta(minutes=seq)
        head = link(head, instance_id, seq, moment, 3, "flow_taken", "review", seq, digest)
        rows.append(Row(instance_id, seq, moment, 3, "flow_taken", "review", seq, payload, digest, head))
    return rows


def changed(rows: list[Row], index: int, **facts: Any) -> list[Row]:
    return [replace(row, **facts) if n == index else row for n, row in enumerate(rows)]


def test_a_sound_log_has_no_breaks() -> None:
    assert verify_case(chain(5)) == []
    assert verify_case([]) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"at": NOON},
        {"actor_id": 4},
        {"actor_id": None},
        {"kind": "returned"},
        {"node_id": "approve"},
        {"token_id": 99},
        {"payload_hash": "0" * 64, "payload": None},
        {"instance_id": 8},
    ],
)
def test_any_changed_fact_breaks_the_chain_at_its_entry(facts: dict[str, Any]) -> None:
    found = verify_case(changed(chain(5), 2, **facts))
    assert [(broken.seq, broken.reason) for broken in found] == [(3, "hash")]


def test_a_changed_payload_is_named() -> None:
    found = verify_case(changed(chain(3), 1, payload=payload_bytes({"n": 99})))
    assert found == [Break(7, 2, "payload")]


def test_an_erased_payload_is_not_a_break() -> None:
    assert verify_case(changed(chain(3), 1, payload=None)) == []


def test_a_missing_entry_leaves_a_gap() -> None:
    rows = chain(4)
    assert [(b.seq, b.reason) for b in verify_case(rows[:1] + rows[2:])] == [(3, "gap"), (3, "hash")]


def test_an_entry_rehashed_after_a_change_breaks_at_its_follower() -> None:
    rows = chain(4)
    digest = payload_hash(payload_bytes({"n": 99}))
    forged = link(rows[0].hash, 7, 2, rows[1].at, 3, "flow_taken", "review", 2, digest)
    rows[1] = replace(rows[1], payload=payload_bytes({"n": 99}), payload_hash=digest, hash=forged)
    assert [(b.seq, b.reason) for b in verify_case(rows)] == [(3, "hash")]


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_no_two_entries_have_the_same_encoding(kind: str, node: str, other_kind: str, other_node: str) -> None:
    def hashed(a: str, b: str) -> str:
        return link(GENESIS, 1, 1, NOON, None, a, b, 0, "x")

    assert (hashed(kind, node) == hashed(other_kind, other_node)) == ((kind, node) == (other_kind, other_node))


def test_the_same_moment_in_another_zone_is_the_same_entry() -> None:
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    assert link(GENESIS, 1, 1, NOON, None, "a", "", 0, "x") == link(GENESIS, 1, 1, beijing, None, "a", "", 0, "x")
    with pytest.raises(ValueError, match="naive"):
        link(GENESIS, 1, 1, NOON.replace(tzinfo=None), None, "a", "", 0, "x")


def test_nobody_is_not_person_zero() -> None:
    assert link(GENESIS, 1, 1, NOON, None, "a", "", 0, "x") != link(GENESIS, 1, 1, NOON, 0, "a", "", 0, "x")


def test_payloads_are_canonical() -> None:
    assert payload_bytes({"b": 1, "a": {"d": 2, "c": 3}}) == b'{"a":{"c":3,"d":2},"b":1}'
    assert payload_bytes({"n": Decimal("12.60"), "big": Decimal("1E+3")}) == b'{"big":1000,"n":12.60}'
    assert (
        payload_bytes({"day": date(2026, 11, 6), "at": NOON})
        == b'{"at":"2026-11-06T04:00:00+00:00","day":"2026-11-06"}'
    )
    assert payload_bytes({"list": ("a", "b"), "set": {"y", "x"}}) == b'{"list":["a","b"],"set":["x","y"]}'
    assert (
        payload_bytes({"nan": Decimal("NaN"), "other": timedelta(days=1)}) == b'{"nan":"NaN","other":"1 day, 0:00:00"}'
    )


# ── in the database ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def rows(platform: Platform) -> Rows:
    """A writer of rows on the test's own database."""
    return Rows(platform)


def test_the_whole_log_and_the_tip_of_every_case(platform: Platform, rows: Rows) -> None:
    first, second, third = rows.case(), rows.case(), rows.case()
    with platform.database.write() as session:
        for case, count in ((first, 3), (second, 2)):
            head = GENESIS
            for seq in range(1, count + 1):
                payload = payload_bytes({"n": seq})
                digest = payload_hash(payload)
                head = link(head, case, seq, NOON, None, "kind", "", 0, digest)
                entry = {"instance_id": case, "seq": seq, "at": NOON, "kind": "kind", "payload": payload}
                session.execute(insert(Event).values(**entry, payload_hash=digest, hash=head))
            session.execute(update(Instance).where(Instance.id == case).values(event_seq=count, event_head=head))
    with platform.database.read() as session:
        report = verify_all(session)
    assert (report.cases, report.events, report.heads_checked, report.breaks) == (3, 5, 3, ())
    assert report.sound
    with platform.database.write() as session:  # the newest entry of one case is gone, another case has a false tip
        session.execute(update(Instance).where(Instance.id == second).values(event_seq=3))
        session.execute(update(Instance).where(Instance.id == third).values(event_head="f" * 64))
    with platform.database.read() as session:
        assert verify_all(session).breaks == (Break(second, 3, "head"), Break(third, 0, "head"))
