"""Security headers of every kind of answer."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from tests.ui.conftest import Visitor

PAGES = ("/", "/inbox", "/start/change_approval", "/mine", "/nothing-here", "/tasks/999999")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_locked_down(as_person: Callable[[str], Visitor], path: str) -> None:
    headers = as_person("zhoulan").get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_only_pages_with_diagrams_allow_style_attributes(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    case = visitor.start()
    policy = visitor.get(f"/cases/{case}").headers["Content-Security-Policy"]
    assert "style-src 'self'; style-src-attr 'unsafe-inline'" in policy
    assert "script-src 'self';" in policy


def test_no_page_holds_a_script_or_style_of_its_own(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    case = visitor.start()
    for path in (
        "/",
        "/inbox",
        "/claimable",
        "/done",
        "/started",
        "/start",
        "/start/change_approval",
        f"/cases/{case}",
    ):
        page = visitor.text(path)
        assert " style=" not in page, path
        assert "<style" not in page, path
        assert " onclick=" not in page, path
        assert all('type="application/json"' in tag or " src=" in tag for tag in _scripts(page)), path


def _scripts(page: str) -> list[str]:
    return [part.split(">", 1)[0] for part in page.split("<script")[1:]]


def test_built_assets_are_kept_for_ever_and_other_files_are_not(
    app: Flask, visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "app-1A2B.js").write_text("1")
    (tmp_path / "robots.txt").write_text("")
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    assert "immutable" in visitor.get("/static/dist/app-1A2B.js").headers["Cache-Control"]
    assert "immutable" not in visitor.get("/static/robots.txt").headers["Cache-Control"]
    assert "immutable" not in visitor.get("/static/dist/app-0000.js").headers.get("Cache-Control", "")


def test_downloads_can_do_nothing_in_a_browser(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    file = {"file": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "说明.pdf")}
    headers = {"X-CSRF-Token": visitor.token, "Accept": "application/json"}
    sent = visitor.client.post("/files", data=file, headers=headers)
    assert sent.status_code == 200, sent.get_data(as_text=True)
    assert sent.json is not None
    answer = visitor.get(sent.json["url"])
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
