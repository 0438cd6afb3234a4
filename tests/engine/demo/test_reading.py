"""What the player of a demo year sees between acts."""

from __future__ import annotations

from sqlalchemy import select

from engine.demo.reading import moved_since
from engine.models import Instance
from tests.fixtures.story import Story


def test_cases_that_have_got_tasks_are_seen_whoever_has_begun_them(story: Story) -> None:
    assert moved_since(story.platform, 0) == []
    story.start()
    (moved,) = moved_since(story.platform, 0)
    case = story.all(select(Instance))[0]
    assert (moved.instance_id, moved.definition_id, moved.starter) == (case.id, case.definition_id, case.starter_id)
    assert moved_since(story.platform, moved.newest) == []
