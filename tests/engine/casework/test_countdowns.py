"""Countdowns: timers marked as clocks are shown while what they urge is still to be done, also when it is late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands import complete_task, start_process
from engine.commands.stop_case import resume_case, suspend_case
from engine.jobs import run_due
from engine.models import Countdown
from engine.queries.cases import case_page
from engine.queries.countdowns import span_text
from engine.queries.inbox import InboxFilter, list_inbox
from engine.queries.tasks import task_page
from tests.fixtures import toy
from tests.fixtures.story import Story

WHO = 'rule="person" value="= case.starter" fallback="role:platform"'


def urged(interrupts: bool = False) -> str:
    """A clock of two hours on the border of `work`."""
    timer = toy.boundary("overdue", "work", "PT2H", "f3")
    timer = timer.replace('name="到期"', 'name="到期" guicheng:clock="首报时限"')
    return timer if interrupts else timer.replace('cancelActivity="true"', 'cancelActivity="false"')


def begin(story: Story, *, interrupts: bool = False) -> tuple[int, int]:
    """A case with that clock; instance and task."""
    toy.deploy(
        story.platform,
        toy.start(),
        toy.task("work", WHO, "f1", "f2"),
        urged(interrupts),
        toy.task("urge", 'rule="role" value="executive" fallback="role:platform"', "f3", "f4"),
        toy.end("f2", "f4"),
        toy.flows("begin>work", "work>done", "overdue>urge", "urge>done"),
    )
    case = start_process(story.platform, story.person("chensiyuan"), "toy", {}).instance_id
    return case, story.task(case, "work")


def later(story: Story, **span: float) -> None:
    """Time passes and timers fire."""
    story.clock.move_to(story.clock.now() + timedelta(**span))
    run_due(story.platform)


def shown(story: Story, case: int) -> list[tuple[str, str, bool]]:
    """The clocks on the case's page."""
    page = case_page(story.platform, story.person("chensiyuan"), case)
    return [(one.label, one.text, one.late) for one in page.clocks]


def test_it_counts_down_in_natural_time_on_every_page(story: Story) -> None:
    case, task = begin(story)
    later(story, minutes=35)
    who = story.person("chensiyuan")
    assert shown(story, case) == [("首报时限", "剩 1 小时 25 分", False)]
    assert [one.text for one in task_page(story.platform, who, task).clocks] == ["剩 1 小时 25 分"]
    row = list_inbox(story.platform, who, InboxFilter()).page.items[0]
    assert row.clock is not None
    assert (row.clock.label, row.clock.seconds, row.clock.soon) == ("首报时限", 85 * 60, False)
    later(story, minutes=30)
    assert case_page(story.platform, who, case).clocks[0].soon


def test_late_it_stays_until_the_work_is_done(story: Story) -> None:
    case, task = begin(story)
    later(story, hours=3, minutes=5)
    assert shown(story, case) == [("首报时限", "已超 1 小时 5 分", True)]
    complete_task(story.platform, story.person("chensiyuan"), task, None, "submit", "", {})
    assert shown(story, case) == []


def test_done_in_time_or_interrupted_it_is_gone(story: Story) -> None:
    case, task = begin(story)
    complete_task(story.platform, story.person("chensiyuan"), task, None, "submit", "", {})
    assert shown(story, case) == []
    other, _task = begin(story, interrupts=True)
    later(story, hours=3)
    assert shown(story, other) == []
    assert story.all(select(Countdown.id)) == []


def test_a_suspended_case_shows_none_and_goes_on_with_what_was_left(story: Story) -> None:
    case, _task = begin(story)
    admin = story.person("dengkai")
    later(story, minutes=30)
    suspend_case(story.platform, admin, case, "核实情况")
    assert shown(story, case) == []
    later(story, hours=5)
    resume_case(story.platform, admin, case, "继续办理")
    assert shown(story, case) == [("首报时限", "剩 1 小时 30 分", False)]


def test_without_the_mark_a_timer_is_no_clock(story: Story) -> None:
    toy.deploy(
        story.platform,
        toy.start(),
        toy.timer("pause", "PT1H", "f1", "f2"),
        toy.end("f2"),
        toy.flows("begin>pause", "pause>done"),
    )
    case = start_process(story.platform, story.person("chensiyuan"), "toy", {}).instance_id
    assert shown(story, case) == []


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=59), "0 分"),
        (timedelta(minutes=59), "59 分"),
        (timedelta(hours=1), "1 小时"),
        (timedelta(hours=23, minutes=59), "23 小时 59 分"),
        (timedelta(days=2), "2 天"),
        (timedelta(days=29, hours=5, minutes=59), "29 天 5 小时"),
    ],
)
def test_a_span_in_words(span: timedelta, text: str) -> None:
    assert span_text(span) == text
