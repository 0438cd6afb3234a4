"""Documents on the page of their case, and what a person with restricted rights sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from engine.models import Instance
from engine.platform import Platform
from engine.ports import HandlerContext
from tests.ui.conftest import Visitor

Browser = Callable[[str], Visitor]


@pytest.fixture
def case(platform: Platform, as_person: Browser) -> int:
    """A new change of 陈思远."""
    as_person("chensiyuan").start()
    with platform.database.read() as session:
        return session.scalars(select(Instance.id)).one()


def act(platform: Platform, case: int, port: str, name: str, *what: Any) -> Any:
    """One act of a port on behalf of the case."""
    now = platform.clock.now()
    with platform.database.write() as session:
        instance = session.get_one(Instance, case)
        context = HandlerContext.for_case(session, instance, None, now, platform.files_dir)
        return getattr(getattr(context, port), name)(*what)


def test_documents_can_be_taken_in_each_format_by_whoever_may_see_the_case(
    platform: Platform, as_person: Browser, case: int
) -> None:
    issued = act(platform, case, "documents", "issue", "YSZS", "验收证书", [{"heading": "结论", "text": "合格"}])
    page = as_person("chensiyuan").text(f"/cases/{case}")
    assert "YSZS-2026-0001" in page
    for form, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        address = f"/documents/{issued['id']}.{form}"
        assert address in page
        answer = as_person("chensiyuan").get(address)
        assert answer.status_code == 200
        assert answer.get_data().startswith(begins)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert as_person("qiancheng").get(address).status_code == 404
    assert as_person("chensiyuan").get(f"/documents/{issued['id']}.exe").status_code == 404


def test_restricted_people_see_why_and_cannot_open_a_start_form(
    platform: Platform, as_person: Browser, case: int
) -> None:
    act(platform, case, "accounts", "restrict", "chensiyuan", "考核两次未通过，通过补考后恢复")
    visitor = as_person("chensiyuan")
    assert "考核两次未通过，通过补考后恢复" in visitor.text("/")
    refused = visitor.get("/start/change_approval")
    assert refused.status_code == 403
    assert "暂时不能发起流程" in refused.get_data(as_text=True)
    act(platform, case, "accounts", "lift", "chensiyuan")
    assert "考核两次未通过，通过补考后恢复" not in visitor.text("/").split("通知")[0]
    assert visitor.get("/start/change_approval").status_code == 200


def test_whoever_is_suspended_is_signed_out(platform: Platform, as_person: Browser, case: int) -> None:
    visitor = as_person("chensiyuan")
    assert visitor.get("/").status_code == 200
    act(platform, case, "accounts", "suspend", "chensiyuan", "转借账号")
    assert visitor.get("/").status_code == 303
