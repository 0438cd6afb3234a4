"""Drawing in the studio: palette, pad, menus, keys; everything in Chinese, everything saved by itself."""

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


def test_what_is_drawn_is_saved_and_can_be_undone(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    before = board.stored()
    board.rename("collect_opinions", "汇总各部门意见")
    board.saved()  # by itself, 2 s after the last change
    expect(board.line).to_contain_text("何静（平台管理部）")
    expect(board.line).to_contain_text(re.compile(r"\d\d:\d\d 已保存"))
    expect(board.line).to_contain_text("改动 1 处")
    assert 'name="汇总各部门意见"' in board.stored()
    board.page.keyboard.press("Control+z")
    board.save()
    assert board.stored() == before  # to the last space
    board.page.get_by_role("button", name="重做").click()
    board.save()
    assert 'name="汇总各部门意见"' in board.stored()


def test_a_name_being_typed_is_saved_by_ctrl_s(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.select("issue_order")
    board.page.keyboard.press("e")
    board.page.locator(".djs-direct-editing-content").fill("下达变更实施令")
    board.save()
    assert 'name="下达变更实施令"' in board.stored()


def test_a_long_name_stays_inside_its_box(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    name = "对照合同与现行基线逐项核对变更的必要性、依据材料、费用和工期测算并出具书面审查意见"
    board.rename("review_necessity", name)
    shape = board.page.locator("[data-element-id=review_necessity] .djs-visual")
    expect(shape).to_contain_text(name[:6])
    text, box = shape.locator("text").bounding_box(), shape.locator("rect").first.bounding_box()
    assert text is not None
    assert box is not None
    assert box["y"] <= text["y"]
    assert text["y"] + text["height"] <= box["y"] + box["height"]


def test_the_palette_offers_what_the_engine_runs(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    for name in ("选择", "框选", "连线", "开始事件", "结束事件", "排他网关", "并行网关", "用户任务", "子流程"):
        expect(board.tool(name)).to_be_visible()
    before = board.page.locator("g.djs-shape").count()
    board.tool("用户任务").click()
    box = board.page.locator("[data-modeler]").bounding_box()
    assert box is not None
    board.page.mouse.move(box["x"] + 500, box["y"] + 60)
    board.page.mouse.click(box["x"] + 505, box["y"] + 62)
    expect(board.page.locator("g.djs-shape")).to_have_count(before + 1)
    board.save()
    expect(board.findings.filter(has_text="没有指定办理人").first).to_be_visible()
    board.page.keyboard.press("Control+z")
    board.save()


def test_the_keyboard_alone_places_and_connects(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.select("collect_opinions")
    before = board.page.locator("g.djs-shape").count()
    board.tool("用户任务").focus()
    board.page.keyboard.press("Enter")
    expect(board.page.locator("g.djs-shape")).to_have_count(before + 1)
    board.page.keyboard.press("Control+z")
    board.save()


def test_the_pad_and_the_menu_speak_chinese_and_offer_what_the_engine_runs(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.select("collect_opinions")
    for title in ("接着画用户任务", "接着画网关", "接着画结束事件", "加文字注释", "删除", "连到另一个元素"):
        expect(board.pad(title)).to_be_visible()
    board.pad("更换类型").click()
    menu = board.page.locator(".djs-popup")
    for kind in ("服务任务", "手工任务", "发送任务", "接收任务", "调用活动", "自由子流程（展开）"):
        expect(menu).to_contain_text(kind)
    assert not re.search(r"[A-Za-z]{4,}", menu.inner_text())
    for mark in ("多实例：同时", "多实例：依次", "循环"):
        expect(menu.get_by_title(mark)).to_be_visible()
    board.page.keyboard.press("Escape")


def test_everything_that_may_come_next_is_in_one_menu(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    before = board.stored()
    board.select("collect_opinions")
    board.pad("接着画其他元素，或在边框上加事件").click()
    menu = board.page.locator(".djs-popup")
    expect(menu).to_contain_text("边框上的事件")
    expect(menu).to_contain_text("升级边界事件")
    expect(menu).not_to_contain_text("取消边界事件")  # only a transaction can be called off
    assert not re.search(r"[A-Za-z]{4,}", menu.inner_text())
    menu.get_by_text("信号边界事件", exact=True).click()
    expect(board.page.locator(".g-propname + .g-tag")).to_have_text("边界事件 · 信号")
    board.save()
    assert 'attachedToRef="collect_opinions"' in board.stored()
    board.page.keyboard.press("Control+z")
    board.tool("更多元素").click()
    expect(menu).to_contain_text("复杂网关")
    expect(menu).not_to_contain_text("边框上的事件")
    assert not re.search(r"[A-Za-z]{4,}", menu.inner_text())
    board.page.keyboard.press("Escape")
    board.save()
    assert board.stored() == before


def test_another_kind_takes_along_what_has_an_effect_there(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    before = board.stored()
    board.select("review_necessity")
    board.pad("更换类型").click()
    board.page.locator(".djs-popup").get_by_text("服务任务").first.click()
    board.save()
    changed = board.stored()
    there = changed[changed.index('<bpmn:serviceTask id="review_necessity"') :]
    there = there[: there.index("</bpmn:serviceTask>")]
    assert "核对变更依据和材料是否充分" in there  # what is written for people stays
    assert "guicheng:" not in there
    expect(board.page.locator("[data-group=foreign]")).to_have_count(0)
    board.page.keyboard.press("Control+z")
    board.save()
    assert board.stored() == before


def test_keys(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    pressed = {"l": "连线", "h": "移动画布", "b": "框选", "v": "选择"}
    for key, name in pressed.items():
        board.page.keyboard.press(key)
        expect(board.tool(name)).to_have_attribute("aria-pressed", "true")
    board.page.keyboard.press("?")
    expect(board.person.dialog).to_contain_text("画图")
    board.page.keyboard.press("Escape")
    board.page.keyboard.press("Control+f")
    expect(board.page.get_by_label("在图中查找")).to_be_focused()
    board.page.keyboard.press("Escape")


def test_single_keys_can_be_switched_off(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.page.evaluate("document.documentElement.dataset.singleKeys = 'off'")
    board.page.keyboard.press("l")
    expect(board.tool("选择")).to_have_attribute("aria-pressed", "true")
    board.page.keyboard.press("Control+f")  # keys with Ctrl stay
    expect(board.page.get_by_label("在图中查找")).to_be_focused()


def test_english_for_those_who_read_it(come: Come, studio_server: Server) -> None:
    person = come("shenyutong", at=studio_server)
    person.open("/mine")
    person.page.get_by_text("English", exact=True).click()
    person.page.get_by_role("button", name="保存设置").click()
    board = Board(person).open()
    expect(board.tool("User task")).to_be_visible()
    board.select("collect_opinions")
    expect(board.pad("Append a user task")).to_be_visible()


def test_it_opens_readable_where_the_case_begins(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open(whole=False)
    text = board.shape("review_necessity").locator("text").bounding_box()
    box, start = board.page.locator("[data-modeler]").bounding_box(), board.shape("submit_change").bounding_box()
    assert text is not None
    assert box is not None
    assert start is not None
    assert text["height"] >= 11  # px on the screen
    assert box["x"] < start["x"] < box["x"] + box["width"] / 2
    assert box["y"] < start["y"] < box["y"] + box["height"] / 2
    board.page.get_by_role("button", name="适应窗口").click()
    end = board.shape("closed").bounding_box()
    assert end is not None
    assert end["x"] + end["width"] < box["x"] + box["width"]


def test_the_properties_are_folded_away_and_stay_so(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    narrow = board.page.locator("[data-modeler]").bounding_box()
    board.page.get_by_role("button", name="收起属性栏").click()
    wide = board.page.locator("[data-modeler]").bounding_box()
    assert narrow is not None
    assert wide is not None
    assert wide["width"] == narrow["width"] + 336
    board.open()
    expect(board.page.locator("[data-properties]")).to_be_hidden()
    board.page.get_by_role("button", name="展开属性栏").click()
    expect(board.page.locator("[data-properties]")).to_be_visible()


def test_a_phone_shows_the_diagram_and_says_why_only_that(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", phone=True, at=studio_server)).open()
    expect(board.notes).to_contain_text("在手机上只能查看流程图，修改请用电脑")
    expect(board.shape("review_necessity").first).to_be_visible()
    expect(board.page.locator("[data-palette]")).to_be_hidden()
    assert board.person.overflow() == []


def test_steps_are_found_by_their_chinese_names(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.page.keyboard.press("Control+f")
    board.page.keyboard.insert_text("更新项目基线")  # as an input method does: no key of its own
    expect(board.page.locator(".djs-search-result")).to_have_count(1)
    board.page.keyboard.press("Enter")
    expect(board.shape("update_baseline")).to_have_class(re.compile(r"\bselected\b"))
