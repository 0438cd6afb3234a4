"""A year of cases: the same seed plays the same year; whatever is deployed can be played; nothing is bypassed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.boot import ROOT, open_platform
from engine.clock import MovableClock, local
from engine.commands.verify_log import verify_log
from engine.config import Settings
from engine.demo import Figures, Plan, build_year
from engine.models import Attachment, Event, Instance, Notification, Task, TaskState
from engine.platform import Platform
from tests.fixtures.databases import Databases
from tests.fixtures.toy import diagram, end, flows, start, task, timer
from tests.fixtures.year import PLAN, Year

UNTIL = PLAN.until

SLIP: dict[str, Any] = {
    "type": "default",
    "id": "slip",
    "schemaVersion": 16,
    "components": [
        {
            "type": "textfield",
            "key": "code",
            "label": "编号",
            "validate": {"required": True, "pattern": "^[A-Z]{2}-\\d{3}$"},
        },
        {
            "type": "textfield",
            "key": "mail",
            "label": "邮箱",
            "validate": {"required": True, "validationType": "email"},
        },
        {
            "type": "number",
            "key": "days",
            "label": "天数",
            "validate": {"required": True, "min": 5, "max": 40},
            "increment": "5",
        },
        {
            "type": "number",
            "key": "twice",
            "label": "上限",
            "validate": {"required": True, "min": "=days", "max": "=days * 2"},
        },
        {
            "type": "datetime",
            "key": "day",
            "dateLabel": "开始日期",
            "subtype": "date",
            "validate": {"required": True},
            "properties": {"notBefore": "2026-12-24"},
        },
        {
            "type": "datetime",
            "key": "at",
            "dateLabel": "会议时间",
            "subtype": "datetime",
            "validate": {"required": True},
        },
        {
            "type": "taglist",
            "key": "who",
            "label": "参加人",
            "validate": {"required": True},
            "valuesKey": "people",
            "properties": {"source": "people:staff"},
        },
        {
            "type": "radio",
            "key": "kind",
            "label": "类别",
            "validate": {"required": True},
            "values": [{"label": "甲", "value": "a"}, {"label": "乙", "value": "b"}],
        },
        {
            "type": "textarea",
            "key": "why",
            "label": "乙类理由",
            "validate": {"required": True, "minLength": 40},
            "conditional": {"hide": '=kind != "b"'},
        },
        {"type": "checkbox", "key": "sure", "label": "已核对", "validate": {"required": True}},
        {
            "type": "dynamiclist",
            "path": "items",
            "label": "清单",
            "properties": {"minItems": "2"},
            "components": [{"type": "textfield", "key": "name", "label": "名称", "validate": {"required": True}}],
        },
    ],
}


def write_procedure(root: Path) -> None:
    """A procedure with two steps, a timer between them and a form with nearly everything that forms know."""
    for number, component in enumerate(SLIP["components"]):
        component["id"] = f"Field_{number}"
    body = (
        start(),
        task("first", 'rule="role" value="platform"', "f1", "f2"),
        timer("wait", "P2D", "f2", "f3"),
        task("second", 'rule="role" value="staff" exclude="= [case.starter]" fallback="role:platform"', "f3", "f4"),
        end("f4"),
        flows("begin>first", "first>wait", "wait>second", "second>done"),
    )
    for folder, name, content in (
        ("workflows", "toy.bpmn", diagram(*body)),
        ("forms", "slip.json", json.dumps(SLIP).encode()),
    ):
        (root / folder / "toy").mkdir(parents=True)
        (root / folder / "toy" / name).write_bytes(content)


@pytest.fixture
def installation(databases: Databases, tmp_path: Path) -> Iterator[Callable[[], Platform]]:
    """New empty installations, one after the other."""
    made: list[Platform] = []

    def make() -> Platform:
        folder = str(tmp_path / f"data{len(made)}")
        settings = Settings.from_environment({"DATA_DIR": folder, "DATABASE_URL": databases.empty()})
        settings.prepare()
        made.append(open_platform(settings))
        return made[-1]

    yield make
    for platform in made:
        platform.database.dispose()


def play(platform: Platform, root: Path, cases: int, seed: str = "1") -> Figures:
    return build_year(platform, root, Plan(cases, seed, UNTIL), lambda _figures: None)


def traces(platform: Platform) -> list[tuple[Any, ...]]:
    """All by which two years can be told apart."""
    with platform.database.read() as session:
        cases = select(Instance.number, Instance.title, Instance.state, Instance.outcome, Instance.event_head)
        return [tuple(row) for row in session.execute(cases.order_by(Instance.id))]


@pytest.mark.long
def test_the_same_seed_plays_the_same_year(year: Year, lived: Platform, installation: Callable[[], Platform]) -> None:
    again, other = installation(), installation()
    assert play(again, ROOT, PLAN.cases, PLAN.seed) == year.figures
    play(other, ROOT, PLAN.cases, seed="2")
    assert traces(again) == traces(lived)
    assert traces(other) != traces(lived)


@pytest.mark.year
def test_a_year_of_change_approval(installation: Callable[[], Platform]) -> None:
    platform = installation()
    told: list[int] = []
    figures = build_year(platform, ROOT, Plan(60, "1", UNTIL), lambda now: told.append(now.cases))
    assert told == list(range(1, 61))
    assert not figures.refused  # its words fit its forms
    assert figures.acts > 300
    assert figures.timers > 30
    assert platform.mode == "demo"
    assert verify_log(platform).sound
    with platform.database.read() as session:
        outcomes = dict(session.execute(select(Instance.outcome, func.count()).group_by(Instance.outcome)).all())
        assert {"", "completed", "rejected"} <= set(outcomes)
        assert outcomes["completed"] > 30
        kinds = set(session.scalars(select(Event.kind).distinct()))
        assert {"task_claimed", "case_urged", "deadline_passed", "reminder_due"} <= kinds
        assert session.scalar(select(func.count(Task.id)).where(Task.state == TaskState.OPEN))
        sat = (Instance.key == "personal_assessment", Instance.outcome == "completed")
        assert session.scalar(select(func.count(Instance.id)).where(*sat))  # called, and first asked by a timer
        assert session.scalar(select(func.count(Attachment.id)))
        late = session.scalar(select(func.count(Task.id)).where(Task.late))
        done = session.scalar(select(func.count(Task.id)).where(Task.state == TaskState.COMPLETED))
        assert late is not None
        assert done is not None
        assert 0.005 < late / done < 0.12
        first, last = session.execute(select(func.min(Instance.started_at), func.max(Instance.started_at))).one()
        assert local(first).date() < date(2026, 2, 1)
        assert local(last).date() < UNTIL
        unread = session.scalar(select(func.count(Notification.id)).where(Notification.read_at.is_(None)))
        told_in_all = session.scalar(select(func.count(Notification.id)))
        assert unread is not None
        assert told_in_all is not None
        assert 0 < unread < told_in_all / 5
    assert platform.calendar.is_working_day(local(first).date())


def test_a_procedure_without_words_of_its_own_is_played_from_its_forms(
    installation: Callable[[], Platform], tmp_path: Path
) -> None:
    write_procedure(tmp_path)
    platform = installation()
    figures = play(platform, tmp_path, 25)
    assert (figures.cases, dict(figures.refused)) == (25, {})
    with platform.database.read() as session:
        ended = session.scalar(select(func.count(Instance.id)).where(Instance.state == "completed"))
        assert ended is not None
        assert ended > 15
        assert all(session.scalars(select(Instance.title)))


def test_the_clock_is_given_back_also_when_the_year_breaks_off(empty_platform: Platform, clock: MovableClock) -> None:
    def fail(_figures: Figures) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        build_year(empty_platform, ROOT, Plan(5, "1", UNTIL), fail)
    assert (empty_platform.clock, empty_platform.scheduler, empty_platform.mode) == (clock, None, "building")
