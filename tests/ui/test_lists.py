"""The lists: empty and filled, filters in the address, the same answer for htmx and for a plain browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from engine.clock import LOCAL, MovableClock
from tests.ui.conftest import Visitor

EMPTY = {
    "/": "待办都办完了",
    "/inbox": "待办都办完了",
    "/claimable": "没有待认领的事项",
    "/done": "还没有办理过事项",
    "/started": "你还没有发起过流程",
    "/drafts": "没有草稿",
    "/notices": "没有通知",
    "/search": "想找哪一件",
    "/search?q=没有的": "没有找到“没有的”",
    "/inbox?q=没有的": "没有符合条件的待办",
    "/started?state=rejected": "没有符合条件的流程",
    "/done?q=没有的": "已办里没有“没有的”",
}


def test_empty_lists_say_why_and_help_on(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    for path, sentence in EMPTY.items():
        page = visitor.text(path)
        assert sentence in page, path
        assert page.count("<h1") == 1, path


@pytest.fixture
def case(as_person: Callable[[str], Visitor]) -> int:
    """A change that waits for its necessity review."""
    return as_person("chensiyuan").start()


def test_a_new_case_shows_everywhere_it_belongs(as_person: Callable[[str], Visitor], case: int) -> None:
    title = "执法终端离线采集功能调整"
    starter, reviewer, stranger = as_person("chensiyuan"), as_person("hejing"), as_person("limin")
    for path in ("/", "/started", "/started?state=running", "/search?q=离线采集", "/search?q=BG-2026-0001"):
        assert title in starter.text(path), path
    for path in ("/", "/claimable", "/claimable?key=change_approval&department=enforcement&sort=arrived"):
        assert title in reviewer.text(path), path
    for path in ("/", "/inbox", "/claimable", "/started", "/search?q=离线采集"):
        assert title not in stranger.text(path), path
    assert stranger.get(f"/cases/{case}").status_code == 404


def test_a_guessed_deadline_says_so_once(as_person: Callable[[str], Visitor], clock: MovableClock) -> None:
    clock.move_to(datetime(2026, 12, 30, 10, tzinfo=LOCAL))  # nobody knows the holidays of 2027 yet
    as_person("chensiyuan").start()
    read = re.findall(r">([^<>]*暂按周末推算[^<>]*)<", as_person("hejing").text("/claimable"))
    assert read == ["2027-01-05 17:30（暂按周末推算）"] * 2, "once on a desk, once on a phone"


def test_claiming_by_a_plain_form(as_person: Callable[[str], Visitor], case: int) -> None:
    hejing, zhoulan = as_person("hejing"), as_person("zhoulan")
    [address] = set(re.findall(r'action="(/tasks/\d+/claim)"', hejing.text("/claimable")))
    zhoulan.text("/claimable")
    claimed = hejing.form(address)
    assert claimed.status_code == 303
    assert claimed.location == address.removesuffix("/claim")
    assert "已认领，这件现在由你办理" in hejing.text(claimed.location)
    assert "执法终端" in hejing.text("/inbox")
    late = zhoulan.form(address)
    assert late.status_code == 409
    assert "何静" in late.get_data(as_text=True)
    assert "执法终端" not in zhoulan.text("/claimable")


def test_filters_live_in_the_address(as_person: Callable[[str], Visitor], case: int) -> None:
    page = as_person("hejing").text("/claimable?q=终端&department=enforcement&due=week&size=50&page=7")
    links = [address.replace("&amp;", "&") for address in re.findall(r'href="(/claimable\?[^"]*)"', page)]
    assert all("page=" not in address for address in links)  # any change begins at page one
    assert any("due=late" in address and "department=enforcement" in address for address in links)
    assert any("department=" not in address and "due=week" in address for address in links)  # × takes one away
    assert '<input type="hidden" name="department" value="enforcement">' in page
    assert 'href="/claimable">清除全部' in page


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999", "size=7", "due=never", "sort=x"])
def test_nonsense_in_the_address_counts_as_not_given(as_person: Callable[[str], Visitor], query: str) -> None:
    visitor = as_person("hejing")
    for path in ("/inbox", "/claimable", "/done", "/started", "/notices"):
        assert visitor.get(f"{path}?{query}").status_code == 200


def test_words_of_people_are_escaped(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    case = visitor.start(change_title="<script>alert(1)</script>改")
    for path in ("/", "/started", f"/cases/{case}", "/search?q=<script>alert(1)</script>"):
        assert "<script>alert" not in visitor.text(path), path


def test_htmx_gets_the_same_list(as_person: Callable[[str], Visitor], case: int) -> None:
    visitor = as_person("hejing")
    plain = visitor.get("/claimable?due=all").get_data(as_text=True)
    fragment = visitor.get("/claimable?due=all", HX_Request="true").get_data(as_text=True)
    assert 'id="list"' in plain
    assert 'id="list"' in fragment
    assert "执法终端离线采集功能调整" in fragment


def test_notices_are_read_one_by_one_and_all_at_once(as_person: Callable[[str], Visitor], case: int) -> None:
    starter, reviewer = as_person("chensiyuan"), as_person("hejing")
    reviewer.text("/claimable")
    starter.text(f"/cases/{case}")
    assert starter.json(f"/cases/{case}/urge", {}).json == {"location": f"/cases/{case}", "toast": "已催办 3 人"}
    page = reviewer.text("/notices")
    assert "催办：执法终端离线采集功能调整" in page
    [notice] = re.findall(r'name="id" value="(\d+)"', page)
    [goal] = re.findall(r'name="next" value="(/tasks/\d+)"', page)
    assert reviewer.form("/notices/read", id=notice, next=goal).location == goal
    assert "全部标为已读" not in reviewer.text("/notices")
    assert reviewer.form("/notices/read").location == "/notices"
    assert reviewer.form("/notices/read", id=notice, next="https://evil.example/").location == "/notices"


def test_drafts_are_kept_and_thrown_away(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    body = {"data": {"change_title": "视频巡检点位增补"}, "opinion": "", "action": None, "attachments": []}
    saved = visitor.json("/start/change_approval/draft", body)
    assert saved.json is not None
    assert saved.json["saved_at"].startswith("2026-11-06T")
    assert "视频巡检点位增补" in visitor.text("/drafts")
    assert "视频巡检点位增补" in visitor.text("/start/change_approval")
    assert visitor.form("/drafts/discard", key="change_approval", task="").location == "/drafts"
    assert "没有草稿" in visitor.text("/drafts")


def test_my_settings(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    visitor.form("/preferences", theme="dark", single_keys="off")
    page = visitor.text("/mine")
    assert 'data-bs-theme="dark"' in page
    assert 'data-single-keys="off"' in page
    refused = visitor.form("/preferences", theme="pink")
    assert refused.status_code == 422
    assert 'data-bs-theme="dark"' in visitor.text("/mine")
