"""对比: an owner reads what a draft changes, on the drawing and in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.audit import contrast, names
from tests.browser.person import Person
from tests.browser.server import Server

Come = Callable[..., Person]
pytestmark = pytest.mark.long
PATH = "/studio/change_approval"

PUT = """async ([path, edits]) => {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const address = `/studio/change_approval/parts/${path}`;
  const reply = await fetch(address);
  let content = await reply.text();
  for (const [old, now] of edits) {
    if (!content.includes(old)) throw new Error(`not there: ${old}`);
    content = content.replace(old, now);
  }
  const body = JSON.stringify({ content, revision: Number(reply.headers.get("X-Revision")) });
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": token };
  return (await fetch(address, { method: "PUT", headers, body })).status;
}"""
STEP = """<bpmn:userTask id="site_opinion" name="监理意见" camunda:formRef="approve" /><bpmn:sequenceFlow
 id="to_implementation" sourceRef="site_opinion" targetRef="implementation" /><bpmn:subProcess id="implementation" """
SHAPE = """<bpmndi:BPMNShape id="site_opinion_di" bpmnElement="site_opinion"><dc:Bounds x="1371" y="592" width="96"
 height="66" /></bpmndi:BPMNShape><bpmndi:BPMNEdge id="to_implementation_di" bpmnElement="to_implementation">
 <di:waypoint x="1419" y="658" /><di:waypoint x="1419" y="877" /></bpmndi:BPMNEdge>
 <bpmndi:BPMNShape id="implementation_di" """


@pytest.fixture
def owner(come: Come, studio_server: Server) -> Person:
    return come("hejing", at=studio_server)


def edit(page: Page, path: str, *edits: tuple[str, str]) -> None:
    assert page.evaluate(PUT, [path, [list(one) for one in edits]]) == 200


def shape(page: Page, element: str) -> Any:
    return page.locator(f'.g-cmp g.djs-element[data-element-id="{element}"]').first


@pytest.fixture
def page(owner: Person) -> Page:
    """The comparison of a draft with a new step, a new deadline, another rule and another field."""
    page = owner.open(f"{PATH}/compare")
    if page.evaluate("fetch('/studio/change_approval/diff.json').then((reply) => reply.json())")["count"] == 0:
        edit(
            page,
            "diagram/change_approval",
            ('<bpmn:subProcess id="implementation" ', STEP),
            ('<bpmndi:BPMNShape id="implementation_di" ', SHAPE),
            ('due="= limits.necessity"', 'due="3"'),
            ('label="返工" kind="rework" opinion="required"', 'label="返工" kind="rework" opinion="none"'),
        )
        edit(page, "form/approve", ('"批准费用上限"', '"费用上限"'))
        edit(page, "decision/grade", ("<text>&gt;= 10</text>", "<text>&gt;= 12</text>"))
    owner.open(f"{PATH}/compare")
    expect(page.get_by_role("tab", name=re.compile("流程图"))).to_be_visible()
    return page


def test_the_drawing_is_coloured_and_the_list_says_why(page: Page) -> None:
    expect(shape(page, "site_opinion")).to_have_class(re.compile("is-added"))
    expect(shape(page, "review_necessity")).to_have_class(re.compile("is-changed"))
    changed = page.locator('[data-entry="review_necessity"]')
    expect(changed).to_contain_text("用户任务“必要性审查”")
    expect(changed.locator("del")).to_have_text("= limits.necessity 个工作日")
    expect(changed.locator("ins")).to_have_text("3 个工作日")
    added = page.locator('[data-entry="site_opinion"]')
    expect(added).to_contain_text("新增")
    expect(added).to_contain_text("连线 “监理意见” → “实施与验证”")


def test_choosing_an_entry_shows_it_and_choosing_a_shape_finds_its_entry(page: Page) -> None:
    page.locator('[data-entry="verify"] > button').click()
    expect(shape(page, "verify")).to_be_visible()  # on the plane of its subprocess
    expect(shape(page, "verify")).to_have_class(re.compile("is-picked"))
    page.locator('[data-entry="review_necessity"] > button').click()
    expect(shape(page, "review_necessity")).to_have_class(re.compile("is-picked"))
    shape(page, "site_opinion").locator("> .djs-hit").first.click(force=True)
    expect(page.locator('[data-entry="site_opinion"]')).to_have_class(re.compile("is-picked"))


def test_both_drawings_beside_each_other_move_together(page: Page) -> None:
    page.get_by_role("button", name="前后并排").click()
    drawings = page.locator(".g-cmp__drawing")
    expect(drawings).to_have_count(2)
    expect(drawings.nth(0)).to_contain_text("前：第 1 版")
    expect(drawings.nth(1)).to_contain_text("后：草稿")
    expect(drawings.nth(0).locator('g.djs-element[data-element-id="site_opinion"]')).to_have_count(0)
    page.get_by_role("button", name="放大").click()
    places = [page.locator(".g-cmp__drawing").nth(side).locator('g[data-element-id="graded"]').first for side in (0, 1)]
    boxes = [place.bounding_box() for place in places]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["width"] == pytest.approx(boxes[1]["width"], abs=0.1)
    assert boxes[0]["x"] == pytest.approx(boxes[1]["x"], abs=0.5)
    page.get_by_role("button", name="合成一张").click()
    expect(drawings).to_have_count(1)


def test_forms_and_tables_cell_by_cell(page: Page) -> None:
    page.get_by_role("tab", name=re.compile("表单")).click()
    sheet = page.locator('[data-sheet="approve"]')
    expect(sheet.locator("tr.is-changed del")).to_have_text("批准费用上限")
    expect(sheet.locator("tr.is-changed ins")).to_have_text("费用上限")
    expect(sheet.locator("tr.is-same").first).to_be_hidden()
    sheet.get_by_role("button", name=re.compile("没有变化的")).click()
    expect(sheet.locator("tr.is-same").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name=re.compile("表单")).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-sheet="grade"] td.is-changed')).to_have_text(re.compile(">= 10.*>= 12", re.DOTALL))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_is_named_and_readable(page: Page, theme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=theme)
    for tab in ("流程图", "表单", "决策表"):
        page.get_by_role("tab", name=re.compile(tab)).click()
        expect(page.get_by_role("tabpanel")).to_be_visible()
        assert contrast(page) == []
        assert names(page) == []


def test_the_other_way_round(page: Page) -> None:
    page.get_by_role("button", name="对调前后").click()
    page.wait_for_url(re.compile("from=draft&to=1"))
    expect(page.locator('[data-entry="site_opinion"]')).to_contain_text("删除")
    expect(page.locator('.g-ghost[data-ghost="site_opinion"]')).to_contain_text("监理意见")


def test_a_reader_on_the_phone_finds_no_draft(come: Come, studio_server: Server) -> None:
    reader = come("chensiyuan", phone=True, at=studio_server)
    page = reader.open(f"{PATH}/compare")
    expect(page.get_by_text("这个流程只有一个版本，还没有可以对比的")).to_be_visible()
    assert reader.overflow() == []
