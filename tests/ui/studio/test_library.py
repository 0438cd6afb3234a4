"""流程库 and the pages of one procedure: whom they show what, and what their addresses carry."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from engine import regulation
from engine.boot import ROOT
from engine.commands import open_design, save_part
from engine.models import Definition
from engine.parts import read_procedure
from engine.permissions import Actor
from engine.platform import Platform
from tests.ui.conftest import Visitor

Browser = Callable[[str], Visitor]
PAGE = "/procedures/change_approval"


def words(page: str) -> str:
    """What stands on a page, without its markup and its blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2]))


def test_everybody_reads_the_library_by_the_clauses_of_the_regulation(as_person: Browser) -> None:
    page = as_person("zhangweimin").text("/procedures")
    for clause in regulation.clauses():
        assert f'id="clause-{clause.number}"' in page
    assert "已发布 第 1 版" in page
    assert words(page).count("还没有流程") == 46 + 1, "one for each clause, one on the filter"


def test_designers_alone_find_what_changes_procedures(as_person: Browser) -> None:
    owner, other = as_person("hejing").text("/procedures"), as_person("zhangweimin").text("/procedures")
    for mark in ("新建流程", "导入", 'href="/studio/change_approval"', "有草稿"):
        assert mark in owner
        assert mark not in other


def test_the_way_to_the_library(as_person: Browser) -> None:
    assert 'href="/procedures"' in as_person("chensiyuan").text("/start")
    assert 'href="/procedures"' in as_person("chensiyuan").text("/mine")
    side = re.search(
        r'<nav class="g-nav" aria-labelledby="nav-manage">(.*?)</nav>', as_person("hejing").text("/"), re.S
    )
    assert side is not None
    assert re.findall(r'title="([^"]+)"', side[1])[:3] == ["运行总览", "条款追溯", "流程设计"]
    assert "流程设计" not in as_person("chensiyuan").text("/")


def test_filters_stand_in_the_address(as_person: Browser) -> None:
    visitor = as_person("hejing")
    assert "项目变更审批" not in words(visitor.text("/procedures?state=none"))
    assert "项目变更审批" in words(visitor.text("/procedures?q=%E5%8F%98%E6%9B%B4&state=live&chapter=2"))
    assert "没有符合的流程或条款" in visitor.text("/procedures?q=zzz")
    everything = visitor.text("/procedures?state=nonsense&chapter=99")
    assert everything.count('id="clause-') == 47


def test_a_clause_tag_has_the_heading_and_leads_to_its_place(as_person: Browser) -> None:
    for path in ("/start", "/start/change_approval", PAGE):
        assert 'href="/procedures#clause-2.2.3" title="变更论证与审批"' in as_person("chensiyuan").text(path)


def test_an_open_draft_shows_who_changed_it_and_how_many_findings(
    platform: Platform, as_person: Browser, person: Callable[[str], Actor]
) -> None:
    hejing = person("hejing")
    open_design(platform, hejing, "change_approval")
    parts = read_procedure(ROOT, "change_approval")
    assert parts is not None
    broken = parts.diagram.replace(b' guicheng:clauses="2.2.3" guicheng:tally="vote"', b' guicheng:tally="vote"')
    save_part(platform, hejing, "change_approval", "diagram", "change_approval", broken, 1)
    visitor = as_person("zhoulan")
    assert "草稿由 何静" in words(visitor.text("/procedures"))
    assert "1 处待改" in visitor.text(f"{PAGE}/findings")
    assert "草稿由 何静" in words(visitor.text(f"{PAGE}/versions"))
    assert as_person("chensiyuan").get(f"{PAGE}/findings").status_code == 403


def test_the_page_of_a_procedure(as_person: Browser) -> None:
    page = words(as_person("chensiyuan").text(PAGE))
    for mark in (
        "用途和规则",
        "谁办什么，多久办完",
        "紧急 2 个工作日，一般 3 个工作日",
        "发起项目变更审批",
        "退回与撤销",
    ):
        assert mark in page
    assert "时长中位数" not in page, "figures are for managers"
    assert "时长中位数" in words(as_person("zhoulan").text(PAGE))
    assert "发起项目变更审批" not in words(as_person("zhangweimin").text(PAGE))


def test_diagrams_come_with_a_tag_for_the_next_time(as_person: Browser) -> None:
    visitor = as_person("chensiyuan")
    for path in (f"{PAGE}/diagram.bpmn", f"{PAGE}/versions/1/diagram.bpmn"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "application/xml")
        assert visitor.get(path, If_None_Match=answer.headers["ETag"]).status_code == 304


def test_a_form_is_shown_for_reading(as_person: Browser) -> None:
    page = as_person("chensiyuan").text(f"{PAGE}/forms/order")
    assert "data-form data-read-only" in page
    assert "implementer" in page


def test_versions_for_readers_and_for_designers(as_person: Browser) -> None:
    reader, owner = as_person("chensiyuan").text(f"{PAGE}/versions"), as_person("hejing").text(f"{PAGE}/versions")
    assert "第 1 版" in reader
    assert "export.zip" not in reader
    assert "全部案件" not in reader
    assert f"{PAGE}/versions/1/export.zip" in owner
    assert "全部案件" in owner


@pytest.mark.parametrize(
    "path",
    [
        "/procedures/nothing",
        "/procedures/nothing/versions",
        f"{PAGE}/versions/99",
        f"{PAGE}/versions/{'9' * 15}",
        f"{PAGE}/versions/99/diagram.bpmn",
        f"{PAGE}/forms/nothing",
        "/procedures/..%2f..",
        f"/procedures/{'x' * 500}",
    ],
)
def test_what_is_not_there_is_said_in_words(as_person: Browser, path: str) -> None:
    answer = as_person("hejing").get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.get_data(as_text=True)


def test_an_installation_without_procedures(platform: Platform, as_person: Browser) -> None:
    with platform.database.write() as session:
        session.execute(update(Definition).values(status="retired"))
    page = as_person("hejing").text("/procedures")
    assert "第一个流程发布后" in page
    assert page.count('id="clause-') == 47
    assert "第一个流程发布后" in as_person("chensiyuan").text("/procedures")


def test_visitors_who_are_not_signed_in_see_nothing(app: Flask) -> None:
    for path in ("/procedures", PAGE, f"{PAGE}/versions", f"{PAGE}/diagram.bpmn"):
        assert Visitor(app).get(path).status_code in (302, 303, 401)
