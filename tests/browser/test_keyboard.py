"""Working without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.backstage import APPROVAL, Backstage
from tests.browser.person import Person

Come = Callable[..., Person]


def test_moving_in_the_inbox(come: Come, backstage: Backstage) -> None:
    for title in ("键盘第一件", "键盘第二件"):
        backstage.at_approval(title)
    lei = come("leizhen")
    lei.open("/inbox?q=键盘第")
    rows = lei.page.locator("tbody tr")
    expect(rows).to_have_count(2)
    for key, at in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        lei.page.keyboard.press(key)
        expect(rows.nth(at)).to_have_class(re.compile("is-cursor"))
        expect(lei.page.locator(".is-cursor")).to_have_count(1)
    title = rows.nth(0).get_by_role("link").first.inner_text()
    lei.page.keyboard.press("Enter")
    expect(lei.page.locator("main h1")).to_have_text(title)


def test_single_keys_and_where_they_rest(come: Come) -> None:
    he = come("hejing")
    he.open("/inbox")
    he.page.keyboard.press("?")
    expect(he.dialog).to_contain_text("快捷键")
    he.page.keyboard.press("Escape")
    expect(he.dialog).to_have_count(0)
    he.page.keyboard.press("/")
    search = he.page.get_by_role("searchbox", name="搜索编号、标题、姓名").first
    expect(search).to_be_focused()
    he.page.keyboard.type("j?c/大屏")
    expect(search).to_have_value("j?c/大屏")
    expect(he.dialog).to_have_count(0)
    he.page.keyboard.press("Escape")
    expect(search).not_to_be_focused()
    he.page.keyboard.press("g")
    he.page.keyboard.press("m")
    he.page.wait_for_url("**/started")
    he.page.keyboard.press("c")
    he.page.wait_for_url("**/start")


def test_agreeing_by_keyboard_shows_the_effect_first(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("用键盘同意")
    task = backstage.task(case, "leizhen")
    lei = come("leizhen")
    lei.open(f"/tasks/{task}")
    lei.fill(
        {
            "批准费用上限": APPROVAL["approved_cost"],
            "批准完工日期": APPROVAL["approved_end_date"],
            "实施窗口": APPROVAL["window"],
            "是否签订补充协议": APPROVAL["agreement"],
        }
    )
    lei.opinion("同意。")
    lei.page.keyboard.press("Control+Enter")
    expect(lei.dialog).to_contain_text("下达实施令")
    lei.page.keyboard.press("Escape")
    expect(lei.dialog).to_have_count(0)
    assert lei.page.url.endswith(f"/tasks/{task}")
    lei.page.keyboard.press("Control+Enter")
    lei.page.keyboard.press("Control+Enter")
    expect(lei.toast).to_contain_text("下达实施令")


def test_returning_by_keyboard_never_skips_its_dialog(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("用键盘退回")
    lei = come("leizhen")
    lei.open(f"/tasks/{backstage.task(case, 'leizhen')}")
    lei.page.locator("body").press("r")
    expect(lei.dialog.locator("textarea")).to_be_focused()
    lei.page.keyboard.type("请补充。，再说明")
    lei.page.keyboard.press("Escape")
    expect(lei.dialog).to_have_count(0)
    expect(lei.page.locator("[data-kind=return]")).to_be_focused()


def test_the_first_tab_skips_to_the_content(come: Come) -> None:
    he = come("hejing")
    he.open("/inbox")
    he.page.keyboard.press("Tab")
    skip = he.page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    he.page.keyboard.press("Enter")
    expect(he.page.locator("main")).to_be_focused()


def test_focus_is_always_seen(come: Come) -> None:
    he = come("hejing")
    for path in ("/inbox", "/start/change_approval", "/mine"):
        he.open(path)
        for _step in range(24):
            he.page.keyboard.press("Tab")
            assert focus_is_visible(he.page), he.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def focus_is_visible(page: Page) -> bool:
    """The focused element, or what stands for it, has an outline, a shadow or a border of its own."""
    seen: bool = page.evaluate(
        """() => {
            const shown = (one) => {
                const style = getComputedStyle(one);
                const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                return ring || style.boxShadow !== 'none';
            };
            let one = document.activeElement;
            for (let up = 0; one && up < 4; up += 1, one = one.parentElement) if (shown(one)) return true;
            return document.activeElement === document.body;
        }"""
    )
    return seen
