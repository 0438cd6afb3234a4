"""The clock's own acts: reminders, deadlines, votes that run out, lapses; once each, whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from engine import holidays
from engine.audit import verify_all
from engine.boot import open_platform
from engine.casework import load_case
from engine.clock import LOCAL
from engine.commands import claim_task, fire_timers, recompute_deadlines, save_draft, start_process
from engine.errors import PartsRefused
from engine.jobs import run_due
from engine.models import Draft, Event, Instance, Job, Task
from engine.queries.cases import case_page
from engine.queries.tasks import task_page
from tests.fixtures import toy
from tests.fixtures.story import LARGER, Story


def kinds(story: Story, instance_id: int) -> list[str]:
    """What was logged of a case, in order."""
    return story.all(select(Event.kind).where(Event.instance_id == instance_id).order_by(Event.seq))


# ------------------------------------------------------------ reminders and deadlines


def test_a_reminder_goes_to_the_holder_alone_or_to_all_who_may_claim(story: Story) -> None:
    claimed, unclaimed = story.start(), story.start()
    claim_task(story.platform, story.person("hejing"), claimed.task("review_necessity"))
    story.workdays(2)
    assert len(story.notices("hejing", "remind")) == 2
    assert story.notices("xuwenbo", "remind") == [
        f"执法终端离线采集功能调整（{unclaimed.number}）：环节“必要性审查”即将到期，请尽快办理"
    ]
    assert not claimed.row.was_late
    assert story.all(select(Job.kind)) == ["overdue"] * 2


def test_a_passed_deadline_is_told_to_the_holder_and_to_the_head_of_his_department(story: Story) -> None:
    case = story.start()
    claim_task(story.platform, story.person("hejing"), case.task("review_necessity"))
    story.workdays(3)
    late = [f"执法终端离线采集功能调整（{case.number}）：环节“必要性审查”已超期"]
    assert [story.notices(a, "late") for a in ("hejing", "zhoulan", "xuwenbo")] == [late, late, []]
    assert case.row.was_late
    assert case.waits == ["review_necessity"]
    assert story.all(select(Job)) == []


def test_a_passed_deadline_is_told_to_the_role_that_the_diagram_names(story: Story) -> None:
    story.start().found_necessary()
    story.workdays(3)
    assert [len(story.notices(a, "late")) for a in ("leizhen", "gaozhendong", "linshuhua", "zhoulan")] == [1, 1, 1, 0]


def test_someone_who_is_holder_and_superior_is_told_once(story: Story) -> None:
    case = story.start()
    claim_task(story.platform, story.person("zhoulan"), case.task("review_necessity"))
    story.workdays(3)
    assert len(story.notices("zhoulan", "late")) == 1


def test_silence_counts_as_abstention(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    case.act("zhangweimin", "expert_review", "agree")
    story.workdays(5)
    assert case.waits == ["revise"]
    assert sorted(story.all(select(Task.state).where(Task.node_id == "expert_review"))) == [
        "cancelled",
        "cancelled",
        "completed",
    ]
    step = next(
        s for s in case_page(story.platform, story.person("zhoulan"), case.id).timeline if s.node_id == "expert_review"
    )
    assert step.result == "表决未通过：同意 1，不同意 0，弃权 0，未表态 2，需 2"
    assert sorted(o.label for o in step.opinions) == ["同意", "未表态", "未表态"]


def test_what_is_not_revised_in_time_lapses(story: Story) -> None:
    case = story.start()
    case.act("hejing", "review_necessity", "return", "请补充测算")
    story.workdays(5)
    assert case.waits == ["revise"]
    story.workdays(5)
    assert (case.row.state, case.row.outcome) == ("completed", "lapsed")
    assert story.notices("chensiyuan", "case") == [f"执法终端离线采集功能调整（{case.number}）逾期未补正，已失效"]
    assert story.all(select(Job)) == []


def test_hours_run_through_the_night(story: Story) -> None:
    deadline = toy.DEADLINE.format(due="20", unit="hour", remind="2", escalate="role:executive")
    toy.deploy(
        story.platform,
        toy.start(),
        toy.task("work", 'rule="person" value="hejing"', "f1", "f2", deadline),
        toy.end("f2"),
        toy.flows("begin>work", "work>done"),
    )
    started = start_process(story.platform, story.person("chensiyuan"), "toy", {})
    story.advance(hours=17, minutes=59)
    assert story.notices("hejing", "remind") == []
    story.advance(minutes=1)
    assert len(story.notices("hejing", "remind")) == 1
    story.advance(hours=2)
    assert len(story.notices("gaozhendong", "late")) == 1
    assert "明天 05:30 到期" in started.next


def test_the_person_to_whom_a_deadline_escalates_is_told_also_when_the_step_is_over(story: Story) -> None:
    """Deadline and end of the step found in one look: its token is gone, and the case must not hang on that."""
    deadline = toy.DEADLINE.format(due="4", unit="hour", remind="1", escalate="person:= case.starter")
    toy.deploy(
        story.platform,
        toy.start(),
        toy.task("work", 'rule="person" value="hejing"', "f1", "f2", deadline),
        toy.boundary("missed", "work", "PT5H", "f3"),
        toy.task("after", 'rule="person" value="xuwenbo"', "f3", "f4"),
        toy.end("f2", "f4"),
        toy.flows("begin>work", "work>done", "missed>after", "after>done"),
    )
    instance_id = start_process(story.platform, story.person("chensiyuan"), "toy", {}).instance_id
    story.advance(hours=6)
    assert story.incidents() == []
    assert story.all(select(Task.node_id).where(Task.instance_id == instance_id, Task.state == "open")) == ["after"]
    assert len(story.notices("chensiyuan", "late")) == 1
    assert sorted(story.all(select(Job.kind).where(Job.instance_id == instance_id))) == ["overdue", "remind"]


# ------------------------------------------------------------ once, whatever happens


def test_firing_twice_does_no_harm(story: Story) -> None:
    case = story.start()
    story.workdays(3)
    with story.nothing_changes():
        assert run_due(story.platform) == 0
    before = kinds(story, case.id)
    fire_timers(story.platform, case.id)
    assert kinds(story, case.id) == before


def test_what_fell_due_while_the_process_was_down_fires_at_the_next_start(story: Story) -> None:
    """Another process, another platform on the same database; reminder and deadline in their order."""
    case = story.start()
    story.clock.advance(timedelta(days=20))
    again = open_platform(story.platform.settings, story.clock)
    try:
        assert run_due(again) == 1
        with again.database.read() as session:
            assert verify_all(session).sound
    finally:
        again.database.dispose()
    told = [kind for kind in kinds(story, case.id) if kind in ("reminder_due", "deadline_passed")]
    assert told == ["reminder_due", "deadline_passed"]
    with story.nothing_changes():
        run_due(story.platform)


def test_a_clock_that_was_set_back_fires_nothing_twice(story: Story) -> None:
    case = story.start()
    story.workdays(2)
    assert len(story.notices("hejing", "remind")) == 1
    story.advance(days=-10)
    case.act("hejing", "review_necessity", "approve")
    assert case.waits == ["department_approval"]
    story.advance(days=30)
    assert len(story.notices("hejing", "remind")) == 1
    assert len(story.notices("leizhen", "late")) == 1
    with story.platform.database.read() as session:
        assert verify_all(session).sound


def test_two_processes_that_look_at_once_fire_once(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    due = story.platform.calendar.add_working_days(story.clock.now(), 5).at
    story.clock.move_to(due + timedelta(minutes=1))
    threads = [Thread(target=fire_timers, args=(story.platform, case.id)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert case.waits == ["revise"]
    counted = select(Event.node_id).where(Event.instance_id == case.id, Event.kind == "event_occurred")
    assert story.all(counted).count("review_overdue") == 1
    assert story.incidents() == []


def test_a_timer_of_a_case_that_ended_or_never_was_goes_quietly(story: Story) -> None:
    case = story.start()
    case.act("hejing", "review_necessity", "reject", "不需要")
    with story.nothing_changes():
        assert not fire_timers(story.platform, case.id)
        assert not fire_timers(story.platform, 404)


def test_a_task_done_before_its_deadline_hears_nothing_of_it(story: Story) -> None:
    story.start().found_necessary()
    story.clock.advance(timedelta(days=30))
    run_due(story.platform)
    assert story.notices("hejing", "late") == []


# ------------------------------------------------------------ holidays published later


@pytest.fixture
def year_is_published(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Calling it makes the holidays of 2027 known, 4 January among them."""

    def publish() -> None:
        known = holidays._published_years()
        monkeypatch.setattr(holidays, "_published_years", lambda: known | {2027})
        days = {datetime(2027, 1, day, tzinfo=LOCAL).date(): "New Year" for day in (1, 4)}
        monkeypatch.setattr(holidays, "holidays", {**holidays.holidays, **days})

    return publish


def test_a_guessed_deadline_moves_when_the_year_is_published(story: Story, year_is_published: object) -> None:
    assert callable(year_is_published)
    story.clock.move_to(datetime(2026, 12, 30, 10, tzinfo=LOCAL))
    case = story.start()
    task_id, actor = case.task("review_necessity"), story.person("hejing")
    assert story.row(task_id).due_at == datetime(2027, 1, 5, 17, 30, tzinfo=LOCAL)
    page = task_page(story.platform, actor, task_id)
    assert page.due is not None
    assert page.due.provisional
    assert "暂按周末推算" in page.due.text
    with story.nothing_changes():
        assert recompute_deadlines(story.platform) == 0  # nothing is known yet
    year_is_published()
    assert recompute_deadlines(story.platform) == 2  # reminder and deadline
    assert story.row(task_id).due_at == datetime(2027, 1, 6, 17, 30, tzinfo=LOCAL)
    due = task_page(story.platform, actor, task_id).due
    assert due is not None
    assert not due.provisional
    jobs = {job.kind: job for job in story.all(select(Job))}
    assert jobs["overdue"].due_at == datetime(2027, 1, 6, 17, 30, tzinfo=LOCAL)
    assert not any(job.provisional for job in jobs.values())
    assert "deadlines_recomputed" in kinds(story, case.id)
    with story.nothing_changes():
        assert recompute_deadlines(story.platform) == 0
    story.move_to(datetime(2027, 1, 5, 18, tzinfo=LOCAL))
    assert not case.row.was_late
    story.move_to(datetime(2027, 1, 6, 18, tzinfo=LOCAL))
    assert case.row.was_late


def test_recomputing_passes_over_cases_that_ended_meanwhile(story: Story, year_is_published: object) -> None:
    assert callable(year_is_published)
    story.clock.move_to(datetime(2026, 12, 30, 10, tzinfo=LOCAL))
    ended, running = story.start(), story.start()
    with story.platform.database.write() as session:
        session.execute(Instance.__table__.update().where(Instance.id == ended.id).values(state="completed"))
    year_is_published()
    assert recompute_deadlines(story.platform) == 2
    assert "deadlines_recomputed" in kinds(story, running.id)


# ------------------------------------------------------------ what was typed when the time is over


def exam(story: Story) -> tuple[int, int]:
    """A case with one task of an hour that hands in its draft: case and task."""
    toy.deploy(
        story.platform,
        toy.start(),
        toy.task("work", 'rule="role" value="platform"', "f1", "f2", more='guicheng:onTimeout="draft"'),
        toy.boundary("over", "work", "PT1H", "f3"),
        toy.task("after", 'rule="role" value="supervision"', "f3", "f4"),
        toy.end("f2", "f4"),
        toy.flows("begin>work", "work>done", "over>after", "after>done"),
    )
    started = start_process(story.platform, story.person("chensiyuan"), "toy", {"note": "开始时"})
    task_id = story.all(select(Task.id).where(Task.instance_id == started.instance_id))[0]
    claim_task(story.platform, story.person("hejing"), task_id)
    return started.instance_id, task_id


def noted(story: Story, instance_id: int) -> object:
    """The variable that the form writes."""
    with story.platform.database.read() as session:
        return load_case(story.platform, session, instance_id, None).execution.variables["note"]


@pytest.mark.parametrize(
    ("draft", "kept"),
    [({"note": "写到一半"}, "写到一半"), ({"note": "长" * 501}, None), ({"stranger": 1}, None), (None, None)],
)
def test_the_time_of_a_task_is_over_and_its_draft_goes_on_with_the_case(
    story: Story, draft: dict[str, object] | None, kept: str | None
) -> None:
    case, task_id = exam(story)
    if draft is not None:
        save_draft(story.platform, story.person("hejing"), None, task_id, {"data": draft, "opinion": ""})
    story.clock.advance(timedelta(minutes=59))
    assert not fire_timers(story.platform, case)
    story.clock.advance(timedelta(minutes=1))
    assert fire_timers(story.platform, case)
    assert noted(story, case) == kept
    assert kinds(story, case).count("draft_handed_in") == 1
    assert story.all(select(Draft)) == []
    with story.platform.database.read() as session:
        assert verify_all(session).sound


def test_another_persons_draft_is_not_handed_in(story: Story) -> None:
    case, task_id = exam(story)
    save_draft(story.platform, story.person("zhoulan"), None, task_id, {"data": {"note": "别人写的"}, "opinion": ""})
    story.clock.advance(timedelta(hours=1))
    fire_timers(story.platform, case)
    assert noted(story, case) is None


@pytest.mark.parametrize(
    ("value", "border", "code"), [("draft", False, "timeout_without_timer"), ("discard", True, "bad_value")]
)
def test_a_diagram_that_cannot_hand_in_a_draft_is_refused(story: Story, value: str, border: bool, code: str) -> None:
    with pytest.raises(PartsRefused) as refused:
        toy.deploy(
            story.platform,
            toy.start(),
            toy.task("work", 'rule="role" value="platform"', "f1", "f2", more=f'guicheng:onTimeout="{value}"'),
            toy.boundary("over", "work", "PT1H", "f3") if border else "",
            toy.end("f2", *(["f3"] if border else [])),
            toy.flows("begin>work", "work>done", *(["over>done"] if border else [])),
        )
    assert [part.finding.code for part in refused.value.parts] == [code]
