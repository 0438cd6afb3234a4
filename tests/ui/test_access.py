"""Who gets in: permissions on every endpoint, sessions that end, addresses that stay at home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from engine.clock import MovableClock
from engine.errors import ConfigurationError
from engine.models import Person
from engine.permissions import Permission
from engine.platform import Platform
from tests.ui.conftest import Visitor
from ui.access import check_endpoints, permission_of
from ui.web import safe_next


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """Addresses are added to it here."""
    return own_app


def test_every_endpoint_declares_a_permission(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert permission_of(app, rule.endpoint) is not None, rule.endpoint


def test_only_these_endpoints_are_open_to_everybody(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    public = {name for name in endpoints if permission_of(app, name) is Permission.PUBLIC}
    assert public == {"static", "auth.sign_in", "auth.do_sign_in", "auth.switch_person", "api.health", "api.ready"}


def test_an_endpoint_without_permission_stops_the_start(app: Flask) -> None:
    app.add_url_rule("/forgotten", endpoint="forgotten", view_func=lambda: "")
    with pytest.raises(ConfigurationError, match="forgotten"):
        check_endpoints(app)


def test_an_endpoint_without_permission_answers_nobody(app: Flask, as_person: Callable[[str], Visitor]) -> None:
    app.add_url_rule("/forgotten", endpoint="forgotten", view_func=lambda: "secret")
    answer = as_person("zhoulan").get("/forgotten")
    assert answer.status_code == 403
    assert "secret" not in answer.get_data(as_text=True)


def test_strangers_are_sent_to_the_sign_in_page_and_back(visitor: Visitor) -> None:
    answer = visitor.get("/inbox?due=late")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/inbox?due%3Dlate"
    assert visitor.sign_in("zhoulan", next="/inbox?due=late").location == "/inbox?due=late"


def test_scripts_are_told_that_the_session_ended(visitor: Visitor) -> None:
    visitor.get("/sign-in")
    answer = visitor.json("/tasks/1/draft", {"data": {}})
    assert answer.status_code == 401
    assert answer.json == {"message": "登录已过期，请重新登录；已填写的内容保存在本机。", "location": "/sign-in"}


def test_fragments_lead_the_whole_page_to_the_sign_in_page(visitor: Visitor) -> None:
    answer = visitor.get("/inbox", HX_Request="true", HX_Current_URL="http://localhost/inbox?due=late")
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/inbox?due%3Dlate"


def test_managers_pages_are_closed_to_others(as_person: Callable[[str], Visitor]) -> None:
    answer = as_person("chensiyuan").get("/cockpit")
    assert answer.status_code == 403
    assert "没有查看这一页的权限" in answer.get_data(as_text=True)
    assert as_person("zhoulan").get("/cockpit").status_code == 200


def test_a_wrong_password_keeps_the_account_and_counts_down(visitor: Visitor) -> None:
    answer = visitor.sign_in("zhoulan", "wrong")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "还可尝试 4 次" in page
    assert 'value="zhoulan"' in page
    assert "wrong" not in page


def test_signing_out_ends_the_session(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("hejing")
    assert visitor.form("/sign-out").location == "/sign-in"
    assert visitor.get("/inbox").status_code == 303


@pytest.mark.parametrize("change", [{"active": False}, {"session_version": 2}])
def test_a_session_dies_with_the_account(
    platform: Platform, as_person: Callable[[str], Visitor], change: dict[str, object]
) -> None:
    visitor = as_person("hejing")
    assert visitor.get("/inbox").status_code == 200
    with platform.database.write() as session:
        session.execute(update(Person).where(Person.account == "hejing").values(**change))
    assert visitor.get("/inbox").status_code == 303


def test_a_session_lasts_one_long_day(clock: MovableClock, as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("hejing")
    clock.advance(timedelta(hours=11))
    assert visitor.get("/inbox").status_code == 200
    clock.advance(timedelta(hours=2))
    assert visitor.get("/inbox").status_code == 303


def test_staying_signed_in_lasts_seven_days(clock: MovableClock, visitor: Visitor) -> None:
    visitor.sign_in("hejing", remember="1")
    clock.advance(timedelta(days=6))
    assert visitor.get("/inbox").status_code == 200
    clock.advance(timedelta(days=2))
    assert visitor.get("/inbox").status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: Visitor) -> None:
    cookie = visitor.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_signing_in_starts_a_fresh_session(visitor: Visitor) -> None:
    visitor.get("/sign-in")
    before = visitor.token
    visitor.sign_in("hejing")
    assert visitor.token != before


@pytest.mark.parametrize(
    ("target", "goes_to"),
    [
        ("/inbox?due=late", "/inbox?due=late"),
        ("/", "/"),
        ("", "/home"),
        (None, "/home"),
        ("//evil.example/", "/home"),
        ("///evil.example/", "/home"),
        ("/\\evil.example/", "/home"),
        ("\\\\evil.example", "/home"),
        ("https://evil.example/", "/home"),
        ("javascript:alert(1)", "/home"),
        ("inbox", "/home"),
        ("/\nSet-Cookie: a=b", "/home"),
        ("/\t/evil.example", "/home"),
    ],
)
def test_only_own_paths_are_gone_on_to(target: str | None, goes_to: str) -> None:
    assert safe_next(target, "/home") == goes_to


@pytest.mark.parametrize("address", ["/inbox?key=%00", "/search?q=a%00b", "/cockpit/cases?department=%00"])
def test_an_address_that_no_database_understands_is_refused(as_person: Callable[[str], Visitor], address: str) -> None:
    answer = as_person("zhoulan").client.get(address)
    assert answer.status_code == 400
    assert "没有读懂这次请求" in answer.get_data(as_text=True)
