"""已读: notices and tasks that were opened."""

from __future__ import annotations

from engine.commands import mark_read, mark_task_read
from engine.queries.notices import list_notices
from tests.fixtures.story import Story


def unread(story: Story, account: str) -> list[int]:
    """Ids of the notices that a person has not read."""
    return [n.id for n in list_notices(story.platform, story.person(account)).items if not n.read]


def test_one_notice_or_all(story: Story) -> None:
    for _ in range(3):
        story.start().found_necessary()
    first = unread(story, "leizhen")[0]
    mark_read(story.platform, story.person("hejing"), first)
    assert len(unread(story, "leizhen")) == 3  # another's notice is not his to read
    mark_read(story.platform, story.person("leizhen"), first)
    assert first not in unread(story, "leizhen")
    assert len(unread(story, "leizhen")) == 2
    mark_read(story.platform, story.person("leizhen"))
    assert unread(story, "leizhen") == []


def test_opening_a_task_reads_its_notice_once(story: Story) -> None:
    case = story.start().found_necessary()
    task_id, opened = case.task("department_approval"), story.clock.now()
    mark_task_read(story.platform, story.person("leizhen"), task_id)
    assert unread(story, "leizhen") == []
    story.advance(hours=1)
    mark_task_read(story.platform, story.person("leizhen"), task_id)
    assert story.row(task_id).read_at == opened


def test_only_the_holders_look_counts(story: Story) -> None:
    case = story.start().found_necessary()
    mark_task_read(story.platform, story.person("gaozhendong"), case.task("department_approval"))
    assert story.row(case.task("department_approval")).read_at is None
