"""Days that are over are counted once; pages show the same as if everything were counted anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select

from engine import figures
from engine.clock import MovableClock
from engine.commands import close_days, note_standings
from engine.models import DayFigure, Instance, InstanceState, Task, TaskState
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.cockpit import overview, procedure_marks, procedure_page
from engine.queries.cockpit.scope import running_figures
from engine.queries.people import actor_by_account
from tests.fixtures.story import Story

KEY = "change_approval"


def forget(platform: Platform) -> None:
    with platform.database.write() as session:
        session.execute(delete(DayFigure))


def test_pages_show_the_same_whether_days_are_closed_or_not(lived: Platform) -> None:
    manager = actor_by_account(lived, "gaozhendong")
    assert manager is not None

    def shown(days: int) -> tuple[object, ...]:
        page = procedure_page(lived, manager, KEY, days)
        return overview(lived, manager, days), page, procedure_marks(lived, manager, KEY, "late", days)

    forget(lived)
    counted = [shown(days) for days in (30, 90, 365)]
    assert close_days(lived) > 250
    assert [shown(days) for days in (30, 90, 365)] == counted
    assert counted[2][0].finished > 12  # type: ignore[attr-defined]


def test_the_sums_of_closed_days_are_what_counting_gives(lived: Platform) -> None:
    """All of it, one procedure, without steps; periods that begin with a day or in the middle of one."""
    now = lived.clock.now()
    with lived.database.read() as session:
        inner = {one.key: one.subprocesses for one in lived.deployments.all_live(session)}

    def sums() -> list[figures.Figures]:
        found = []
        for since in (figures.period(now, 90), figures.period(now, 365), now - timedelta(days=90, hours=3)):
            with lived.database.read() as session:
                for chosen, key in ((inner, ""), (None, ""), ({KEY: inner[KEY]}, KEY)):
                    found.append(figures.over(session, lived.closed_days, since, now, chosen, key))
        return [{place: +count for place, count in one.items() if +count} for one in found]

    forget(lived)
    counted = sums()
    assert close_days(lived) > 250
    assert sums() == counted
    every, cases, of_one = counted[3:6]
    assert cases == {place: count for place, count in every.items() if not place[1]}
    assert of_one == {place: count for place, count in every.items() if place[0] == KEY}
    assert every[KEY, "", 0]["finished"]


def test_what_runs_and_what_presses_is_counted_case_by_case(lived: Platform) -> None:
    """Cases and deadlines are counted apart, from indexes; here each running case is looked at."""
    now = lived.clock.now() + timedelta(days=20)
    with lived.database.read() as session:
        running = session.scalars(select(Instance).where(Instance.state == InstanceState.RUNNING)).all()
        open_tasks = session.scalars(select(Task).where(Task.state == TaskState.OPEN)).all()
        figures_of = {row[0]: row[1:] for row in session.execute(running_figures(lived.calendar, now))}
        of_one = session.execute(running_figures(lived.calendar, now, KEY)).one_or_none()
    earliest: dict[int, datetime] = {}
    for task in open_tasks:
        if task.due_at is not None:
            earliest[task.instance_id] = min(task.due_at, earliest.get(task.instance_id, task.due_at))
    assert running
    assert {case.id for case in running} >= {task.instance_id for task in open_tasks}
    for key in {case.key for case in running}:
        cases = [case.id for case in running if case.key == key]
        late = [earliest[case] for case in cases if case in earliest and earliest[case] < now]
        assert figures_of[key][0] == len(cases)
        assert figures_of[key][1] == len(late)
        assert figures_of[key][3] == min((earliest[case] for case in cases if case in earliest), default=None)
    assert of_one is None or tuple(of_one[1:]) == tuple(figures_of[KEY])


def test_every_activity_begins_once_and_is_finished_at_most_once(lived: Platform) -> None:
    close_days(lived)
    with lived.database.read() as session:
        total = figures.stored(session, date(2025, 1, 1), date(2026, 12, 31), KEY)
        of_key = select(Task.instance_id, Task.activity_id).join(Instance).where(Instance.key == KEY).distinct()
        activities = of_key.subquery()
        begun = sum(count["begun"] for (_k, node, _h), count in total.items() if node and node != "implementation")
        assert begun == session.scalar(select(func.count()).select_from(activities))
        done = of_key.where(Task.state == TaskState.COMPLETED).subquery()
        finished = sum(count["finished"] for (_k, node, _h), count in total.items() if node)
        assert finished <= (session.scalar(select(func.count()).select_from(done)) or 0)
        assert total[KEY, "", 0]["begun"] == session.scalar(select(func.count(Instance.id)).where(Instance.key == KEY))


def test_a_day_is_closed_once_and_only_when_it_is_over(story: Story, platform: Platform, clock: MovableClock) -> None:
    assert close_days(platform) == 0  # no case yet
    story.start()
    assert close_days(platform) == 0  # today
    clock.advance(timedelta(days=3))
    assert close_days(platform) == 3
    assert close_days(platform) == 0
    with platform.database.read() as session:
        assert session.scalar(select(func.count()).where(DayFigure.key == "")) == 3
        assert session.scalar(select(DayFigure.begun).where(DayFigure.key == KEY, DayFigure.node_id == "")) == 1


def test_who_stops_waits_for_a_week_at_most(story: Story, platform: Platform, clock: MovableClock) -> None:
    story.start()
    clock.advance(timedelta(days=20))
    answers = [True, False]
    assert close_days(platform, lambda: answers.pop(0)) == 7
    assert close_days(platform) == 13


def test_where_running_cases_stand_is_noted_with_every_act(
    story: Story, platform: Platform, person: Callable[[str], Actor]
) -> None:
    story.start()
    marks = procedure_marks(platform, person("hejing"), KEY)["nodes"]
    with platform.database.write() as session:
        running = select(Instance).where(Instance.state == InstanceState.RUNNING)
        case = session.scalars(running).one()
        assert case.standing == "review_necessity"
        case.standing = None  # as a case from before this was noted
    assert procedure_marks(platform, person("hejing"), KEY)["nodes"] == marks  # read from its state
    assert note_standings(platform) == 1
    assert note_standings(platform) == 0
    assert procedure_marks(platform, person("hejing"), KEY)["nodes"] == marks
