"""A handler that fails: everything rolled back, an incident for the administrators, nothing lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands import complete_task, start_process
from engine.errors import ExecutionError, HandlerFailed
from engine.jobs import run_due
from engine.jsondata import load
from engine.models import Draft, Event, Instance, Job
from engine.queries.jobs import next_due
from tests.fixtures import toy
from tests.fixtures.story import PAPERS, Story


class Flaky:
    """A handler that fails until it is mended."""

    def __init__(self) -> None:
        self.broken = True
        self.calls = 0

    def __call__(self, context: Any) -> dict[str, Any]:
        self.calls += 1
        context.notify.send(["hejing"], "已处理")
        if self.broken:
            raise RuntimeError("接口没有应答")
        return {}


@pytest.fixture
def flaky() -> Flaky:
    """A broken handler."""
    return Flaky()


def at_the_handler(story: Story, flaky: Flaky) -> tuple[int, int]:
    """A case whose only task leads to the handler; instance and task."""
    toy.deploy(
        story.platform,
        toy.start(),
        toy.task("work", 'rule="person" value="= case.starter" fallback="role:platform"', "f1", "f2"),
        toy.service("toy.flaky", "f2", "f3"),
        toy.end("f3"),
        toy.flows("begin>work", "work>serve", "serve>done"),
        handlers={"toy.flaky": flaky},
    )
    instance_id = start_process(story.platform, story.person("chensiyuan"), "toy", {}).instance_id
    return instance_id, story.task(instance_id, "work")


def after_a_timer(story: Story, flaky: Flaky) -> int:
    """A case that waits for a timer behind which the handler lies."""
    toy.deploy(
        story.platform,
        toy.start(),
        toy.timer("pause", "PT1H", "f1", "f2"),
        toy.service("toy.flaky", "f2", "f3"),
        toy.end("f3"),
        toy.flows("begin>pause", "pause>serve", "serve>done"),
        handlers={"toy.flaky": flaky},
    )
    return start_process(story.platform, story.person("chensiyuan"), "toy", {}).instance_id


def test_the_act_is_rolled_back_and_the_content_kept_as_a_draft(story: Story, flaky: Flaky) -> None:
    instance_id, task_id = at_the_handler(story, flaky)
    actor = story.person("chensiyuan")
    events, revision = len(story.all(select(Event.id))), story.row(task_id).revision
    with pytest.raises(ExecutionError, match="已记为异常 1 并通知系统管理员"):
        complete_task(story.platform, actor, task_id, None, "submit", "写了很久的意见", {})
    assert story.row(task_id).state == "open"
    assert story.row(task_id).revision == revision
    assert len(story.all(select(Event.id))) == events
    assert story.notices("hejing") == []  # what the handler had sent went with it
    draft = story.one(select(Draft).where(Draft.task_id == task_id))
    assert load(draft.content)["opinion"] == "写了很久的意见"
    incident = story.incidents()[0]
    assert (incident.instance_id, incident.node_id, incident.kind) == (instance_id, "serve", "failed")
    assert "接口没有应答" in incident.message
    assert len(story.notices("dengkai", "incident")) == 1


def test_once_mended_the_same_act_goes_through(story: Story, flaky: Flaky) -> None:
    instance_id, task_id = at_the_handler(story, flaky)
    actor = story.person("chensiyuan")
    with pytest.raises(ExecutionError):
        complete_task(story.platform, actor, task_id, None, "submit", "", {})
    flaky.broken = False
    done = complete_task(story.platform, actor, task_id, None, "submit", "", {})
    assert done.message == "已提交。流程已办结"
    assert story.one(select(Instance.outcome).where(Instance.id == instance_id)) == "completed"
    assert (story.notices("hejing"), story.all(select(Draft))) == (["已处理"], [])


def test_a_missing_handler_is_an_incident_too(story: Story) -> None:
    case = story.start().found_necessary().approved().ordered().implemented()
    story.platform.handlers = {}
    with pytest.raises(ExecutionError, match="已记为异常"):
        case.verified()
    assert "change_approval.update_baseline" in story.incidents()[0].message
    assert story.project().revision == 1


def test_a_start_that_fails_gives_its_number_back(story: Story, flaky: Flaky) -> None:
    toy.deploy(
        story.platform,
        toy.start(),
        toy.service("toy.flaky", "f1", "f2"),
        toy.end("f2"),
        toy.flows("begin>serve", "serve>done"),
        handlers={"toy.flaky": flaky},
    )
    with story.nothing_changes(), pytest.raises(HandlerFailed, match="接口没有应答"):
        start_process(story.platform, story.person("chensiyuan"), "toy", {})
    flaky.broken = False
    assert start_process(story.platform, story.person("chensiyuan"), "toy", {}).number == "SY-2026-0001"


def test_behind_a_timer_it_is_tried_again_with_growing_pauses_and_then_left_to_a_person(
    story: Story, flaky: Flaky
) -> None:
    instance_id = after_a_timer(story, flaky)
    story.advance(hours=1)
    waits = []
    while (due := next_due(story.platform)) is not None:
        waits.append(int((due - story.clock.now()).total_seconds() // 60))
        assert story.incidents() == []
        story.move_to(due)
    assert waits == [1, 4, 9, 16]
    assert flaky.calls == 5
    incident = story.incidents()[0]
    assert (incident.instance_id, incident.node_id) == (instance_id, "serve")
    assert len(story.notices("dengkai", "incident")) == 1
    assert story.one(select(Job.state)) == "failed"
    assert story.one(select(Instance.state).where(Instance.id == instance_id)) == "running"
    assert run_due(story.platform) == 0  # it waits for a person and holds nobody up


def test_behind_a_timer_it_goes_on_as_soon_as_it_is_mended(story: Story, flaky: Flaky) -> None:
    instance_id = after_a_timer(story, flaky)
    story.advance(hours=1)
    flaky.broken = False
    story.advance(minutes=1)
    assert story.one(select(Instance.state).where(Instance.id == instance_id)) == "completed"
    assert (story.incidents(), story.all(select(Job))) == ([], [])
    assert story.notices("hejing") == ["已处理"]


def test_one_case_that_fails_holds_no_other_up(story: Story, flaky: Flaky) -> None:
    after_a_timer(story, flaky)
    other = story.start()
    assert story.workdays(3) >= 2
    assert other.row.was_late
    assert flaky.calls >= 1


def test_a_bug_is_no_different_from_a_failing_handler(
    story: Story, flaky: Flaky, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong behind a timer must neither be lost nor tried without end."""
    case = story.start()

    def broken(*_args: object) -> None:
        raise ZeroDivisionError("bug")

    monkeypatch.setattr("engine.bpmn.Execution.tick", broken)
    story.workdays(3)
    for _ in range(6):
        story.advance(minutes=30)
    assert [(i.instance_id, i.kind) for i in story.incidents()] == [(case.id, "failed")]
    assert "ZeroDivisionError" in story.incidents()[0].message


def test_nobody_eligible_goes_to_the_fallback_and_leaves_an_incident(story: Story) -> None:
    for account in ("zhoulan", "hejing", "xuwenbo"):
        story.suspend(account)
    case = story.start()
    assert story.row(case.task("review_necessity")).nobody
    assert {i.message for i in story.incidents()} == {
        "环节“必要性审查”按规则无人可办，已交备用办理人。请补充人员或角色。"
    }
    case.act("gaozhendong", "review_necessity", "approve")


def test_nobody_at_all_is_said_to_who_sent_it(story: Story) -> None:
    for account in ("zhoulan", "hejing", "xuwenbo", "gaozhendong", "linshuhua"):
        story.suspend(account)
    started = story.start().started
    assert started.next == "下一环节“必要性审查”无人可办，已通知系统管理员"
    assert len(story.notices("dengkai", "incident")) == 1


def test_an_incident_keeps_the_form_of_a_decimal(story: Story) -> None:
    case = story.start().found_necessary().approved().ordered()
    story.platform.handlers = {}
    case.implemented()
    with pytest.raises(ExecutionError):
        case.verified()
    draft = load(story.one(select(Draft.content)))
    assert draft["data"] == {**PAPERS["verify"], "verified_on": story.today}
    assert story.clock.now() - story.one(select(Draft.updated_at)) == timedelta()
