"""流程库 at the desk and on the phone: from a clause to its procedure, its duties, forms, versions; new, imported."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.server import Server

Come = Callable[..., Person]
pytestmark = pytest.mark.long
PAGE = "/procedures/change_approval"
DRAWING = Path(__file__).parents[2] / "workflows" / "change_approval" / "change_approval.bpmn"


@pytest.fixture
def owner(come: Come, studio_server: Server) -> Person:
    """何静, a process owner, at her desk."""
    return come("hejing", at=studio_server)


def drawn(page: Page) -> None:
    """The modeler shows its diagram."""
    expect(page.locator("[data-modeler]")).not_to_have_attribute("aria-busy", "true")


def test_from_a_clause_on_any_page_to_the_procedure_that_carries_it_out(come: Come) -> None:
    chen = come("chensiyuan")
    chen.open("/start")
    chen.page.get_by_role("link", name="第2.2.3条", exact=True).click()
    chen.page.wait_for_url("**/procedures#clause-2.2.3")
    clause = chen.page.locator('[id="clause-2.2.3"]')
    expect(clause).to_be_in_viewport()
    expect(clause).to_contain_text("变更论证与审批")
    clause.get_by_role("link", name="项目变更审批").click()
    chen.page.wait_for_url(f"**{PAGE}")
    chen.settle()
    expect(chen.page.locator('[data-element-id="review_necessity"]').first).to_be_visible()
    row = chen.page.locator(".g-raci tr", has_text="核对变更依据")
    expect(row).to_contain_text("紧急 2 个工作日，一般 3 个工作日")
    chen.page.get_by_role("link", name="发起项目变更审批").click()
    chen.page.wait_for_url("**/start/change_approval")


def test_searching_and_filtering_stand_in_the_address(come: Come) -> None:
    gao = come("gaozhendong")
    gao.open("/procedures")
    search = gao.page.get_by_role("searchbox", name="搜索流程、条款")
    search.fill("演练")
    search.press("Enter")
    gao.page.wait_for_url(re.compile("q="))
    clauses = gao.page.locator(".g-lib__clause")
    expect(clauses).not_to_have_count(47)
    assert any("演练" in text for text in clauses.all_inner_texts())
    gao.page.get_by_role("link", name="清除筛选").click()
    gao.page.get_by_role("link", name="第5章 平台安全管理").click()
    expect(gao.page.locator(".g-lib__clause")).to_have_count(9)
    gao.page.go_back()
    expect(gao.page.locator(".g-lib__clause")).to_have_count(47)


def test_a_form_is_opened_for_reading(come: Come) -> None:
    chen = come("chensiyuan")
    chen.open(PAGE)
    chen.page.locator(".g-lib__forms").get_by_role("link", name="下达实施令").click()
    chen.page.wait_for_url(f"**{PAGE}/forms/order")
    chen.settle()
    expect(chen.page.get_by_label("实施要求")).to_have_attribute("readonly", "")
    expect(chen.page.locator(".g-crumb")).to_contain_text("项目变更审批")


def test_versions_can_be_looked_at_and_exported(owner: Person) -> None:
    owner.open(f"{PAGE}/versions")
    with owner.page.expect_download() as download:
        owner.page.get_by_role("link", name="导出").first.click()
    assert download.value.suggested_filename == "change_approval-v1.zip"
    owner.page.get_by_role("link", name="第 1 版").first.click()
    owner.settle()
    expect(owner.page.locator("h1")).to_have_text("项目变更审批 第 1 版")
    expect(owner.page.locator('[data-element-id="review_necessity"]').first).to_be_visible()


def test_a_new_procedure_with_a_clause(owner: Person) -> None:
    owner.open("/procedures")
    owner.page.get_by_role("button", name="新建流程").click()
    owner.dialog.get_by_role("button", name="新建并打开草稿").click()
    expect(owner.dialog.locator("[data-error]:visible")).to_have_count(3)
    owner.dialog.get_by_label("名称").fill("隐蔽工程检查")
    owner.dialog.get_by_label("流程编号").fill("检查")
    owner.dialog.get_by_label("编号前缀").fill("YB")
    owner.dialog.get_by_label("落实的条款").select_option("2.3.1")
    with owner.watch.expecting(422, 400):
        owner.dialog.get_by_role("button", name="新建并打开草稿").click()
        expect(owner.dialog.locator("[data-field=key] [data-error]")).to_contain_text("小写字母")
        owner.dialog.get_by_label("流程编号").fill("acceptance")
        owner.dialog.get_by_role("button", name="新建并打开草稿").click()
        expect(owner.dialog.locator("[data-field=key] [data-error]")).to_contain_text("已由流程“项目验收”使用")
    owner.dialog.get_by_label("流程编号").fill("hidden_works")
    owner.dialog.get_by_role("button", name="新建并打开草稿").click()
    owner.page.wait_for_url("**/studio/hidden_works")
    drawn(owner.page)
    owner.open("/procedures?state=draft")
    row = owner.page.locator('[id="clause-2.3.1"]')
    expect(row).to_contain_text("草稿，未发布")
    expect(row).to_contain_text(re.compile(r"\d+ 处待改"))


def test_a_procedure_that_begins_with_a_drawing(owner: Person) -> None:
    owner.open("/procedures")
    owner.page.get_by_role("button", name="新建流程").click()
    owner.dialog.locator("input[type=file]").set_input_files(DRAWING)
    expect(owner.dialog.get_by_label("名称")).to_be_hidden()
    owner.dialog.get_by_label("流程编号").fill("change_copy")
    owner.dialog.get_by_role("button", name="新建并打开草稿").click()
    owner.page.wait_for_url("**/studio/change_copy")
    drawn(owner.page)


def test_importing_says_what_it_takes_and_leads_to_the_draft(owner: Person, tmp_path: Path) -> None:
    owner.open(f"{PAGE}/versions")
    with owner.page.expect_download() as download:
        owner.page.get_by_role("link", name="导出").first.click()
    bundle = tmp_path / "change_approval.zip"
    download.value.save_as(bundle)
    owner.open("/procedures")
    owner.page.get_by_role("button", name="导入").click()
    owner.dialog.get_by_role("button", name="导入到草稿").click()
    expect(owner.dialog.locator("[data-error]:visible")).to_contain_text("请选择文件")
    broken = {"name": "broken.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04 not a zip"}
    owner.dialog.locator("input[type=file]").set_input_files(broken)
    with owner.watch.expecting(422, 400):
        owner.dialog.get_by_role("button", name="导入到草稿").click()
        expect(owner.dialog.get_by_role("alert")).to_be_visible()
    owner.dialog.locator("input[type=file]").set_input_files(bundle)
    owner.dialog.get_by_role("button", name="导入到草稿").click()
    owner.page.wait_for_url("**/studio/change_approval")
    drawn(owner.page)


def test_on_the_phone_duties_are_a_list_and_nothing_is_edited(come: Come) -> None:
    he = come("hejing", phone=True)
    he.open("/mine")
    he.page.get_by_role("link", name="流程库").click()
    he.page.locator('[id="clause-2.2.3"]').get_by_role("link", name="项目变更审批").click()
    he.settle()
    expect(he.page.locator(".g-raci__list")).to_be_visible()
    expect(he.page.locator(".g-raci")).to_be_hidden()
    expect(he.page.get_by_role("link", name="编辑")).to_be_hidden()
    assert he.overflow() == []


def test_it_prints_without_the_frame(come: Come) -> None:
    chen = come("chensiyuan")
    chen.open(PAGE)
    chen.page.emulate_media(media="print")
    expect(chen.page.locator(".g-side")).to_be_hidden()
    expect(chen.page.locator(".g-lib__tabs")).to_be_hidden()
    chen.page.set_viewport_size({"width": 658, "height": 900})  # what A4 has between its margins
    chen.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(chen.page.locator(".g-raci")).to_be_visible()
    expect(chen.page.locator(".g-raci__list")).to_be_hidden()
    page = chen.page.locator(".g-diagram").bounding_box()
    last = chen.page.locator('[data-element-id="closed"] .djs-visual').first.bounding_box()
    assert page is not None
    assert last is not None
    assert last["x"] + last["width"] < page["x"] + page["width"], "the whole drawing, to its right end"
    chen.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(chen.page.locator(".g-diagram.is-paper")).to_have_count(0)
