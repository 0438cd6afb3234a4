"""Files in and out of the modeler: a foreign .bpmn by drop, pictures of the diagram."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.board import Board
from tests.browser.person import Person
from tests.browser.server import Server

pytestmark = pytest.mark.long  # an editor of its own for each; what they write is tested without a browser too

Come = Callable[..., Person]

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn elsewhere -->
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="elsewhere" targetNamespace="http://example.com">
  <process id="foreign" isExecutable="true">
    <startEvent id="begin" name="开始"/><manualTask id="stamp" name="盖章"/>
  </process>
  <bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="foreign">
    <bpmndi:BPMNShape id="s1" bpmnElement="begin">
      <dc:Bounds x="100.5" y="80" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s2" bpmnElement="stamp">
      <dc:Bounds x="200" y="58" width="133" height="91"/></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>
"""
BARE = re.sub(r"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "", FOREIGN, flags=re.S)


def drop(board: Board, name: str, content: str) -> None:
    """Drop a file on the canvas."""
    carried = board.page.evaluate_handle(
        """([name, content]) => {
            const carried = new DataTransfer();
            carried.items.add(new File([content], name));
            return carried;
        }""",
        [name, content],
    )
    board.page.dispatch_event("[data-modeler]", "drop", {"dataTransfer": carried})


def test_a_dropped_diagram_replaces_the_present_one_untouched(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    before = board.stored()
    drop(board, "别处画的.bpmn", FOREIGN)
    expect(board.person.dialog).to_contain_text("用“别处画的.bpmn”替换现在的流程图")
    expect(board.person.dialog).to_contain_text("文件里有 2 个图形")
    board.person.dialog.get_by_role("button", name="替换流程图").click()
    expect(board.shape("stamp")).to_be_visible()
    board.save()
    assert board.stored() == FOREIGN  # its drawing, comments and spaces too
    expect(board.findings.filter(has_text="手工任务").first).to_be_visible()
    board.notes.get_by_role("button", name="换回原来的图").click()
    expect(board.shape("review_necessity")).to_be_visible()
    board.save()
    assert board.stored() == before


def test_comments_stay_where_they_were_when_the_drawing_is_changed(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    commented = FOREIGN.replace("<manualTask", "<!-- 盖章 & <其他> --><manualTask")
    commented = commented.replace("  </process>", "    <!-- last -->\n  </process>") + "<!-- the end -->\n"
    drop(board, "别处画的.bpmn", commented)
    board.person.dialog.get_by_role("button", name="替换流程图").click()
    board.rename("stamp", "加盖公章")
    board.save()
    stored = board.stored()
    assert re.search(r"\?>\s*<!-- drawn elsewhere -->\s*<(\w+:)?definitions", stored)
    assert re.search(r'<!-- 盖章 & <其他> -->\s*<(\w+:)?manualTask id="stamp" name="加盖公章"', stored)
    assert stored.count("<!-- last -->") == 1
    assert stored.endswith("<!-- the end -->\n")
    assert stored.count("<!--") == 4


def test_what_cannot_be_drawn_is_refused_with_a_sentence(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    before = board.stored()
    files = {
        "没有图.bpmn": (BARE, "没有画图的位置信息"),
        "坏的.bpmn": ("<definitions><process", "不是能读的 BPMN 文件"),
        "图片.png": ("\x89PNG", "不是能读的 BPMN 文件"),
        "有声明.bpmn": ('<!DOCTYPE x [<!ENTITY a "b">]>' + FOREIGN, "DOCTYPE"),
        "太大.bpmn": (FOREIGN + " " * (5 * 1024 * 1024), "超过 5 MB"),
    }
    for name, (content, sentence) in files.items():
        drop(board, name, content)
        expect(board.notes).to_contain_text(sentence)
        expect(board.notes).to_contain_text(name)
    expect(board.shape("review_necessity")).to_be_visible()
    assert board.stored() == before


def test_the_file_can_be_chosen_instead(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    board.page.get_by_label("更多", exact=True).click()
    with board.page.expect_file_chooser() as chooser:
        board.page.get_by_role("button", name="放入 .bpmn 文件").click()
    chooser.value.set_files([{"name": "选的.bpmn", "mimeType": "application/xml", "buffer": FOREIGN.encode()}])
    expect(board.person.dialog).to_contain_text("用“选的.bpmn”替换")
    board.person.dialog.get_by_role("button", name="取消").click()
    expect(board.shape("review_necessity")).to_be_visible()


def test_pictures(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    for label, ending in (("导出 SVG 图片", "svg"), ("导出 PNG 图片", "png"), ("导出 .bpmn 文件", "bpmn")):
        board.page.get_by_label("更多", exact=True).click()
        with board.page.expect_download() as download:
            board.page.get_by_role("button", name=label).click()
        assert download.value.suggested_filename.endswith(f".{ending}")
        content = download.value.path().read_bytes()
        if ending == "svg":
            assert "必要性审查".encode() in content
            assert b"var(--" not in content
        if ending == "png":
            assert content.startswith(b"\x89PNG")
            assert int.from_bytes(content[16:20]) > 2000  # pixels wide


def test_a_stored_diagram_that_cannot_be_read_is_said_and_can_be_replaced(come: Come, studio_server: Server) -> None:
    board = Board(come("hejing", at=studio_server)).open()
    address = f"/studio/{board.key}/parts/diagram/{board.key}"
    whole = board.person.context.request.get(address)
    board.put(address, "<definitions><process", int(whole.headers["x-revision"]))
    board.page.goto("/mine")  # so that the page does not take it over by itself
    board.page.goto(f"/studio/{board.key}")
    expect(board.notes).to_contain_text("保存的流程图读不出来")
    expect(board.findings.first).to_be_visible()
    drop(board, "另一张.bpmn", whole.text())
    board.person.dialog.get_by_role("button", name="替换流程图").click()
    expect(board.shape("review_necessity")).to_be_visible()
    board.save()
    assert board.stored() == whole.text()
