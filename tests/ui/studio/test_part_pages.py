"""Pages of forms and tables: who opens them, what they allow a browser, what they answer to scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.boot import ROOT
from tests.ui.conftest import Visitor

Browser = Callable[[str], Visitor]
PATH = "/studio/change_approval"
FORM = (ROOT / "forms/change_approval/application.json").read_text("utf-8")
TABLE = (ROOT / "workflows/change_approval/grade.dmn").read_text("utf-8")


def test_the_lists_lead_to_the_editors(as_person: Browser) -> None:
    owner = as_person("hejing")
    forms, tables = owner.text(f"{PATH}/forms"), owner.text(f"{PATH}/decisions")
    assert f'href="{PATH}/forms/application"' in forms
    assert "提出变更" in forms
    assert f'href="{PATH}/decisions/grade"' in tables
    assert 'data-name="application"' in owner.text(f"{PATH}/forms/application")
    assert 'data-name="grade"' in owner.text(f"{PATH}/decisions/grade")


@pytest.mark.parametrize("path", ["forms/nothing", "decisions/nothing"])
def test_a_part_that_is_not_there_is_not_found(as_person: Browser, path: str) -> None:
    assert as_person("hejing").get(f"{PATH}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["forms", "forms/application", "forms/application/preview", "decisions"])
def test_staff_do_not_open_them(as_person: Browser, path: str) -> None:
    assert as_person("chensiyuan").get(f"{PATH}/{path}").status_code == 403


def test_only_the_preview_may_be_framed_and_only_the_editor_frames(as_person: Browser) -> None:
    owner = as_person("hejing")
    editor = owner.get(f"{PATH}/forms/application").headers
    preview = owner.get(f"{PATH}/forms/application/preview").headers
    assert "frame-src 'self'" in editor["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in editor["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "frame-src" not in preview["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    for headers in (editor, preview):
        assert "style-src 'self'" in headers["Content-Security-Policy"]
        assert "style-src 'unsafe-inline'" not in headers["Content-Security-Policy"]


def test_the_preview_in_json(as_person: Browser) -> None:
    owner = as_person("hejing")
    owner.text(f"{PATH}/forms")
    answer: Any = owner.json(f"{PATH}/forms/preview.json", {"content": FORM}).json
    assert answer["schema"]["components"]
    assert answer["sample"]["contact_phone"] == "13800000000"
    errors: Any = owner.json(f"{PATH}/forms/try.json", {"content": FORM, "data": {}}).json
    assert "change_title" in errors["errors"]


def test_a_table_is_tried_in_json(as_person: Browser) -> None:
    owner = as_person("hejing")
    owner.text(f"{PATH}/decisions")
    values = {"schedule_change": "90"}
    answer: Any = owner.json(
        f"{PATH}/decisions/try.json", {"name": "grade", "content": TABLE, "decision": "grade", "values": values}
    )
    assert answer.status_code == 200
    assert [rule["index"] for rule in answer.json["rules"] if rule["matched"]]


@pytest.mark.parametrize("body", [{}, {"content": 5}, {"content": "<!DOCTYPE x>"}, {"content": "{", "data": {}}])
def test_nonsense_is_answered_in_words(as_person: Browser, body: dict[str, Any]) -> None:
    owner = as_person("hejing")
    owner.text(f"{PATH}/forms")
    for path in ("forms/preview.json", "forms/try.json", "decisions/try.json"):
        assert owner.json(f"{PATH}/{path}", body).status_code in (200, 422)
