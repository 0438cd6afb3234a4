"""Findings while drawing: marks on elements, rows below that lead there, also into subprocesses and other parts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.board import Board
from tests.browser.person import Person
from tests.browser.server import Server

pytestmark = pytest.mark.long  # what an editor writes is tested without a browser too

Come = Callable[..., Person]


def test_a_mark_appears_while_drawing_and_leads_to_its_row(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    expect(board.page.locator("[data-studio-verdict]")).to_have_text("可以发布，1 条提醒")
    board.select("graded")
    board.page.keyboard.press("Delete")
    expect(board.mark("set_vote_rule")).to_be_visible()
    expect(board.page.locator("[data-studio-verdict]")).to_contain_text("个错误，暂不能发布")
    expect(board.page.get_by_role("button", name="发布", exact=True)).to_have_attribute("aria-disabled", "true")
    board.mark("set_vote_rule").click()
    expect(board.findings.filter(has_text="论证规则").first).to_have_class("is-cursor")
    expect(board.shape("set_vote_rule")).to_have_class(re.compile(r"\bselected\b"))
    board.page.keyboard.press("Control+z")
    expect(board.mark("set_vote_rule")).to_have_count(0)
    expect(board.page.locator("[data-studio-verdict]")).to_have_text("可以发布，1 条提醒")
    board.save()


def test_f8_walks_through_them_and_ctrl_enter_checks(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.select("graded")
    board.page.keyboard.press("Delete")
    board.select("necessity_decided")
    board.page.keyboard.press("Delete")
    expect(board.mark("set_vote_rule")).to_be_visible()
    expect(board.mark("grade_change")).to_be_visible()
    board.page.keyboard.press("F8")
    expect(board.page.locator("[data-finding].is-cursor")).to_have_attribute("data-finding", "0")
    board.page.keyboard.press("F8")
    expect(board.page.locator("[data-finding].is-cursor")).to_have_attribute("data-finding", "1")
    with board.page.expect_response("**/check"):
        board.page.keyboard.press("Control+Enter")
    board.page.keyboard.press("Control+z")
    board.page.keyboard.press("Control+z")
    board.save()


def test_publishing_is_stopped_by_findings(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.select("graded")
    board.page.keyboard.press("Delete")
    expect(board.mark("set_vote_rule")).to_be_visible()
    board.page.get_by_role("button", name="发布", exact=True).click(force=True)  # it only says that it is disabled
    expect(board.findings.first).to_be_visible()
    expect(board.person.dialog).to_have_count(0)
    board.page.keyboard.press("Control+z")
    board.save()


def test_a_finding_inside_a_subprocess_opens_its_plane(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.page.get_by_role("button", name="打开“实施与验证”").click()
    expect(board.shape("verify")).to_be_visible()
    board.select("implementation_rolled_back")
    board.page.keyboard.press("Delete")
    row = board.findings.first
    expect(row).to_be_visible()
    board.page.locator(".bjs-crumb").first.click()
    expect(board.mark("implementation")).to_be_visible()
    row.get_by_role("button", name="定位").click()
    expect(board.shape("implementation")).to_be_hidden()
    expect(board.page.locator("g.djs-element.selected")).to_have_count(1)
    board.page.keyboard.press("Control+z")
    board.save()


def test_what_has_no_name_is_called_by_its_kind_and_names_are_only_text(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    whole = board.stored()
    part = f"/studio/{board.key}/parts/diagram/{board.key}"
    evil = "&lt;img src=x onerror=&quot;document.title=1&quot;&gt;"
    hostile = whole.replace('name="项目变更审批"', 'name=""').replace('name="汇总意见"', f'name="{evil}"')
    hostile = re.sub(r'guicheng:prefix="[^"]*"', "", hostile)
    board.page.goto("/mine")
    board.put(part, hostile, int(board.person.context.request.get(part).headers["x-revision"]))
    board.open()
    row = board.findings.filter(has_text="没有编号前缀")
    expect(row).to_contain_text("泳池 · 流程")
    row.get_by_role("button", name="设置案件").click()  # the process is drawn as its pool
    expect(board.page.get_by_label("编号前缀")).to_be_focused()
    expect(board.shape("collect_opinions")).to_contain_text("<img")
    expect(board.page.locator("img")).to_have_count(0)
    board.page.goto("/mine")
    board.put(part, whole, int(board.person.context.request.get(part).headers["x-revision"]))


def test_lint_is_a_hint_and_stops_nothing(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.rename("collect_opinions", "")
    hint = board.findings.filter(has_text="没有名称，请写明这里做什么")
    expect(hint).to_contain_text("提醒")
    expect(hint).to_contain_text("脚本任务")
    board.page.keyboard.press("Control+z")
    board.save()


def test_a_finding_leads_to_what_mends_it(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    whole = board.stored()
    part = f"/studio/{board.key}/parts/diagram/{board.key}"
    revision = int(board.person.context.request.get(part).headers["x-revision"])
    board.page.goto("/mine")  # so that the page does not take it over by itself
    board.put(part, re.sub(r"<guicheng:deadline due=.= limits.necessity[^>]*/>", "", whole, count=1), revision)
    board.open()
    board.page.get_by_role("button", name="收起属性栏").click()
    row = board.findings.filter(has_text="没有办理时限")
    row.get_by_role("button", name="设置时限").click()
    expect(row).to_have_class("is-cursor")
    expect(board.shape("review_necessity")).to_have_class(re.compile(r"\bselected\b"))
    panel = board.page.locator("[data-properties]")
    expect(panel.get_by_role("button", name="设置时限")).to_be_focused()
    board.page.keyboard.press("Enter")
    expect(row).to_have_count(0)
    board.page.locator("[data-modeler]").press("Control+z")
    board.saved()
    board.put(part, whole, int(board.person.context.request.get(part).headers["x-revision"]))


def test_a_finding_of_a_form_opens_its_page(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    address = "/studio/change_approval/parts/form/necessity"
    form = board.person.context.request.get(address)
    broken = form.text().replace('"textfield"', '"html"', 1).replace('"radio"', '"iframe"', 1)
    board.put(address, broken, int(form.headers["x-revision"]))
    board.page.keyboard.press("Control+Enter")
    row = board.findings.filter(has_text="表单").first
    row.get_by_role("button", name="打开").click()
    board.page.wait_for_url("**/studio/change_approval/forms/necessity*")
    there = board.person.context.request.get(address)
    board.put(address, form.text(), int(there.headers["x-revision"]))


def test_whom_a_version_affects_stands_beside_the_findings(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.page.get_by_role("tab", name="影响").click()
    expect(board.page.get_by_role("tabpanel")).to_contain_text("仍按各自的版本走完")
