"""退回 to a step of one's own choice."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine.commands import complete_task, return_task
from engine.errors import Invalid, InvalidForm, NotFound, NotNow, Stale
from engine.models import Event, Job, Task
from tests.fixtures.story import EXPERTS, LARGER, MAJOR, PAPERS, Case, Story


def give_back(
    story: Story, case: Case, by: str, node: str, to: str, opinion: str = "测算依据不足，请重新核对。"
) -> None:
    return_task(story.platform, story.person(by), case.task(node), None, to, opinion)


def major_at_the_executive(story: Story) -> Case:
    """A major change that has passed review, department and platform."""
    case = story.start(**MAJOR).found_necessary().with_panel(*EXPERTS).agreed(*EXPERTS[:4]).approved(approved_cost=60)
    case.act("zhoulan", "platform_approval", "platform_approved", approved_cost=60)
    return case


@pytest.mark.parametrize(
    ("to", "doer"),
    [
        ("review_necessity", "hejing"),
        ("form_panel", "hejing"),
        ("department_approval", "leizhen"),
        ("platform_approval", "zhoulan"),
    ],
)
def test_every_earlier_step_opens_anew_for_who_did_it(story: Story, to: str, doer: str) -> None:
    case = major_at_the_executive(story)
    give_back(story, case, "gaozhendong", "executive_approval", to)
    assert case.waits == [to]
    opened = story.row(case.task(to))
    assert opened.assignee_id == story.person(doer).id
    assert opened.created_at == story.clock.now()
    assert opened.due_at is not None
    assert opened.due_at > story.clock.now()
    assert {job.node_id for job in story.all(select(Job))} == {to}


def test_the_act_is_written_down_and_told(story: Story) -> None:
    case = major_at_the_executive(story)
    task_id = case.task("executive_approval")
    told = len(story.notices("hejing"))
    done = return_task(
        story.platform, story.person("gaozhendong"), task_id, None, "review_necessity", "测算依据不足，请重新核对。"
    )
    row = story.row(task_id)
    assert (row.state, row.action_kind, row.opinion) == ("completed", "return", "测算依据不足，请重新核对。")
    assert done.message.startswith("已退回。已交何静（平台管理部）办理“必要性审查”")
    assert len(story.notices("hejing")) == told + 1
    assert "returned" in story.all(select(Event.kind))


def test_a_vote_is_repeated_by_all(story: Story) -> None:
    case = major_at_the_executive(story)
    give_back(story, case, "gaozhendong", "executive_approval", "expert_review")
    assert case.waits == ["expert_review"] * 5
    for expert in EXPERTS[:4]:
        case.act(expert, "expert_review", "agree")
    assert case.waits == ["department_approval"]  # the departments' opinions stand


def test_the_case_takes_the_drawn_way_again(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel().agreed().approved(approved_cost=30)
    give_back(story, case, "zhoulan", "platform_approval", "review_necessity")
    case.found_necessary().with_panel().agreed().approved(approved_cost=30)
    assert case.waits == ["platform_approval"]


def test_an_opinion_is_required(story: Story) -> None:
    case = story.start().found_necessary()
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        give_back(story, case, "leizhen", "department_approval", "review_necessity", "  ")
    assert list(refused.value.errors) == ["opinion"]


@pytest.mark.parametrize("to", ["verify", "department_approval", "grade_change", "no_such_step", ""])
def test_a_step_that_was_not_done_is_refused(story: Story, to: str) -> None:
    case = story.start().found_necessary()
    with story.nothing_changes(), pytest.raises(Invalid, match="已经办理过的环节"):
        give_back(story, case, "leizhen", "department_approval", to)


def test_a_step_of_an_earlier_round_is_refused(story: Story) -> None:
    """After 补正 the application is judged anew: the step of the round before is no longer before this one."""
    case = story.start(**LARGER).found_necessary().with_panel().agreed()
    give_back(story, case, "leizhen", "department_approval", "review_necessity")
    case.act("hejing", "review_necessity", "return")
    case.act("chensiyuan", "revise", "submit", cost_change=4)
    case.found_necessary()
    with story.nothing_changes(), pytest.raises(NotNow):
        give_back(story, case, "leizhen", "department_approval", "form_panel")


def test_where_the_diagram_does_not_allow_it(story: Story) -> None:
    case = story.start()
    with story.nothing_changes(), pytest.raises(NotNow, match="必要性审查"):
        give_back(story, case, "hejing", "review_necessity", "review_necessity")
    case.found_necessary().approved()
    with story.nothing_changes(), pytest.raises(NotNow, match="下达实施令"):
        give_back(story, case, "hejing", "issue_order", "review_necessity")


def test_anothers_task_an_old_page_a_finished_task(story: Story) -> None:
    case = story.start().found_necessary()
    task_id = case.task("department_approval")
    with story.nothing_changes(), pytest.raises(NotFound):
        give_back(story, case, "chensiyuan", "department_approval", "review_necessity")
    with story.nothing_changes(), pytest.raises(Stale):
        return_task(story.platform, story.person("leizhen"), task_id, 99, "review_necessity", "请核对")


def test_who_did_it_and_left_is_not_given_it_back(story: Story) -> None:
    case = story.start().found_necessary()
    story.suspend("hejing")
    give_back(story, case, "leizhen", "department_approval", "review_necessity")
    opened = story.row(case.task("review_necessity"))
    assert opened.assignee_id is None  # the others of 平台管理部 may claim it


def test_a_return_is_one_commit(story: Story) -> None:
    case = story.start().found_necessary()
    actor, task_id = story.person("leizhen"), case.task("department_approval")
    with story.listening() as said:
        return_task(story.platform, actor, task_id, None, "review_necessity", "请核对")
    assert said.commits == 1


def test_the_drawn_return_goes_to_the_initiator(story: Story) -> None:
    case = story.start().found_necessary()
    task_id = case.task("department_approval")
    complete_task(
        story.platform, story.person("leizhen"), task_id, None, "return", "请补充", PAPERS["department_approval"]
    )
    assert case.waits == ["revise"]
    assert story.row(case.task("revise")).assignee_id == story.person("chensiyuan").id
    assert story.all(select(Task.state).where(Task.id == task_id)) == ["completed"]
