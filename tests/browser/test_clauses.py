"""条款追溯: from a chapter over a clause to the case that proves it; by keyboard, on a phone, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.backstage import Backstage
from tests.browser.person import Person

Come = Callable[..., Person]


def test_from_the_chapter_to_the_evidence(come: Come, backstage: Backstage) -> None:
    backstage.at_approval("条款找得到它")
    jiang = come("jianghuaiyuan")
    jiang.open("/cockpit")
    jiang.page.get_by_role("link", name="条款追溯").click()
    tree = jiang.page.get_by_role("navigation", name="章节")
    tree.get_by_text("第2章 平台建设管理").click()
    tree.get_by_text("第2章 平台建设管理").click()
    tree.get_by_role("link", name=re.compile(r"^2\.2\.3")).click()
    expect(jiang.page.locator("main h1")).to_contain_text("变更论证与审批")
    expect(jiang.page.locator("#clause")).to_contain_text("有证据")
    row = jiang.row("条款找得到它")
    expect(row).to_contain_text("必要性审查")
    row.get_by_role("link", name="条款找得到它").click()
    expect(jiang.page.locator("main h1")).to_have_text("条款找得到它")
    jiang.page.go_back()
    jiang.page.locator("#clause").get_by_role("link", name="项目变更审批", exact=True).click()
    jiang.page.wait_for_url("**/procedures/change_approval")


def test_gaps_are_filtered_and_the_year_stays(come: Come) -> None:
    zhou = come("zhoulan")
    zhou.open("/clauses")
    zhou.page.get_by_role("navigation", name="筛选").get_by_role("link", name="有缺口").click()
    zhou.page.wait_for_url(re.compile("show=gaps"))
    tree = zhou.page.get_by_role("navigation", name="章节")
    expect(tree.get_by_role("link")).not_to_have_count(0)
    expect(tree.get_by_role("link", name="有证据")).to_have_count(0)
    zhou.page.locator("summary", has_text="年度").click()
    expect(zhou.page.locator(".g-menu__item[aria-current]")).to_be_visible()


def test_by_keyboard(come: Come) -> None:
    zhou = come("zhoulan")
    zhou.open("/clauses?clause=2.1.1")
    zhou.page.keyboard.press("j")
    zhou.page.keyboard.press("j")
    zhou.page.keyboard.press("Enter")
    expect(zhou.page.locator("main h1")).to_contain_text("第2.1.2条")


def test_the_phone_has_it_without_scrolling_sideways(come: Come) -> None:
    zhou = come("zhoulan", phone=True)
    for address in ("/clauses?clause=2.2.3", "/clauses?show=gaps", "/clauses/report"):
        zhou.open(address)
        width = zhou.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, (address, width)
    zhou.open("/mine")
    zhou.page.get_by_role("link", name="条款追溯").click()
    expect(zhou.page.locator("main h1")).to_be_visible()


def test_paper_and_table(come: Come, tmp_path: Path) -> None:
    zhou = come("zhoulan")
    zhou.open("/clauses")
    with zhou.page.expect_download() as taken:
        zhou.page.get_by_role("link", name="导出 Excel").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    taken.value.save_as(tmp_path / "table.xlsx")
    assert (tmp_path / "table.xlsx").read_bytes().startswith(b"PK")
    zhou.page.get_by_role("link", name="追溯报告").click()
    expect(zhou.page.locator(".g-report__clause")).to_have_count(47)
    zhou.page.emulate_media(media="print")
    expect(zhou.page.get_by_role("button", name="打印")).to_be_hidden()
    expect(zhou.page.locator(".g-side")).to_be_hidden()
