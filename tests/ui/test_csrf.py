"""Forged requests are refused, and an honest person whose page grew old loses nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine.models import Instance, Person
from engine.platform import Platform
from tests.ui.conftest import APPLICATION, Visitor

EXPIRED = "页面已过期，请刷新后重试；已填写的内容保存在本机。"


@pytest.mark.parametrize("token", ["", "wrong", "错"])
def test_scripts_with_a_wrong_token_are_refused(
    platform: Platform, as_person: Callable[[str], Visitor], token: str
) -> None:
    visitor = as_person("chensiyuan")
    headers = {"Accept": "application/json", "X-CSRF-Token": token.encode().decode("latin-1")}
    answer = visitor.client.post("/start/change_approval", json={"data": APPLICATION}, headers=headers)
    assert answer.status_code == 403
    assert answer.json == {"message": EXPIRED}
    with platform.database.read() as session:
        assert session.scalar(select(Instance.id)) is None


def test_a_plain_form_gets_its_words_back(platform: Platform, as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    fields = {"csrf_token": "wrong", "theme": "dark", "note": "写了很久的话", "password": "geheim"}
    answer = visitor.client.post("/preferences", data=fields, headers={"Referer": "http://localhost/mine"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "页面已过期" in page
    assert "写了很久的话" in page
    assert "geheim" not in page
    assert 'href="/mine"' in page
    with platform.database.read() as session:
        assert session.scalar(select(Person.theme).where(Person.account == "chensiyuan")) == "auto"


def test_the_way_back_never_leads_to_another_site(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    answer = visitor.client.post("/preferences", data={"theme": "dark"}, headers={"Referer": "http://evil.example/"})
    assert "evil.example" not in answer.get_data(as_text=True)


def test_the_sign_in_form_is_protected_too(visitor: Visitor) -> None:
    visitor.get("/sign-in")
    visitor.token = "wrong"
    answer = visitor.form("/sign-in", account="zhoulan", password="guicheng-demo")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "zhoulan" in page
    assert "guicheng-demo" not in page
    assert visitor.get("/inbox").status_code == 303


def test_the_token_of_another_session_is_worthless(as_person: Callable[[str], Visitor]) -> None:
    one, other = as_person("chensiyuan"), as_person("hejing")
    other.token = one.token
    assert other.form("/sign-out").status_code == 400
    assert other.get("/inbox").status_code == 200


def test_reading_needs_no_token(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    visitor.token = ""
    assert visitor.get("/inbox").status_code == 200


def test_the_right_token_passes_as_header_and_as_field(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    assert visitor.json("/preferences", {"theme": "dark"}).status_code == 204
    assert visitor.form("/preferences", theme="light").status_code == 303
    assert 'data-bs-theme="light"' in visitor.text("/mine")
