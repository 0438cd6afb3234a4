"""核验日志 over whole cases, and what the database itself refuses."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from engine.commands import urge_case, withdraw_case
from engine.commands.verify_log import verify_log
from engine.models import Event
from engine.queries.cases import case_page
from tests.fixtures.story import LARGER, Story


@pytest.fixture
def busy(story: Story) -> Story:
    """Cases that went through much."""
    story.start().found_necessary().approved().ordered().implemented().verified()
    case = story.start(**LARGER).found_necessary().with_panel()
    urge_case(story.platform, story.person("chensiyuan"), case.id)
    story.workdays(5)
    withdraw_case(story.platform, story.person("chensiyuan"), case.id, "不再需要")
    story.start()
    return story


def test_the_whole_log_proves_itself(busy: Story) -> None:
    report = verify_log(busy.platform)
    assert report.sound
    assert (report.cases, report.heads_checked) == (3, 3)
    assert report.events == len(busy.all(select(Event.id)))


@pytest.mark.parametrize("column", ["kind", "payload_hash", "hash", "node_id"])
def test_an_entry_cannot_be_changed(busy: Story, column: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), busy.platform.database.write() as session:
        session.execute(update(Event).where(Event.id == 3).values({column: "x"}))
    assert verify_log(busy.platform).sound


def test_a_payload_cannot_be_replaced(busy: Story) -> None:
    with pytest.raises(DatabaseError, match="append-only"), busy.platform.database.write() as session:
        session.execute(update(Event).where(Event.id == 1).values(payload=b"{}"))


def test_an_entry_cannot_be_deleted(busy: Story) -> None:
    with pytest.raises(DatabaseError, match="append-only"), busy.platform.database.write() as session:
        session.execute(delete(Event).where(Event.id == 3))
    assert verify_log(busy.platform).sound


def test_a_payload_can_be_erased_and_the_chain_still_holds(busy: Story) -> None:
    with busy.platform.database.write() as session:
        session.execute(update(Event).values(payload=None))
    assert verify_log(busy.platform).sound
    page = case_page(busy.platform, busy.person("zhoulan"), 1)
    assert {row.text for row in page.log} == {"发起流程", "环节开始", "流程结束", "（内容已依法删除）"}
    assert [step.name for step in page.timeline][-1] == "发起"
