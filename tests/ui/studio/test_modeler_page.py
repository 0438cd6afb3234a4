"""The modeler's page and its dialogs over HTTP: who may open them, and what they tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.conftest import Visitor

As = Callable[[str], Visitor]


def test_the_page_begins_a_draft_and_names_its_state(as_person: As) -> None:
    page = as_person("hejing").text("/studio/change_approval")
    assert "项目变更审批" in page
    assert "草稿，基于第 1 版" in page
    assert 'data-part="diagram/change_approval"' in page
    assert "放弃草稿" in page


def test_its_policy_allows_styles_of_drawings_and_no_code(as_person: As) -> None:
    policy = as_person("hejing").get("/studio/change_approval").headers["Content-Security-Policy"]
    assert "style-src-attr 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy
    assert "style-src 'self';" in policy


def test_only_process_owners_enter(as_person: As) -> None:
    for path in ("", "/impact", "/publish-dialog", "/discard-dialog"):
        assert as_person("chensiyuan").get(f"/studio/change_approval{path}").status_code == 403, path


def test_a_procedure_that_does_not_exist(as_person: As) -> None:
    assert as_person("hejing").get("/studio/no_such_thing").status_code == 404


def test_the_dialogs_say_what_happens_to_whom(as_person: As) -> None:
    owner = as_person("hejing")
    as_person("chensiyuan").start()
    owner.text("/studio/change_approval")
    assert "1 件在办案件仍按各自的版本走完" in owner.text("/studio/change_approval/impact")
    dialog = owner.text("/studio/change_approval/publish-dialog")
    assert "发布第 2 版" in dialog
    assert "1 件，仍按第 1 版走完" in dialog
    assert "与第 1 版没有差别" in dialog
    assert "放弃草稿" in owner.text("/studio/change_approval/discard-dialog")


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("", "项目变更审批 · 流程设计 · 规程"),
        ("/forms", "表单 · 项目变更审批 · 流程设计 · 规程"),
        ("/decisions", "决策表 · 项目变更审批 · 流程设计 · 规程"),
        ("/compare", "对比 · 项目变更审批 · 流程设计 · 规程"),
        ("/tryout", "试运行 · 项目变更审批 · 流程设计 · 规程"),
    ],
)
def test_the_window_says_the_room_and_the_procedure(as_person: As, page: str, title: str) -> None:
    assert f"<title>{title}</title>" in as_person("hejing").text(f"/studio/change_approval{page}")
