"""撤回: taking back one's own act while nobody has begun what follows."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine.commands import mark_task_read, recall_task
from engine.errors import NotFound, NotNow
from engine.models import Event, Job
from engine.queries.cases import case_page
from engine.queries.inbox import list_done
from tests.fixtures.story import LARGER, Case, Story


def recall(story: Story, by: str, task_id: int) -> None:
    recall_task(story.platform, story.person(by), task_id)


def finished(story: Story, case: Case, by: str, node: str, act: str, opinion: str = "同意。") -> tuple[int, bool]:
    """The task that was done, and whether its toast offers 撤回; the list of finished tasks offers the same."""
    task_id = case.task(node, by)
    offered = case.act(by, node, act, opinion).can_recall
    [listed] = [row.can_recall for row in list_done(story.platform, story.person(by)).items if row.task_id == task_id]
    assert listed == offered
    return task_id, offered


def refused(story: Story, by: str, case: Case, task_id: int, why: str | None = None) -> None:
    """The command refuses, changes nothing, and no page offers it."""
    with story.nothing_changes(), pytest.raises(NotNow, match=why):
        recall(story, by, task_id)
    rows = list_done(story.platform, story.person(by)).items
    assert not any(row.can_recall for row in rows if row.task_id == task_id)
    assert case_page(story.platform, story.person(by), case.id).recall_task_id != task_id


def test_the_task_opens_again_for_who_recalled_it(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    case.found_necessary()
    follower = case.task("department_approval")
    actor = story.person("hejing")
    assert [row.can_recall for row in list_done(story.platform, actor).items] == [True]
    assert case_page(story.platform, actor, case.id).recall_task_id == task_id
    with story.listening() as said:
        done = recall_task(story.platform, actor, task_id)
    assert said.commits == 1
    assert case.waits == ["review_necessity"]
    assert done.next_task_id == case.task("review_necessity")
    assert story.row(case.task("review_necessity")).assignee_id == actor.id
    assert story.row(follower).state == "cancelled"
    assert set(story.all(select(Job.node_id))) == {"review_necessity"}
    assert "task_recalled" in story.all(select(Event.kind))


def test_after_a_recall_the_case_goes_on_as_if_new(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    case.found_necessary()
    recall(story, "hejing", task_id)
    second = case.task("review_necessity")
    case.act("hejing", "review_necessity", "approve")
    recall(story, "hejing", second)
    case.act("hejing", "review_necessity", "reject", "不需要")
    assert case.row.outcome == "rejected"


def test_what_was_recalled_cannot_be_recalled_again(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    case.found_necessary()
    recall(story, "hejing", task_id)
    refused(story, "hejing", case, task_id)


def test_not_once_the_follower_has_opened_it(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    case.found_necessary()
    mark_task_read(story.platform, story.person("leizhen"), case.task("department_approval"))
    refused(story, "hejing", case, task_id, "已经打开")


def test_not_once_the_follower_has_acted(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    case.found_necessary().approved()
    refused(story, "hejing", case, task_id, "已经办理")


def test_not_a_vote(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    case.act("zhangweimin", "expert_review", "agree")
    case.act("wangjianguo", "department_opinion", "submit")
    task_id, offered = finished(story, case, "fengbo", "expert_review", "agree")  # the last: what follows has opened
    assert case.waits == ["department_approval"]
    assert not offered
    refused(story, "fengbo", case, task_id, "会签")


def test_the_step_before_a_subprocess_comes_back_out_of_it(story: Story) -> None:
    case = story.start().found_necessary().approved()
    task_id, offered = finished(story, case, "hejing", "issue_order", "submit")
    assert (offered, case.waits) == (True, ["implement"])
    recall(story, "hejing", task_id)
    assert case.waits == ["issue_order"]


def test_not_a_step_whose_subprocess_the_case_has_left(story: Story) -> None:
    """验证 ends 实施与验证; what opens then lies outside, from where no way leads back into it."""
    first, case = story.start(), story.start(scope_impact="不影响范围")
    for one in (first, case):
        one.found_necessary().approved().ordered().implemented()
    first.verified()
    story.papers["verify"] = {**story.papers["verify"], "verified_on": story.today}
    task_id, offered = finished(story, case, "zhongxiaoyan", "verify", "pass")
    assert (offered, case.waits) == (False, ["settle_baseline"])
    refused(story, "zhongxiaoyan", case, task_id, "回不到这一步")


def test_not_once_time_has_decided_what_follows(story: Story) -> None:
    """A vote whose deadline passed has been counted: taking the panel back would undo what the rules have done."""
    case = story.start(**LARGER).found_necessary()
    task_id = case.task("form_panel")
    case.with_panel()
    story.workdays(5)
    assert case.waits == ["revise"]
    refused(story, "hejing", case, task_id)


def test_not_when_the_case_has_ended(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    case.act("hejing", "review_necessity", "reject", "不需要")
    refused(story, "hejing", case, task_id, "已经办结")


def test_not_a_task_beside_the_main_way(story: Story) -> None:
    """督办 opens nothing: what is open afterwards did not come from it."""
    case = story.start().found_necessary().approved().ordered(implement_days=1)
    story.workdays(1)
    task_id = case.task("supervise")
    with_reason = {"delay_reason": "技术困难", "supervision_measures": "每日上报进展。", "promised_date": story.today}
    story.papers["supervise"] = with_reason
    case.act("hejing", "supervise", "submit")
    refused(story, "hejing", case, task_id, "没有可以撤回")
    story.advance(minutes=5)
    case.implemented()
    refused(story, "hejing", case, task_id)


def test_not_anothers_task(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    case.found_necessary()
    for someone, wanted in (("xuwenbo", task_id), ("leizhen", task_id), ("hejing", 404)):
        with story.nothing_changes(), pytest.raises(NotFound):
            recall(story, someone, wanted)


def test_a_started_panel_is_taken_back_from_all_its_members(story: Story) -> None:
    case = story.start(**LARGER).found_necessary()
    task_id = case.task("form_panel")
    case.with_panel()
    recall(story, "hejing", task_id)
    assert case.waits == ["form_panel"]
