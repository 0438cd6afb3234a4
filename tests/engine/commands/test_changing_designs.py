"""What else is done to drafts: parts removed and renamed, versions restored, files taken, presence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands import (
    deploy_files,
    discard_design,
    remove_part,
    rename_part,
    restore_version,
    take_copy,
    take_file_version,
    touch_design,
)
from engine.errors import DesignStale, Forbidden, Invalid, NotFound, Refused
from engine.models import DesignCopy
from engine.queries import design_history, designs, versions
from engine.trace import TraceKind
from tests.engine.commands.test_deploy import checkout, edit  # noqa: F401  # a fixture
from tests.fixtures.at_once import at_once, failed
from tests.fixtures.drawing_board import Board
from tests.fixtures.story import KEY, Story


@pytest.fixture
def board(story: Story) -> Board:
    """The draft of 项目变更审批, just opened."""
    return Board(story).open()


# ---------------------------------------------------------------- parts


def test_a_removed_part_is_kept_as_a_copy(board: Board) -> None:
    content = board.content("form", "rollback")
    remove_part(board.platform, board.owner(), KEY, "form", "rollback", 1)
    assert (board.revision("form", "rollback"), board.view.changed, board.view.revision) == (None, 1, 2)
    (copy,) = design_history.copies(board.platform, board.owner("zhoulan"), KEY)
    assert (copy.name, copy.reason, str(copy.replaced_by)) == ("rollback", "removed", "何静（平台管理部）")
    assert design_history.copy_content(board.platform, board.owner(), KEY, copy.id) == ("form", content)
    codes = [found.finding.code for found in designs.check_design(board.platform, board.owner(), KEY).findings]
    assert codes == ["form_missing", "dmn-skipped"]


def test_a_part_that_somebody_saved_since_is_not_removed(board: Board) -> None:
    board.save("form", "order", b"{}", by="zhoulan")
    with board.story.nothing_changes(), pytest.raises(DesignStale, match="周岚"):
        remove_part(board.platform, board.owner(), KEY, "form", "order", 1)


def test_a_renamed_part(board: Board) -> None:
    content = board.content("form", "order")
    rename_part(board.platform, board.owner(), KEY, "form", "order", "work_order")
    assert (board.content("form", "work_order"), board.revision("form", "order")) == (content, None)
    with board.story.nothing_changes(), pytest.raises(Refused, match="已有名为“panel”的一份"):
        rename_part(board.platform, board.owner(), KEY, "form", "work_order", "panel")
    with pytest.raises(NotFound):
        rename_part(board.platform, board.owner(), KEY, "form", "order", "other")
    with pytest.raises(Invalid, match="名称只能用"):
        rename_part(board.platform, board.owner(), KEY, "form", "work_order", "../x")


def test_the_diagram_is_neither_removed_nor_renamed(board: Board) -> None:
    with board.story.nothing_changes():
        with pytest.raises(Invalid, match="流程图不能删除"):
            remove_part(board.platform, board.owner(), KEY, "diagram", KEY, 1)
        with pytest.raises(Invalid, match="不能改"):
            rename_part(board.platform, board.owner(), KEY, "diagram", KEY, "other")


def test_a_copy_is_put_back_and_what_stood_there_is_kept_in_its_turn(board: Board) -> None:
    board.save("form", "order", b'{"theirs": 1}', by="zhoulan")
    board.save("form", "order", b'{"mine": 1}', seen_revision=1, force=True)
    (copy,) = design_history.copies(board.platform, board.owner("zhoulan"), KEY)
    taken = take_copy(board.platform, board.owner("zhoulan"), KEY, copy.id)
    assert (taken.kind, taken.name, board.content("form", "order")) == ("form", "order", b'{"theirs": 1}')
    newest = design_history.copies(board.platform, board.owner(), KEY)[0]
    assert (newest.reason, str(newest.author)) == ("copy", "何静（平台管理部）")
    with board.story.nothing_changes(), pytest.raises(NotFound, match="没有这份副本"):
        take_copy(board.platform, board.owner(), KEY, 999)


def test_everything_that_is_told_has_words(board: Board) -> None:
    assert set(design_history.ACTS) == {str(kind) for kind in TraceKind}


# ---------------------------------------------------------------- versions


def test_an_older_version_is_restored_into_the_draft_and_published_again(board: Board) -> None:
    board.rename_step()
    board.publish()
    first = versions.exported(board.platform, KEY, 1)[1]
    assert restore_version(board.platform, board.owner("zhoulan"), KEY, 1) == 1
    assert (board.view.base_version, board.view.changed) == (2, 1)
    assert designs.draft_parts(board.platform, board.owner(), KEY) == first
    assert board.publish("恢复第 1 版").version == 3
    assert versions.exported(board.platform, KEY, 3)[1] == first


def test_restoring_over_unpublished_work_keeps_it(board: Board) -> None:
    board.save("form", "order", b'{"work": 1}')
    restore_version(board.platform, board.owner("zhoulan"), KEY, 1)
    copy = board.story.one(select(DesignCopy))
    assert (copy.content, copy.reason) == (b'{"work": 1}', "restored")
    with pytest.raises(DesignStale, match="周岚"):  # whoever still has it open is told, not overwritten
        board.save("form", "order", b'{"work": 2}', seen_revision=2)


def test_a_version_that_never_was(board: Board) -> None:
    with board.story.nothing_changes(), pytest.raises(NotFound, match="没有这个流程的第 7 版"):
        restore_version(board.platform, board.owner(), KEY, 7)
    with board.story.nothing_changes(), pytest.raises(NotFound, match="nothing"):
        restore_version(board.platform, board.owner(), "nothing", 1)


# ---------------------------------------------------------------- files and versions from the browser


def test_files_are_offered_where_an_owner_has_published_since_and_never_forced(board: Board, checkout) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    def offered() -> list[tuple[str, str]] | None:
        found = versions.offered_file_version(board.platform, board.owner(), KEY)
        return found.changed if found else None

    board.platform.checkout = checkout
    assert offered() is None  # the live version is these files
    board.rename_step()
    board.publish()
    assert offered() is None  # the files are what the owner has moved on from
    edit(checkout / "forms/change_approval/order.json", "对实施结果负责的人", "负责实施的人")
    with board.story.nothing_changes():
        assert deploy_files(board.platform, checkout)[0].version is None
    assert offered() == [("diagram", KEY), ("form", "order")]
    assert take_file_version(board.platform, board.owner(), KEY) == 2
    assert offered() is None  # taken: it is no news any more
    assert "负责实施的人" in board.content("form", "order").decode()
    assert board.publish("采用文件版本").version == 3
    assert deploy_files(board.platform, checkout)[0].note.endswith("文件没有变化")


def test_files_that_are_not_there(board: Board) -> None:
    with board.story.nothing_changes():
        with pytest.raises(NotFound, match="没有流程 nothing 的文件"):
            take_file_version(board.platform, board.owner(), "nothing")
        with pytest.raises(Invalid):
            take_file_version(board.platform, board.owner(), "../../etc")


# ---------------------------------------------------------------- presence


def test_two_at_once_see_each_other(board: Board) -> None:
    touch_design(board.platform, board.owner(), KEY, f"diagram:{KEY}")
    touch_design(board.platform, board.owner("zhoulan"), KEY, "form:order")
    found = designs.presence(board.platform, board.owner(), KEY)
    assert [(one.name, one.part, one.me) for one in found.editors] == [
        ("何静", f"diagram:{KEY}", True),
        ("周岚", "form:order", False),
    ]
    touch_design(board.platform, board.owner("zhoulan"), KEY, "form:panel")
    assert [one.part for one in board.view.editors] == [f"diagram:{KEY}", "form:panel"]


def test_who_leaves_or_is_not_seen_for_a_while_is_gone(board: Board) -> None:
    touch_design(board.platform, board.owner(), KEY, "")
    touch_design(board.platform, board.owner("zhoulan"), KEY, "")
    touch_design(board.platform, board.owner("zhoulan"), KEY, "", leaving=True)
    assert [one.name for one in board.view.editors] == ["何静"]
    board.story.clock.advance(timedelta(seconds=46))
    assert board.view.editors == []


def test_presence_tells_when_the_draft_is_no_more(board: Board) -> None:
    touch_design(board.platform, board.owner(), KEY, "")
    discard_design(board.platform, board.owner("zhoulan"), KEY)
    for ask in (
        lambda: touch_design(board.platform, board.owner(), KEY, ""),
        lambda: designs.presence(board.platform, board.owner(), KEY),
    ):
        with pytest.raises(DesignStale, match="周岚（平台管理部）已于 2026-11-06 09:30 放弃"):
            ask()
    touch_design(board.platform, board.owner(), KEY, "", leaving=True)


def test_many_present_at_once_beside_a_discard(board: Board) -> None:
    people = [board.owner(account) for account in ("hejing", "shenyutong")]
    acts = [lambda p=p: touch_design(board.platform, p, KEY, "x") for p in people * 3]
    acts.append(lambda: discard_design(board.platform, board.owner("zhoulan"), KEY))
    assert {type(error) for error in failed(at_once(acts))} <= {DesignStale}


def test_other_peoples_drafts_are_no_business_of_staff(board: Board) -> None:
    staff = board.owner("chensiyuan")
    for act in (
        lambda: touch_design(board.platform, staff, KEY, ""),
        lambda: remove_part(board.platform, staff, KEY, "form", "order", 1),
        lambda: rename_part(board.platform, staff, KEY, "form", "order", "x"),
        lambda: discard_design(board.platform, staff, KEY),
        lambda: restore_version(board.platform, staff, KEY, 1),
        lambda: take_file_version(board.platform, staff, KEY),
        lambda: take_copy(board.platform, staff, KEY, 1),
        lambda: design_history.copies(board.platform, staff, KEY),
        lambda: design_history.trace(board.platform, staff, KEY),
    ):
        with board.story.nothing_changes(), pytest.raises(Forbidden):
            act()


def test_the_list_shows_drafts_that_differ(board: Board) -> None:
    with board.platform.database.read() as session:
        assert designs.changed_designs(session) == []
    board.rename_step(by="zhoulan")
    with board.platform.database.read() as session:
        (row,) = designs.changed_designs(session)
    assert (row.key, row.name, row.changed, str(row.updated_by)) == (KEY, "项目变更审批", 1, "周岚（平台管理部）")
