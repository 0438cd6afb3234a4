"""试运行 of a draft: what the page is told, and that nothing is written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.db import Base
from engine.errors import Forbidden, Invalid, NotFound, PartsRefused
from engine.queries.tryout import keep_run, scenario_states, try_out
from tests.engine.tryout.trial import do, start
from tests.fixtures.drawing_board import Board
from tests.fixtures.story import KEY, LARGER, Story

NECESSITY = do("review_necessity", "hejing", "approve")


@pytest.fixture
def board(story: Story) -> Board:
    """The draft is open."""
    return Board(story).open()


def played(board: Board, *steps: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What the page is told of a run."""
    run = {"start": start(**changes), "steps": list(steps)}
    return try_out(board.platform, board.owner(), KEY, {}, run)


def rows(board: Board) -> dict[str, int]:
    """How many rows every table has."""
    with board.platform.database.read() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_nothing_is_written(board: Board) -> None:
    before = rows(board)
    run = {
        "start": start(),
        "steps": [
            NECESSITY,
            do("department_approval", "leizhen", "department_approved"),
            do("issue_order", "hejing", "submit"),
            do("implement", "qiancheng", "submit"),
            do("verify", "zhongxiaoyan", "pass"),
        ],
    }
    state = try_out(board.platform, board.owner(), KEY, {}, run)
    assert (state["state"], state["outcome_words"]) == ("completed", "已办结")
    keep_run(board.platform, board.owner(), KEY, {}, run, "一般变更")
    scenario_states(board.platform, board.owner(), KEY, {})
    assert rows(board) == before
    assert board.story.project("XM-2026-03").revision == 1


def test_before_the_start_it_offers_the_start_form_and_who_may_start(board: Board) -> None:
    state = try_out(board.platform, board.owner(), KEY, {}, None)
    assert state["state"] == "new"
    assert state["now"] == {"at": "2026-11-06T09:30+08:00", "text": "2026-11-06 09:30", "weekday": "周五"}
    names = {person["name"] for person in state["start"]["people"]}
    assert {"陈思远", "钱程"} <= names
    assert "张伟民" not in names
    assert state["start"]["form"]["components"]


def test_an_open_item_has_its_form_its_people_its_acts_and_its_deadline(board: Board) -> None:
    state = played(board)
    (item,) = state["items"]
    assert (item["node"], item["name"], item["holder"]) == ("review_necessity", "必要性审查", None)
    assert [person["name"] for person in item["people"]] == ["周岚", "何静", "许文博"]
    assert [act["label"] for act in item["acts"]] == ["通过", "退回", "驳回"]
    assert item["due"]["text"] == "2026-11-11 17:30"
    assert state["forms"][item["form"]]["components"]
    assert state["can_withdraw"] is True
    assert state["marks"]["focus"] == "review_necessity"
    assert state["marks"]["nodes"]["review_necessity"]["state"] == "current"
    assert [timer["text"] for timer in state["timers"]] == ["提醒“必要性审查”", "“必要性审查”到期"]


def test_a_vote_has_an_item_and_a_scope_for_each(board: Board) -> None:
    state = played(board, NECESSITY, do("form_panel", "hejing", "submit"), **LARGER)
    assert [item["name"] for item in state["items"]] == ["专家论证"] * 3 + ["部门意见"]
    assert state["marks"]["nodes"]["expert_review"]["pill"] == "会签 0/3"
    assert [scope["name"] for scope in state["variables"]][:2] == ["流程", "专家论证 第 1 个"]
    changed = {row["name"] for row in state["variables"][0]["rows"] if row["changed"]}
    assert {"panel", "panel_size"} <= changed
    assert "change_title" not in changed


def test_a_step_in_error_is_told_and_the_rest_stands(board: Board) -> None:
    state = played(board, do("review_necessity", "hejing", "approve", contract_scope=None))
    assert state["error"]["step"] == 1
    assert set(state["error"]["errors"]) == {"contract_scope"}
    assert state["items"][0]["node"] == "review_necessity"


def test_what_is_not_saved_yet_is_tried_too(board: Board) -> None:
    text = board.content("diagram", KEY).decode().replace('name="必要性审查"', 'name="必要性核对"')
    run = {"start": start(), "steps": []}
    state = try_out(board.platform, board.owner(), KEY, {("diagram", KEY): text.encode()}, run)
    assert state["items"][0]["name"] == "必要性核对"


def test_only_owners_try_drafts(board: Board) -> None:
    with pytest.raises(Forbidden):
        try_out(board.platform, board.owner("chensiyuan"), KEY, {}, None)
    with pytest.raises(NotFound):
        try_out(board.platform, board.owner(), "no_such_procedure", {}, None)


# ---------------------------------------------------------------- scenarios


def kept(board: Board, title: str = "一般变更 到审批") -> str:
    """A run kept as a part of the draft; its name."""
    run = {"start": start(), "steps": [NECESSITY]}
    found = keep_run(board.platform, board.owner(), KEY, {}, run, title)
    board.save("scenario", found.name, found.content)
    return found.name


def test_a_kept_run_is_played_again(board: Board) -> None:
    name = kept(board)
    assert name == "一般变更_到审批"
    state = {one.file: one for one in scenario_states(board.platform, board.owner(), KEY, {})}[name]
    assert (state.title, state.steps, state.ok) == ("一般变更 到审批", 1, True)


def test_a_second_of_the_same_title_has_a_name_of_its_own(board: Board) -> None:
    assert (kept(board), kept(board)) == ("一般变更_到审批", "一般变更_到审批_2")


def test_a_run_of_a_scenario_is_played_in_its_own_organisation(board: Board) -> None:
    name = kept(board)
    board.story.suspend("hejing")
    owner = board.owner("zhoulan")
    run = json.loads(board_content(board, name))
    assert try_out(board.platform, owner, KEY, {}, run)["error"]["step"] == 1
    assert try_out(board.platform, owner, KEY, {}, run, name)["error"] is None
    with pytest.raises(Invalid, match="没有这个场景"):
        try_out(board.platform, owner, KEY, {}, run, "gone")


def board_content(board: Board, name: str) -> bytes:
    """The file of a scenario."""
    return board.content("scenario", name)


def test_a_scenario_that_goes_another_way_blocks_publication_until_it_is_mended(board: Board) -> None:
    name = kept(board)
    board.edit("diagram", KEY, {'necessity = "approve"': 'necessity = "agree"'})
    with pytest.raises(PartsRefused) as refused:
        board.publish()
    told = [found for found in refused.value.parts if found.name == name]
    assert [(found.kind, found.finding.level, found.finding.code) for found in told] == [
        ("scenario", "house", "scenario_failed")
    ]
    assert "应到“变更定级”，现在到了“修改补正”" in told[0].finding.message
