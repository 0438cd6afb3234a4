"""What the publisher decides on: differences in words, cases that go on, a version made meanwhile."""

from __future__ import annotations

import pytest

from engine.errors import Forbidden, NotFound
from engine.queries.releasing import release
from tests.fixtures.drawing_board import Board
from tests.fixtures.story import KEY, Story


@pytest.fixture
def board(story: Story) -> Board:
    return Board(story).open()


def test_a_draft_just_begun_changes_nothing(board: Board) -> None:
    found = release(board.platform, board.owner(), KEY)
    assert (found.live_version, found.next_version, found.total, found.changes) == (1, 2, 0, [])
    assert found.overtaken is None


def test_changes_are_told_part_by_part(board: Board) -> None:
    board.rename_step()
    board.edit("form", "necessity", {"合同范围内": "在合同范围内"})
    found = release(board.platform, board.owner(), KEY)
    assert [change.title for change in found.changes][:1] == ["流程图"]
    assert "修改 1 处" in found.changes[0].text
    assert "用户任务“必要性审查”" in found.changes[0].text
    assert any(change.title.startswith("表单") for change in found.changes)
    assert found.total >= 2


def test_running_cases_are_counted_by_version(board: Board) -> None:
    board.story.start()
    board.rename_step()
    board.publish()
    board.story.start()
    board.story.start()
    again = Board(board.story).open()
    found = release(again.platform, again.owner(), KEY)
    assert [(one.version, one.running_cases) for one in found.versions] == [(2, 2), (1, 1)]
    assert (found.running, found.next_version) == (3, 3)


def test_without_a_draft_or_the_right(story: Story) -> None:
    board = Board(story)
    with pytest.raises(NotFound):
        release(board.platform, board.owner(), KEY)
    with pytest.raises(Forbidden):
        release(board.platform, story.person("chensiyuan"), KEY)
