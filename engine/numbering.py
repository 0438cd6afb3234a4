"""Numbers of cases (BG-2026-0001) and documents (YSZS-2026-0001): per prefix and year, without gaps.

The counter is raised inside the transaction that creates the case or issues the document: what is rolled back gives its
number back. The row lock of the counter is held until the commit, so starts of one procedure queue for a moment;
nothing else does.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from engine.clock import local
from engine.models import NumberSequence


def next_number(session: Session, prefix: str, now: datetime, series: str = "") -> str:
    """Draw the next number of the prefix for the local year of `now`. Cases and documents with the same letters count
    apart: documents are the `series` "d:"."""
    year, counter = local(now).year, series + prefix
    raised = (
        update(NumberSequence)
        .where(NumberSequence.prefix == counter, NumberSequence.year == year)
        .values(last=NumberSequence.last + 1)
        .returning(NumberSequence.last)
        .execution_options(synchronize_session=False)
    )
    last = session.scalar(raised)
    if last is None:  # first of the year: two first ones at once must not both insert
        dialect_insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
        first = dialect_insert(NumberSequence).values(prefix=counter, year=year, last=0).on_conflict_do_nothing()
        session.execute(first)
        last = session.scalar(raised)
    return f"{prefix}-{year}-{last:04d}"
