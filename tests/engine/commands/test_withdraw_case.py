"""撤销: the initiator ends his own case while the diagram allows it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine.commands import withdraw_case
from engine.errors import InvalidForm, NotFound, NotNow
from engine.models import Event, Job, Task
from engine.queries.cases import case_page
from tests.fixtures.story import LARGER, Case, Story


def withdraw(story: Story, case: Case, by: str = "chensiyuan", reason: str = "业务已调整，不再需要。") -> None:
    """The case is withdrawn."""
    withdraw_case(story.platform, story.person(by), case.id, reason)


def test_everything_open_is_taken_back(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    actor = story.person("chensiyuan")
    with story.listening() as said:
        done = withdraw_case(story.platform, actor, case.id, "业务已调整，不再需要。")
    assert said.commits == 1
    assert done.message == "流程已撤销"
    assert (case.row.state, case.row.outcome, case.row.ended_at) == ("completed", "withdrawn", story.clock.now())
    assert (case.waits, story.all(select(Job))) == ([], [])
    assert story.all(select(Task.state).where(Task.node_id == "expert_review")) == ["cancelled"] * 3
    assert "case_withdrawn" in story.all(select(Event.kind))


def test_until_the_last_level_has_approved(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel().agreed().approved(approved_cost=30)
    assert case_page(story.platform, story.person("chensiyuan"), case.id).can_withdraw
    case.act("zhoulan", "platform_approval", "platform_approved", approved_cost=30)
    assert not case_page(story.platform, story.person("chensiyuan"), case.id).can_withdraw
    with story.nothing_changes(), pytest.raises(NotNow, match="不能撤销"):
        withdraw(story, case)


def test_not_after_the_end(story: Story) -> None:
    case = story.start()
    withdraw(story, case)
    with story.nothing_changes(), pytest.raises(NotNow, match="已经办结"):
        withdraw(story, case)


@pytest.mark.parametrize("ended", [False, True])
def test_a_strangers_answer_tells_nothing(story: Story, ended: bool) -> None:
    """Whether the case runs, has ended or does not exist: the same words, also for a manager."""
    case = story.start()
    if ended:
        withdraw(story, case)
    answers = set()
    for someone, instance_id in (("zhongxiaoyan", case.id), ("zhoulan", case.id), ("zhongxiaoyan", 404)):
        with story.nothing_changes(), pytest.raises(NotFound) as refused:
            withdraw_case(story.platform, story.person(someone), instance_id, "不要了")
        answers.add(str(refused.value))
    assert len(answers) == 1


@pytest.mark.parametrize("reason", ["", "  \n", "长" * 501])
def test_a_reason_is_required_and_has_a_limit(story: Story, reason: str) -> None:
    case = story.start()
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        withdraw(story, case, reason=reason)
    assert list(refused.value.errors) == ["reason"]
