"""Publishing from the modeler: what changes, whom it leaves alone; the other owner is told; discarding keeps a copy."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.board import Board
from tests.browser.person import Person
from tests.browser.server import Server

Come = Callable[..., Person]


def test_a_version_is_published_and_the_other_owner_is_told(come: Come, studio_server: Server) -> None:
    other = Board(come("zhoulan", at=studio_server)).open()
    board = Board(come("hejing", at=studio_server)).open()
    board.rename("collect_opinions", "汇总各部门意见")
    board.page.get_by_role("button", name="发布", exact=True).click()
    dialog = board.person.dialog
    expect(dialog).to_contain_text("发布“项目变更审批”第 2 版？")
    expect(dialog).to_contain_text("修改 1 处")
    expect(dialog).to_contain_text("仍按第 1 版走完")
    dialog.get_by_role("button", name="发布第 2 版").click()
    expect(dialog).to_contain_text("请填写发布说明")  # without a note nothing happens
    dialog.locator("textarea").fill("汇总意见改称汇总各部门意见。")
    with board.person.watch.expecting(404, 409):  # what the page was still asking about the draft
        dialog.get_by_role("button", name="发布第 2 版").click()
        expect(board.person.toast).to_contain_text("已发布第 2 版")
    with other.person.watch.expecting(409):
        other.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(other.notes).to_contain_text("何静（平台管理部）")
        expect(other.notes).to_contain_text("第 2 版")


def test_an_expired_sign_in_keeps_the_note_and_a_lost_answer_is_asked_again(come: Come, own_server: Server) -> None:
    board = Board(come("zhoulan", at=own_server)).open()
    board.rename("form_panel", "组织专家论证会")
    board.page.get_by_role("button", name="发布", exact=True).click()
    board.person.dialog.locator("textarea").fill("组织论证改称组织专家论证会。")
    board.person.context.clear_cookies()
    with board.person.watch.expecting(401):
        board.person.dialog.locator("[data-ok]").click()
        expect(board.person.dialog).to_contain_text("登录已过期，什么都没有改动")
        board.person.dialog.get_by_role("link", name="重新登录后继续").click()
    board.person.sign_in()
    board.page.wait_for_url(f"**/studio/{board.key}")
    board.ready()
    board.page.get_by_role("button", name="发布", exact=True).click()
    expect(board.person.dialog.locator("textarea")).to_have_value("组织论证改称组织专家论证会。")
    with board.person.watch.server_gone(), board.person.watch.expecting(409):
        board.page.route("**/publish", lambda route: (route.fetch(), route.abort()))
        board.person.dialog.locator("[data-ok]").click()
        expect(board.person.dialog).to_contain_text("没有收到服务器的回应")
        board.page.unroute("**/publish")
        board.person.dialog.locator("[data-ok]").click()
        board.page.wait_for_url("**/procedures")
    expect(board.person.toast).to_contain_text("已发布第")


def test_a_draft_is_discarded_after_a_question(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.rename("form_panel", "不发布的改动")
    board.save()
    board.page.get_by_label("更多", exact=True).click()
    board.page.get_by_role("button", name="放弃草稿").click()
    dialog = board.person.dialog
    expect(dialog).to_contain_text("在服务器上留有副本")
    with board.person.watch.expecting(404, 409):  # what the page was still asking about the draft
        dialog.get_by_role("button", name="放弃 1 处改动").click()
        board.page.wait_for_url("**/procedures")
    expect(board.person.toast).to_contain_text("已放弃草稿")
    board.open()
    assert "不发布的改动" not in board.stored()
