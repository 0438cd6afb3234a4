"""Everything that the engine runs can be drawn and set in the browser: what is drawn is what the engine reads."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from engine.bpmn import EventKind, check, parse
from engine.bpmn.model import NodeKind
from tests.browser.board import Board
from tests.browser.panel import Panel
from tests.browser.person import Person
from tests.browser.server import Server
from tests.fixtures.every_kind import every_kind

Come = Callable[..., Person]
pytestmark = pytest.mark.long
KEY = "change_approval"
MORE = "接着画其他元素，或在边框上加事件"


class Pencil:
    """An owner who draws with the pad beside an element and names what he has drawn."""

    def __init__(self, person: Person) -> None:
        self.board = Board(person).open()
        self.panel = Panel(person, KEY, open_page=False)

    @property
    def selected(self) -> str:
        """The id of what is selected."""
        return self.panel.page.locator(".g-propid").inner_text()

    def select(self, element: str) -> None:
        """Click on it, unless it is selected: a second click would take that back."""
        if self.selected != element:
            self.panel.select(element)

    def after(self, element: str, kind: str, name: str) -> str:
        """Draw this kind behind an element, or onto its border; the id of what was drawn."""
        self.select(element)
        self.board.pad(MORE).click()
        self.board.page.locator(".djs-popup").get_by_text(kind, exact=True).click()
        return self.named(element, name)

    def end(self, element: str, name: str) -> str:
        """An end event behind an element."""
        self.select(element)
        self.board.pad("接着画结束事件").click()
        return self.named(element, name)

    def named(self, before: str, name: str) -> str:
        """What has just been drawn gets its name."""
        expect(self.panel.page.locator(".g-propid")).not_to_have_text(before)
        self.panel.write("basics", "name", name)
        expect(self.panel.heading).to_have_text(name)
        return self.selected


def test_what_is_drawn_is_what_the_engine_reads(come: Come, studio_server: Server) -> None:
    person = come("hejing", at=studio_server)
    with person.watch.expecting(422):  # scenarios cannot be played in the middle of drawing
        _draw(Pencil(person))


def _draw(pencil: Pencil) -> None:
    panel = pencil.panel
    call = pencil.after("issue_order", "调用活动", "另案办理")
    panel.pick("call", "called", "项目变更")
    panel.press("call", "同一次发布")
    panel.group("call").locator("[data-rows=call-in]").get_by_role("button", name="添加一项").click()
    panel.write("call", "call-in-name-0", "handed_over")
    panel.feel("call", "call-in-value-0", "upper case(change_title)")
    panel.group("call").locator("[data-rows=call-out]").get_by_role("button", name="添加一项").click()
    panel.write("call", "call-out-name-0", "found")
    panel.feel("call", "call-out-value-0", "grade")

    gateway = pencil.after(call, "包容网关", "需要谁的意见？")
    usual = pencil.end(gateway, "不需要意见")
    asked = pencil.after(gateway, "条件中间捕获事件", "等专家到齐")
    panel.feel("conditional", "when", "count(panel) > 2")
    expect(panel.said("conditional")).to_contain_text("count(panel) > 2 成立时触发。")
    pencil.end(asked, "意见已收")
    pencil.select(gateway)
    panel.group("branches").get_by_role("button", name="到“等专家到齐”", exact=True).click()
    panel.feel("condition", "condition", 'risk = "高"')
    pencil.select(gateway)
    panel.choose("branches", "default-flow", "到“不需要意见”")

    signal = pencil.after("issue_order", "信号边界事件（不中断）", "检查开始")
    panel.choose("signal", "signal", "新建信号")
    panel.write("signal", "signal-name", "年度检查开始")
    expect(panel.said("signal")).to_contain_text("“下达实施令”照常进行")
    pencil.end(signal, "已登记检查")

    guard = pencil.after(call, "补偿边界事件", "撤销另案")
    expect(panel.said("compensation")).to_contain_text("还没有连到补偿活动")
    pencil.select(guard)
    pencil.board.pad("接着画补偿活动").click()
    undoing = pencil.named(guard, "通知另案作废")
    pencil.select(guard)
    expect(panel.said("compensation")).to_contain_text("由“通知另案作废”来做")

    xml = panel.saved(lambda xml: "年度检查开始" in xml and "通知另案作废" in xml and 'default="Flow' in xml)
    assert check(xml.encode()) == []
    drawn = {call, gateway, usual, asked, signal, guard, undoing}
    said = [one for one in panel.findings() if one["kind"] == "diagram"]  # scenarios of before go another way now
    assert [one for one in said if one["level"] == "standard" or one["element_id"] in drawn] == []
    _read(xml, call, gateway, asked, signal, undoing)


def _read(xml: str, call: str, gateway: str, asked: str, signal: str, undoing: str) -> None:
    nodes = parse(xml.encode()).nodes
    called = nodes[call].called
    assert called is not None
    assert (called.key, called.binding) == (KEY, "deployment")
    assert called.inputs == (("handed_over", "= upper case(change_title)"),)
    assert called.outputs == (("found", "= grade"),)
    assert nodes[call].compensated_by == undoing
    assert nodes[undoing].for_compensation
    assert nodes[gateway].kind is NodeKind.INCLUSIVE_GATEWAY
    assert {(flow.condition, flow.default) for flow in nodes[gateway].outgoing} == {
        ('risk = "高"', False),
        (None, True),
    }
    assert nodes[asked].events[0].condition == "count(panel) > 2"
    assert (nodes[signal].event, nodes[signal].events[0].name) == (EventKind.SIGNAL, "年度检查开始")
    assert not nodes[signal].interrupting


def test_each_group_writes_what_the_engine_reads(come: Come, studio_server: Server) -> None:
    person = come("hejing", at=studio_server)
    with person.watch.expecting(422):
        _set(_with_every_kind(person))


def _with_every_kind(person: Person) -> Panel:
    panel = Panel(person, KEY)
    panel.put(every_kind(KEY).decode())
    return panel


def _set(panel: Panel) -> None:
    first = panel.stored()
    panel.select("by_cycle")
    panel.write("timer", "every", "2")
    panel.choose("timer", "every-unit", "天")
    panel.write("timer", "times", "5")
    expect(panel.said("timer")).to_have_text("每 2 天一次，共 5 次，从 2026年12月1日 09:00 起。")
    panel.select("hourly")
    panel.tick("timer", "interrupting")
    expect(panel.said("timer").last).to_contain_text("到第一次就往下走")
    panel.select("letter_came")
    panel.tick("message", "own-key")
    panel.feel("message", "correlation", "letter_number")
    panel.select("send")
    panel.press("message", "由处理器发出")
    panel.pick("handler", "topic", "基线")
    panel.select("raise")
    panel.write("escalation", "escalation-code", "GRAVE")
    panel.select("undo")
    panel.tick("compensation", "wait", on=False)
    panel.choose("compensation", "activity", "这一层里已办完的全部")
    panel.select("again")
    panel.press("repeat", "逐项依次")
    panel.feel("repeat", "collection", "panel")
    panel.select("inspection")
    panel.press("adhoc", "一次办一个")
    panel.tick("adhoc", "cancel-remaining", on=False)
    panel.select("either")
    panel.feel("activation", "activation", "activationCount = 2")
    panel.select("pay")
    panel.tick("running", "job", on=False)
    panel.write("running", "start-quantity", "2")
    panel.select("leap")
    panel.write("link", "link", "去别处")
    expect(panel.said("link")).to_contain_text("还没有同名的链接接入处")
    panel.press("link", "转到末尾")

    xml = panel.saved(lambda xml: "activationCount = 2" in xml and "GRAVE" in xml and 'startQuantity="2"' in xml)
    assert check(xml.encode()) == []
    nodes = parse(xml.encode()).nodes
    assert nodes["by_cycle"].timer is not None
    assert nodes["by_cycle"].timer.text == "R5/2026-12-01T09:00:00/P2D"
    assert nodes["hourly"].interrupting
    assert nodes["letter_came"].events[0].correlation == "= letter_number"
    assert (nodes["send"].topic, nodes["send"].events) == ("change_approval.update_baseline", ())
    assert nodes["raised"].events[0].code == "GRAVE"
    assert (nodes["undo"].events[0].activity, nodes["undo"].events[0].wait) == (None, False)
    assert nodes["again"].standard_loop is None
    assert nodes["again"].multi_instance is not None
    assert (nodes["again"].multi_instance.sequential, nodes["again"].multi_instance.collection) == (True, "= panel")
    assert nodes["inspection"].ad_hoc is not None
    assert (nodes["inspection"].ad_hoc.sequential, nodes["inspection"].ad_hoc.cancel_remaining) == (True, False)
    assert nodes["either"].activation == "activationCount = 2"
    assert (nodes["pay"].is_job, nodes["pay"].start_quantity) == (False, 2)
    assert panel.undo() > 15
    assert panel.saved(lambda xml: xml == first) == first


def test_looking_at_every_kind_changes_nothing_and_speaks_chinese(come: Come, studio_server: Server) -> None:
    person = come("hejing", at=studio_server)
    with person.watch.expecting(422):
        panel = _with_every_kind(person)
        before = panel.stored()
        strange = panel.page.locator(
            "[data-properties] :is(.is-invalid, .has-error), [data-group=refused], [data-group=foreign]"
        )
        for identity in panel.elements():
            panel.select(identity)
            panel.unfold()
            expect(strange).to_have_count(0)
            assert not re.search(r"kind\.|group\.", panel.page.locator("[data-properties]").inner_text()), identity
        expect(panel.page.get_by_role("button", name="撤销", exact=True)).to_be_disabled()
        assert panel.stored() == before
