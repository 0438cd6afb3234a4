"""The server dies in the middle of a case and comes back: nobody signs in again, nothing written is lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.backstage import Backstage
from tests.browser.person import Person
from tests.browser.server import Server

Come = Callable[..., Person]
TITLE = "断电也不丢"


def test_a_killed_server_loses_nothing(come: Come, own_server: Server) -> None:
    with_backstage = Backstage(own_server.data_dir)
    case = with_backstage.at_vote(TITLE)
    zhang = come("zhangweimin", at=own_server)
    zhang.open(f"/tasks/{with_backstage.task(case, 'zhangweimin')}")
    with_backstage.close()
    zhang.fill({"技术可行性": "修改后可行", "费用合理性": "偏高"})
    zhang.opinion("断电前写下的意见。")
    expect(zhang.page.locator("[data-autosave]")).to_contain_text("已自动保存")

    own_server.kill()
    with zhang.watch.server_gone():
        zhang.fill({"风险可控性": "可控", "本人与申请人、承建单位没有利害关系": True})
        zhang.act("同意")
        expect(zhang.page.locator(".g-notice--danger")).to_contain_text("连不上")
        expect(zhang.page.locator("#opinion")).to_have_value("断电前写下的意见。")
        own_server.start()
    zhang.page.reload()
    zhang.settle()
    expect(zhang.page.locator("#opinion")).to_have_value("断电前写下的意见。")
    expect(zhang.form.field("风险可控性").get_by_label("可控", exact=True)).to_be_checked()
    zhang.done("同意")

    # and the case goes on where it stood
    fengbo = come("fengbo", at=own_server)
    fengbo.take(TITLE, "专家论证")
    expect(fengbo.page.locator("main")).to_contain_text(TITLE)
    chen = come("chensiyuan", at=own_server)
    chen.open(f"/cases/{case}")
    expect(chen.page.locator(".g-notice").first).to_contain_text("冯博")
