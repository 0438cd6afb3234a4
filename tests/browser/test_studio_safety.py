"""Nothing drawn is lost: a server that dies, a sign-in that expires, two owners on the same diagram."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.board import Board
from tests.browser.person import Person
from tests.browser.server import Server

Come = Callable[..., Person]


def test_a_dead_server_is_waited_for(come: Come, own_server: Server) -> None:
    board = Board(come("hejing", at=own_server)).open()
    own_server.kill()
    with board.person.watch.server_gone():
        board.rename("collect_opinions", "汇总各方意见")
        board.page.keyboard.press("Control+s")
        expect(board.notes).to_contain_text("连不上服务器。改动已保留在本机")
        expect(board.line).to_contain_text("没有存上，正在重试")
        board.rename("form_panel", "组织专家论证")  # one goes on drawing
        own_server.start()
        board.saved(within=45_000)  # by itself
    expect(board.notes).not_to_contain_text("连不上服务器")
    expect(board.line).to_contain_text(re.compile(r"\d\d:\d\d 已保存"))
    assert {"汇总各方意见", "组织专家论证"} <= set(re.findall(r'name="([^"]*)"', board.stored()))


def test_a_window_closed_without_a_server_brings_its_changes_back(come: Come, own_server: Server) -> None:
    board = Board(come("hejing", at=own_server)).open()
    own_server.kill()
    with board.person.watch.server_gone():
        board.rename("collect_opinions", "汇总各方意见")
        board.page.keyboard.press("Control+s")
        expect(board.notes).to_contain_text("连不上服务器")
        board.page.goto("about:blank")
        own_server.start()
    board.open()
    expect(board.notes).to_contain_text(re.compile("已恢复 .* 在本机保留的改动"))
    board.saved()
    assert 'name="汇总各方意见"' in board.stored()


def test_what_was_restored_can_be_discarded(come: Come, own_server: Server) -> None:
    board = Board(come("hejing", at=own_server)).open()
    before = board.stored()
    own_server.kill()
    with board.person.watch.server_gone():
        board.rename("collect_opinions", "不要的名称")
        board.page.keyboard.press("Control+s")
        expect(board.notes).to_contain_text("连不上服务器")
        board.page.goto("about:blank")
        own_server.start()
    board.page.route(
        "**/parts/diagram/**", lambda route: route.abort() if route.request.method == "PUT" else route.continue_()
    )
    with board.person.watch.server_gone():
        board.open()
        board.notes.get_by_role("button", name="放弃这些改动").click()
        expect(board.shape("collect_opinions")).to_contain_text("汇总意见")
    board.page.unroute("**/parts/diagram/**")
    assert board.stored() == before


def test_an_expired_sign_in_keeps_the_drawing(come: Come, studio_server: Server) -> None:
    board = Board(come("zhoulan", at=studio_server)).open()
    board.person.context.clear_cookies()
    with board.person.watch.expecting(401):
        board.rename("collect_opinions", "登录过期时画的")
        board.page.keyboard.press("Control+s")
        expect(board.notes).to_contain_text("登录已过期。改动已保留在本机")
        expect(board.line).to_contain_text("已保留在本机，登录后继续保存")
        board.notes.get_by_role("link", name="重新登录后继续").click()
    board.person.sign_in()
    board.page.wait_for_url(f"**/studio/{board.key}")
    board.ready()
    expect(board.shape("collect_opinions")).to_contain_text("登录过期")
    board.saved()
    assert 'name="登录过期时画的"' in board.stored()


def test_two_owners_are_told_of_each_other(come: Come, studio_server: Server) -> None:
    Board(come("shenyutong", at=studio_server)).open()
    board = Board(come("hejing", at=studio_server)).open()
    expect(board.notes).to_contain_text("沈雨桐（监督管理部）也在改这张图")
    board.notes.get_by_role("button", name="关闭").click()
    with board.page.expect_response("**/presence"):
        board.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(board.notes).to_be_empty()  # told once


def test_what_another_saves_is_taken_over_while_nothing_is_unsaved_here(come: Come, studio_server: Server) -> None:
    first = Board(come("hejing", at=studio_server)).open()
    second = Board(come("zhoulan", at=studio_server)).open()
    first.rename("form_panel", "先改的人改的")
    first.save()
    second.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # instead of waiting 15 s
    expect(second.notes).to_contain_text("已更新为 何静（平台管理部） 保存的内容")
    expect(second.shape("form_panel")).to_contain_text("先改的人改的")


def test_the_later_one_decides_and_nothing_is_overwritten_unseen(come: Come, studio_server: Server) -> None:
    first = Board(come("hejing", at=studio_server)).open()
    second = Board(come("zhoulan", at=studio_server)).open()
    first.rename("count_votes", "何静的统计")
    first.save()
    with second.person.watch.expecting(409):
        second.rename("grade_change", "周岚的定级")
        second.page.keyboard.press("Control+s")
        dialog = second.person.dialog
        expect(dialog).to_contain_text("何静（平台管理部）已经保存了这一份")
    assert "周岚的定级" not in second.stored()
    dialog.get_by_role("button", name="看对方的版本").click()
    expect(second.shape("count_votes")).to_contain_text("何静的统计")
    expect(second.shape("grade_change")).not_to_contain_text("周岚的定级")
    second.notes.get_by_role("button", name="换回我的改动").click()
    expect(second.shape("grade_change")).to_contain_text("周岚的定级")
    second.save()
    assert "周岚的定级" in second.stored()


def test_mine_over_theirs_keeps_theirs_as_a_copy(come: Come, studio_server: Server) -> None:
    first = Board(come("hejing", at=studio_server)).open()
    second = Board(come("zhoulan", at=studio_server)).open()
    first.rename("count_votes", "先保存的")
    first.save()
    with second.person.watch.expecting(409):
        second.rename("grade_change", "后保存的")
        second.page.keyboard.press("Control+s")
        second.person.dialog.get_by_role("button", name="用我的覆盖").click()
    expect(second.person.dialog).to_have_count(0)
    second.saved()
    assert "后保存的" in second.stored()
    assert "先保存的" not in second.stored()


def test_mine_can_be_taken_out_as_a_file(come: Come, studio_server: Server) -> None:
    first = Board(come("hejing", at=studio_server)).open()
    second = Board(come("zhoulan", at=studio_server)).open()
    first.rename("count_votes", "留在服务器上的")
    first.save()
    with second.person.watch.expecting(409):
        second.rename("grade_change", "拿走的")
        second.page.keyboard.press("Control+s")
        with second.page.expect_download() as download:
            second.person.dialog.get_by_role("button", name="把我的另存为文件").click()
    assert download.value.suggested_filename == "change_approval.bpmn"
    assert "拿走的" in download.value.path().read_text("utf-8")
    expect(second.shape("count_votes")).to_contain_text("留在服务器上的")
