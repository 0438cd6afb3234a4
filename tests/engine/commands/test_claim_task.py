"""认领 and 释放."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine.commands import claim_task, release_task
from engine.errors import NotFound, NotNow, TaskTaken
from engine.models import Event
from tests.fixtures.story import LARGER, Story


def test_a_claim_makes_the_task_mine(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    actor, before = story.person("hejing"), story.row(task_id)
    with story.listening() as said:
        claim_task(story.platform, actor, task_id)
    after = story.row(task_id)
    assert (before.assignee_id, after.assignee_id) == (None, actor.id)
    assert after.revision == before.revision + 1
    assert said.commits == 1
    assert story.all(select(Event.kind).order_by(Event.seq))[-1] == "task_claimed"


def test_claiming_twice_changes_nothing(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    claim_task(story.platform, story.person("hejing"), task_id)
    with story.nothing_changes():
        claim_task(story.platform, story.person("hejing"), task_id)


def test_the_slower_one_reads_who_was_faster(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    claim_task(story.platform, story.person("hejing"), task_id)
    with story.nothing_changes(), pytest.raises(TaskTaken, match="何静（平台管理部）已认领这件事项。"):
        claim_task(story.platform, story.person("xuwenbo"), task_id)


def test_who_was_not_asked_finds_nothing_to_claim(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    for someone, wanted in (("leizhen", task_id), ("chensiyuan", task_id), ("hejing", 404)):
        with story.nothing_changes(), pytest.raises(NotFound):
            claim_task(story.platform, story.person(someone), wanted)


def test_a_released_task_can_be_claimed_by_another(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    claim_task(story.platform, story.person("hejing"), task_id)
    release_task(story.platform, story.person("hejing"), task_id)
    assert story.row(task_id).assignee_id is None
    claim_task(story.platform, story.person("xuwenbo"), task_id)
    assert story.row(task_id).assignee_id == story.person("xuwenbo").id


def test_only_its_holder_releases_a_task(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    with story.nothing_changes(), pytest.raises(NotNow):
        release_task(story.platform, story.person("xuwenbo"), task_id)
    claim_task(story.platform, story.person("hejing"), task_id)
    with story.nothing_changes(), pytest.raises(TaskTaken):
        release_task(story.platform, story.person("xuwenbo"), task_id)
    with story.nothing_changes(), pytest.raises(NotFound):
        release_task(story.platform, story.person("leizhen"), task_id)


def test_a_task_of_one_person_cannot_be_released(story: Story) -> None:
    case = story.start().found_necessary()
    with story.nothing_changes(), pytest.raises(NotNow, match="可以转办"):
        release_task(story.platform, story.person("leizhen"), case.task("department_approval"))


def test_a_vote_cannot_be_released(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    with story.nothing_changes(), pytest.raises(NotNow):
        release_task(story.platform, story.person("fengbo"), case.task("expert_review", "fengbo"))
