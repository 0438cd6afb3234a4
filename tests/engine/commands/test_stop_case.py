"""A case is suspended, resumed and terminated by an administrator, with a reason in its log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands import claim_task, complete_task, resume_case, suspend_case, terminate_case, withdraw_case
from engine.errors import CaseSuspended, Forbidden, InvalidForm, NotNow
from engine.jobs import run_due
from engine.models import Event, Job, Task
from engine.permissions import Actor
from engine.queries.inbox import InboxFilter, list_inbox
from engine.queries.started import list_started
from engine.queries.tasks import task_page
from tests.fixtures.story import Story


@pytest.fixture
def administrator(story: Story) -> Actor:
    return story.person("dengkai")


def test_while_suspended_no_task_can_be_done(story: Story, administrator: Actor) -> None:
    case = story.start()
    task = case.task("review_necessity")
    suspend_case(story.platform, administrator, case.id, "项目信息待核实")
    with story.nothing_changes():
        with pytest.raises(CaseSuspended, match="已由系统管理员挂起"):
            complete_task(story.platform, story.person("hejing"), task, None, "approve", "", {})
        with pytest.raises(CaseSuspended):
            claim_task(story.platform, story.person("hejing"), task)
        with pytest.raises(CaseSuspended):
            withdraw_case(story.platform, story.person("chensiyuan"), case.id, "重复")


def test_its_time_stands_still_and_its_deadlines_move_on(story: Story, administrator: Actor) -> None:
    case = story.start()
    due = story.one(select(Task.due_at))
    suspend_case(story.platform, administrator, case.id, "项目信息待核实")
    assert set(story.all(select(Job.state))) == {"held"}
    assert story.all(select(Task.due_at)) == [None]
    story.clock.advance(timedelta(days=30))
    assert run_due(story.platform) == 0
    resume_case(story.platform, administrator, case.id, "已核实")
    later = story.one(select(Task.due_at))
    assert later >= due + timedelta(days=28)
    assert set(story.all(select(Job.state))) == {"waiting"}
    assert later in story.all(select(Job.due_at))
    assert run_due(story.platform) == 0
    story.clock.advance(later - story.clock.now())
    assert run_due(story.platform) == 1
    kinds = story.all(select(Event.kind).where(Event.instance_id == case.id))
    assert kinds.index("case_suspended") < kinds.index("case_resumed") < kinds.index("deadline_passed")


def test_the_lists_say_that_it_is_suspended(story: Story, administrator: Actor) -> None:
    case = story.start()
    story.clock.advance(timedelta(days=60))
    judge, starter = story.person("hejing"), story.person("chensiyuan")
    claim_task(story.platform, judge, case.task("review_necessity"))
    assert [row.suspended for row in list_inbox(story.platform, judge, InboxFilter()).page.items] == [False]
    assert list_inbox(story.platform, judge, InboxFilter()).segments["late"] == 1
    suspend_case(story.platform, administrator, case.id, "核实")
    inbox = list_inbox(story.platform, judge, InboxFilter())
    assert [(row.suspended, row.due) for row in inbox.page.items] == [(True, None)]
    assert inbox.segments["late"] == 0
    assert [row.suspended for row in list_started(story.platform, starter).items] == [True]
    assert task_page(story.platform, judge, case.task("review_necessity")).suspended


def test_after_resuming_the_case_goes_its_way(story: Story, administrator: Actor) -> None:
    case = story.start()
    suspend_case(story.platform, administrator, case.id, "核实")
    with pytest.raises(NotNow, match="已经挂起"):
        suspend_case(story.platform, administrator, case.id, "核实")
    resume_case(story.platform, administrator, case.id, "已核实")
    with pytest.raises(NotNow, match="没有挂起"):
        resume_case(story.platform, administrator, case.id, "已核实")
    case.found_necessary()
    assert case.waits != ["review_necessity"]


def test_terminating_ends_the_case_with_all_that_is_open(story: Story, administrator: Actor) -> None:
    case = story.start()
    terminate_case(story.platform, administrator, case.id, "项目已取消")
    assert story.all(select(Task.state)) == ["cancelled"]
    assert story.all(select(Job)) == []
    row = case.row
    assert (row.state, row.outcome, row.ended_at) == ("completed", "terminated", story.clock.now())
    assert "已终止" in story.notices("chensiyuan")[-1]
    with pytest.raises(NotNow):
        terminate_case(story.platform, administrator, case.id, "项目已取消")


def test_a_suspended_case_can_be_terminated(story: Story, administrator: Actor) -> None:
    case = story.start()
    suspend_case(story.platform, administrator, case.id, "核实")
    terminate_case(story.platform, administrator, case.id, "项目已取消")
    assert (case.row.outcome, story.all(select(Job))) == ("terminated", [])


def test_a_reason_is_asked_for_and_the_right_to_do_it(story: Story, administrator: Actor) -> None:
    case = story.start()
    for act in (suspend_case, resume_case, terminate_case):
        with story.nothing_changes():
            with pytest.raises(InvalidForm):
                act(story.platform, administrator, case.id, "")
            with pytest.raises(Forbidden):
                act(story.platform, story.person("hejing"), case.id, "原因")
