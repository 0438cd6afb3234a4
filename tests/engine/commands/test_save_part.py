"""Autosave of drafts: whatever is typed is kept, and nobody's work is overwritten unawares."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands import discard_design, open_design, save_part
from engine.errors import DesignStale, Forbidden, Invalid, NotFound
from engine.models import DesignCopy, DesignPart, ProcedureEvent
from engine.parts import MAX_BYTES
from engine.queries import designs
from tests.fixtures.at_once import at_once, failed
from tests.fixtures.drawing_board import Board
from tests.fixtures.story import KEY, Story


@pytest.fixture
def board(story: Story) -> Board:
    """The draft of 项目变更审批, just opened."""
    return Board(story).open()


def test_a_draft_begins_as_the_live_version(board: Board) -> None:
    view = board.view
    assert (view.base_version, view.live_version, view.revision, view.changed) == (1, 1, 1, 0)
    assert (view.parts[0].kind, view.parts[0].name, view.parts[0].title) == ("diagram", KEY, "项目变更审批")
    titles = {part.name: part.title for part in view.parts if part.kind == "form"}
    assert (titles["necessity"], titles["order"]) == ("必要性审查", "下达实施令")
    assert {part.kind for part in view.parts} == {"diagram", "form", "decision", "scenario"}


def test_opening_again_is_the_same_draft_without_a_writer(board: Board) -> None:
    board.rename_step(by="zhoulan")
    with board.story.listening() as said:
        board.open("zhoulan")
    assert (said.commits, len(said.statements)) == (0, 1)
    assert board.view.revision == 2


def test_a_draft_that_nobody_changed_follows_the_live_version(board: Board) -> None:
    other = Board(board.story)
    other.rename_step()
    other.publish()
    board.open()
    assert (board.view.base_version, board.view.revision) == (2, 1)


def test_saving_bumps_the_part_and_the_draft(board: Board) -> None:
    kept = board.rename_step()
    assert (kept.revision, kept.design_revision) == (2, 2)
    assert (board.view.changed, board.revision("diagram", KEY)) == (1, 2)
    assert "必要性核对" in board.content("diagram", KEY).decode()


def test_autosave_sends_few_statements(board: Board) -> None:
    board.rename_step("第一次")
    text = board.content("diagram", KEY)
    with board.story.listening() as said:
        board.save("diagram", KEY, text + b" ", seen_revision=2)
    assert (said.commits, len(said.statements)) == (1, 3), said.statements


@pytest.mark.parametrize("content", [b"", b"<broken", b"{", b'<html onload="x">', b"\x00"])
def test_a_draft_keeps_whatever_text_there_is(board: Board, content: bytes) -> None:
    board.save("diagram", KEY, content)
    board.save("form", "order", content)
    board.save("decision", "grade", content)
    assert board.content("form", "order") == content
    checked = designs.check_design(board.platform, board.owner(), KEY)
    assert {found.kind for found in checked.findings} == {"diagram", "form", "decision"}


@pytest.mark.parametrize("content", [b"x" * (MAX_BYTES + 1), b"\xff\xfe\x00binary"])
def test_what_is_too_large_or_no_text_is_refused_and_the_draft_kept(board: Board, content: bytes) -> None:
    before = board.content("form", "order")
    with board.story.nothing_changes(), pytest.raises(Invalid, match="没有存上，原来的草稿还在"):
        board.save("form", "order", content)
    assert board.content("form", "order") == before


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a/b", "a.b", "-x", "x" * 61, "a b", "\x00", "con:1"])
def test_names_are_names_of_files_and_nothing_else(board: Board, name: str) -> None:
    with pytest.raises(Invalid, match="名称"):
        board.save("form", name, b"{}", seen_revision=None)
    with pytest.raises(Invalid, match="一个流程只有一张流程图"):
        board.save("diagram", "another", b"<x/>", seen_revision=None)
    with pytest.raises(Invalid, match="没有“handler”这一种内容"):
        board.save("handler", "evil", b"import os", seen_revision=None)


def test_the_second_of_two_is_told_who_saved_and_keeps_his_own(board: Board) -> None:
    mine = board.content("form", "order") + b" "
    board.save("form", "order", mine + b" ", by="zhoulan", seen_revision=1)
    with (
        board.story.nothing_changes(),
        pytest.raises(DesignStale, match="周岚（平台管理部）已于 2026-11-06 09:30") as told,
    ):
        board.save("form", "order", mine, seen_revision=1)
    assert (told.value.by, told.value.revision, told.value.gone) == ("周岚（平台管理部）", 2, False)


def test_by_force_the_other_is_replaced_and_kept_as_a_copy(board: Board) -> None:
    theirs = board.content("form", "order") + b" theirs"
    board.save("form", "order", theirs, by="zhoulan")
    kept = board.save("form", "order", b"{}", seen_revision=1, force=True)
    assert (kept.revision, board.content("form", "order")) == (3, b"{}")
    copy = board.story.one(select(DesignCopy))
    assert (copy.content, copy.reason, copy.author_id) == (theirs, "forced", board.owner("zhoulan").id)


def test_a_save_whose_answer_was_lost_is_repeated_without_a_conflict(board: Board) -> None:
    content = board.content("form", "order") + b" "
    first = board.save("form", "order", content, seen_revision=1)
    assert board.save("form", "order", content, seen_revision=1) == first
    assert board.view.revision == 2


def test_a_part_that_was_removed_meanwhile_is_not_brought_back_unawares(board: Board) -> None:
    with pytest.raises(DesignStale, match="已被删除或改名"):
        board.save("form", "no_longer_there", b"{}", seen_revision=4)
    assert board.save("form", "no_longer_there", b"{}", seen_revision=4, force=True).revision == 1


def test_two_saves_at_once_one_wins_the_other_reads_who(board: Board) -> None:
    people = ["hejing", "zhoulan", "shenyutong"]
    owners = {account: board.owner(account) for account in people}
    acts = [
        lambda a=a: save_part(board.platform, owners[a], KEY, "form", "order", f'{{"by": "{a}"}}'.encode(), 1)
        for a in people
    ]
    results = at_once(acts)
    errors = failed(results)
    assert [type(error) for error in errors] == [DesignStale] * 2
    winner = people[next(i for i, result in enumerate(results) if not isinstance(result, Exception))]
    assert board.content("form", "order") == f'{{"by": "{winner}"}}'.encode()
    assert all(owners[winner].name in str(error) for error in errors)
    assert (board.revision("form", "order"), board.view.revision) == (2, 2)


def test_two_new_parts_of_one_name_at_once(board: Board) -> None:
    acts = [
        lambda a=a: save_part(board.platform, board.owner(a), KEY, "scenario", "first", a.encode(), None)
        for a in ("hejing", "zhoulan")
    ]
    assert [type(error) for error in failed(at_once(acts))] == [DesignStale]
    assert len(board.story.all(select(DesignPart).where(DesignPart.name == "first"))) == 1


def test_saves_of_different_parts_at_once_all_go_through(board: Board) -> None:
    forms = [part.name for part in board.view.parts if part.kind == "form"][:6]
    acts = [lambda f=f: save_part(board.platform, board.owner(), KEY, "form", f, b"{}", 1) for f in forms]
    assert failed(at_once(acts)) == []
    assert board.view.revision == 1 + len(forms)


def test_two_open_at_once_and_there_is_one_draft(story: Story) -> None:
    people = [story.person(account) for account in ("hejing", "zhoulan", "shenyutong")]
    results = at_once([lambda p=p: open_design(story.platform, p, KEY) for p in people])
    assert len(set(results)) == 1


def test_after_discarding_a_save_is_told_who_and_when(board: Board) -> None:
    board.rename_step()
    discard_design(board.platform, board.owner("zhoulan"), KEY)
    with pytest.raises(DesignStale, match="周岚（平台管理部）已于 2026-11-06 09:30 放弃这份草稿") as told:
        save_part(board.platform, board.owner(), KEY, "form", "order", b"{}", 1)
    assert told.value.gone


def test_where_there_never_was_a_draft(story: Story) -> None:
    with pytest.raises(NotFound):
        save_part(story.platform, story.person("hejing"), KEY, "form", "order", b"{}", 1)
    with pytest.raises(NotFound, match="没有名为“nothing”的流程"):
        open_design(story.platform, story.person("hejing"), "nothing")


def test_only_process_owners_touch_drafts(board: Board) -> None:
    for act in (
        lambda: board.open("chensiyuan"),
        lambda: board.save("form", "order", b"{}", by="leizhen"),
        lambda: designs.design(board.platform, board.owner("wangjianguo"), KEY),
    ):
        with board.story.nothing_changes(), pytest.raises(Forbidden):
            act()


def test_the_log_tells_of_sittings_not_of_every_autosave(board: Board) -> None:
    def told() -> list[str]:
        return board.story.all(select(ProcedureEvent.kind).order_by(ProcedureEvent.id))

    for text in (b"{}", b"[]", b"{ }"):
        board.save("form", "order", text)
    assert told() == ["deployed", "opened", "saved"]
    board.save("form", "order", b"{  }", by="zhoulan")
    board.story.clock.advance(timedelta(hours=1))
    board.save("form", "order", b"{   }", by="zhoulan")
    assert told() == ["deployed", "opened", "saved", "saved", "saved"]
