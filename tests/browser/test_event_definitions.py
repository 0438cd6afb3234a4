"""What an owner sets of a file that is more than one thing: several definitions of an event, what the instances of an
activity tell its border, what a procedure takes from its caller."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from engine.bpmn import EventKind, check, parse
from engine.variables import Sources, known_variables
from tests.browser.panel import Panel
from tests.browser.person import Person
from tests.browser.server import Server
from tests.fixtures.every_kind import every_kind

Come = Callable[..., Person]
pytestmark = pytest.mark.long
KEY = "change_approval"


def opened(person: Person) -> Panel:
    panel = Panel(person, KEY)
    panel.put(every_kind(KEY).decode())
    return panel


def test_an_event_gets_more_definitions_and_loses_one(come: Come, studio_server: Server) -> None:
    person = come("hejing", at=studio_server)
    with person.watch.expecting(422):
        panel = opened(person)
        before = panel.stored()
        panel.select("recalled")
        offered = panel.group("triggers").locator("[data-field=add-definition] option").all_inner_texts()
        assert set(offered) == {"选择类型", "消息", "定时", "条件", "信号", "错误", "升级"}
        panel.choose("triggers", "add-definition", "信号")
        panel.choose("signal", "signal", "年度检查")
        panel.choose("triggers", "add-definition", "定时")
        panel.choose("timer", "timer-kind", "过几个工作日")
        panel.write("timer", "amount", "3")
        panel.choose("triggers", "add-definition", "信号")
        panel.choose("signal", "signal", "新建信号")
        panel.write("signal", "signal-name", "项目中止")
        expect(panel.said("triggers")).to_have_text("消息、信号 1、定时、信号 2中的任一个发生即触发。")
        panel.press("triggers", "设置“信号 1”")
        expect(panel.group("signal").locator("[data-field=signal-name] input")).to_have_value("年度检查")
        panel.tick("triggers", "all")
        panel.press("triggers", "移除 消息")
        expect(panel.said("triggers")).to_have_text("信号 1、定时、信号 2都发生之后触发。")

        xml = panel.saved(lambda xml: "项目中止" in xml and 'parallelMultiple="true"' in xml)
        assert check(xml.encode()) == []
        node = parse(xml.encode()).nodes["recalled"]
        assert [one.kind for one in node.events] == [EventKind.SIGNAL, EventKind.TIMER, EventKind.SIGNAL]
        assert node.parallel_multiple
        assert panel.undo() > 4
        assert panel.saved(lambda xml: xml == before) == before


def test_what_cannot_stand_beside_others_is_not_offered(come: Come, studio_server: Server) -> None:
    person = come("hejing", at=studio_server)
    with person.watch.expecting(422):
        panel = opened(person)
        group = panel.page.locator("[data-group=triggers]")
        for alone in ("leap", "payment_undone", "opened"):  # a link, a compensation, the start of a subprocess
            panel.select(alone)
            expect(group).to_have_count(0)
        panel.select("by_signal")
        offered = panel.group("triggers").locator("[data-field=add-definition] option").all_inner_texts()
        assert set(offered) == {"选择类型", "消息", "定时", "条件", "信号"}


def test_instances_tell_the_border(come: Come, studio_server: Server) -> None:
    person = come("hejing", at=studio_server)
    with person.watch.expecting(422):
        panel = opened(person)
        panel.select("thrice")
        panel.choose("behavior", "behavior", "第一项办完时通知一次")
        expect(panel.group("behavior").locator("[data-field=told-event] select option:checked")).to_have_text(
            "年度检查"
        )
        xml = panel.saved(lambda xml: "oneBehaviorEventRef" in xml)
        assert check(xml.encode()) == []
        loop = parse(xml.encode()).nodes["thrice"].multi_instance
        assert loop is not None
        assert loop.event is not None
        assert (loop.behavior, loop.event.kind, loop.event.name) == ("One", EventKind.SIGNAL, "年度检查")

        panel.choose("behavior", "behavior", "每一项办完都通知")
        panel.choose("behavior", "told-kind", "升级")
        xml = panel.saved(lambda xml: "noneBehaviorEventRef" in xml and "escalationEventDefinition id" in xml)
        assert check(xml.encode()) == []
        loop = parse(xml.encode()).nodes["thrice"].multi_instance
        assert loop is not None
        assert loop.event is not None
        assert " oneBehaviorEventRef" not in xml
        assert "signalEventDefinition id" not in xml  # what nobody refers to any more is gone
        assert (loop.behavior, loop.event.kind, loop.event.code) == ("None", EventKind.ESCALATION, "SERIOUS")

        panel.choose("behavior", "behavior", "按条件通知")
        panel.feel("behavior", "rule-condition-0", "nrOfCompletedInstances = 2")
        panel.group("behavior").get_by_role("button", name="添加一项").click()
        panel.choose("behavior", "rule-1-kind", "消息")
        xml = panel.saved(lambda xml: "nrOfCompletedInstances = 2" in xml and xml.count("BehaviorDefinition>") == 4)
        assert check(xml.encode()) == []
        loop = parse(xml.encode()).nodes["thrice"].multi_instance
        assert loop is not None
        assert [(condition, one.kind) for condition, one in loop.complex] == [
            ("nrOfCompletedInstances = 2", EventKind.SIGNAL),
            ("nrOfCompletedInstances = 1", EventKind.MESSAGE),
        ]
        assert "BehaviorEventRef" not in xml
        panel.choose("behavior", "behavior", "不通知边框上的事件")
        xml = panel.saved(lambda xml: "behavior=" not in xml)
        assert "complexBehavior" not in xml
        assert check(xml.encode()) == []


def test_a_procedure_declares_what_it_takes(come: Come, studio_server: Server) -> None:
    person = come("hejing", at=studio_server)
    with person.watch.expecting(422):
        panel = opened(person)
        before = panel.stored()
        add = panel.group("takes").get_by_role("button", name="添加一项")
        add.click()
        panel.write("takes", "input-name-0", "basis")
        panel.write("takes", "input-title-0", "整改依据")
        panel.choose("takes", "input-type-0", "文本")
        add.click()
        panel.write("takes", "input-name-1", "due_on")
        panel.choose("takes", "input-type-1", "日期")
        panel.tick("takes", "input-required-1", on=False)
        add.click()
        panel.press("takes", "移除 input_3")

        xml = panel.saved(lambda xml: "due_on" in xml and "optionalInputRefs" in xml and "input_3" not in xml)
        assert check(xml.encode()) == []
        found = {one.name: one for one in known_variables(xml.encode(), Sources({}, (), {}))["register"]}
        assert (found["basis"].label, found["basis"].type, found["due_on"].type) == ("整改依据", "string", "date")
        (due,) = re.findall(r'<bpmn:dataInput id="(\w+)" [^>]*name="due_on"', xml)
        assert re.findall(r"<bpmn:optionalInputRefs>(\w+)<", xml) == [due]
        assert panel.undo() > 6
        assert panel.saved(lambda xml: xml == before) == before
