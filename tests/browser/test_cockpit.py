"""Managers: figures, the cases behind them, and a procedure's diagram with what stands where."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.backstage import Backstage
from tests.browser.person import Person

Come = Callable[..., Person]


def test_every_figure_leads_to_its_cases(come: Come) -> None:
    gao = come("gaozhendong")
    gao.open("/cockpit")
    for label, address in (("进行中", "/cockpit/cases"), ("已超期", "/cockpit/cases?late=1")):
        gao.open("/cockpit")
        stat = gao.page.locator(".g-stats > *").filter(has_text=label).first
        figure = re.search(r"\d+", stat.locator("dd, a").first.inner_text())
        assert figure is not None
        stat.get_by_role("link").click()
        gao.page.wait_for_url(f"**{address}")
        expect(gao.page.locator(".g-crumb")).to_contain_text(f"案件{figure.group()}")
    gao.open("/cockpit")
    expect(gao.page.locator(".g-stats > *").filter(has_text="异常")).to_contain_text("没有异常")
    gao.open("/cockpit/cases?late=1")
    for row in gao.page.locator("tbody tr").all():
        expect(row.locator(".g-due--late, .g-danger").first).to_be_visible()


def test_filters_live_in_the_address(come: Come, backstage: Backstage) -> None:
    backstage.at_approval("总览里找得到")
    gao = come("gaozhendong")
    gao.open("/cockpit/cases")
    search = gao.page.get_by_role("searchbox", name="编号、标题、发起人、部门")
    search.fill("总览里找得到")
    search.press("Enter")
    gao.page.wait_for_url(re.compile("q="))
    expect(gao.row("总览里找得到")).to_have_count(1)
    expect(gao.row("总览里找得到")).to_contain_text("部门负责人审批")
    expect(gao.row("总览里找得到")).to_contain_text("雷震（执法支队）")
    gao.row("总览里找得到").get_by_role("link").first.click()
    expect(gao.page.locator("main h1")).to_have_text("总览里找得到")
    gao.page.go_back()
    expect(gao.page.get_by_role("searchbox", name="编号、标题、发起人、部门")).to_have_value("总览里找得到")
    gao.page.get_by_role("link", name="已结束").click()
    expect(gao.page.locator(".g-empty")).to_contain_text("没有找到")


def test_a_procedure_counts_its_cases_on_the_diagram(come: Come, backstage: Backstage) -> None:
    backstage.at_approval("图上多一件")
    gao = come("gaozhendong")
    gao.open("/cockpit/procedures/change_approval")
    expect(gao.page.locator("main h1")).to_contain_text("项目变更审批")
    node = gao.page.locator('.djs-element[data-element-id="department_approval"]')
    expect(node).to_have_class(re.compile("is-now|is-no"))
    before = int(re.findall(r"(\d+)", node.get_attribute("aria-label") or "")[0])
    backstage.at_approval("图上再多一件")
    gao.page.reload()
    gao.settle()
    expect(node).to_have_attribute("aria-label", re.compile(rf"\b{before + 1}\b"))


def test_staff_do_not_see_the_overview(come: Come) -> None:
    chen = come("chensiyuan")
    chen.open("/")
    expect(chen.page.get_by_role("link", name="运行总览")).to_have_count(0)
    with chen.watch.expecting(403):
        answer = chen.page.goto("/cockpit")
    assert answer is not None
    assert answer.status == 403
    expect(chen.page.locator("main")).to_contain_text("没有查看这一页的权限")
