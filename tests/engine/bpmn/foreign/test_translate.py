"""What each setting of another tool becomes here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.bpmn import Node, check, check_house, parse, references, sketch
from engine.bpmn.foreign.forms import form_name
from engine.bpmn.foreign.translate import translate
from engine.bpmn.gate.xml import read_xml
from engine.bpmn.names import bpmn, camunda
from engine.bpmn.written import written_in
from tests.engine.bpmn.foreign.drawn import drawn, service, user

ROOT = Path(__file__).parents[4]


def node(xml: bytes, id: str = "a") -> Node:
    return parse(xml).nodes[id]


def rule(xml: bytes, id: str = "a") -> tuple[str, str | None] | None:
    found = node(xml, id).candidates
    return (found.rule, found.value) if found else None


PEOPLE: list[tuple[str, tuple[str, str] | None]] = [
    ("", None),
    ('camunda:assignee=""', None),
    ('camunda:assignee="demo"', ("person", "demo")),
    ('camunda:assignee="${boss}"', ("person", "= boss")),
    ('camunda:assignee="#{order.clerk}"', ("person", "= order.clerk")),
    ("camunda:assignee=\"${x == 1 ? 'ann' : 'bob'}\"", ("person", '= if x = 1 then "ann" else "bob"')),
    ('camunda:candidateUsers=" ann , bob"', ("person", "ann,bob")),
    ('camunda:candidateUsers="ann, ${boss}"', ("person", '= ["ann", boss]')),
    ('camunda:candidateGroups="sales,board"', ("role", "sales,board")),
    ('camunda:candidateGroups="${groups}"', ("role", "= groups")),
    ('camunda:candidateGroups="team-${region}"', ("role", '= string join(["team-", string(region)])')),
    ('camunda:assignee="ann" camunda:candidateUsers="bob,ann"', ("person", "ann,bob")),
    ('camunda:candidateUsers="ann" camunda:candidateGroups="sales"', ("several", "person:ann,role:sales")),
    (
        'camunda:assignee="${boss}" camunda:candidateGroups="sales"',
        (
            "several",
            '= concatenate(for one in flatten([boss]) return "person:" + one, '
            'for one in flatten(["sales"]) return "role:" + one)',
        ),
    ),
    ('flowable:assignee="${boss}"', ("person", "= boss")),
    ('flowable:assignee="$INITIATOR"', ("person", "= case.starter")),
    ('activiti:candidateGroups="sales"', ("role", "sales")),
]


@pytest.mark.parametrize(("attributes", "wanted"), PEOPLE)
def test_who_does_it(attributes: str, wanted: tuple[str, str] | None) -> None:
    assert rule(user(attributes)) == wanted


def test_the_initiator_is_the_starter_of_the_case() -> None:
    xml = user('camunda:assignee="${me}"', start='camunda:initiator="me"')
    assert rule(xml) == ("person", "= case.starter")


def test_who_may_start() -> None:
    process = 'camunda:candidateStarterUsers="ann" camunda:candidateStarterGroups="sales"'
    assert rule(user(process=process), "s") == ("several", "person:ann,role:sales")
    assert rule(user(process='flowable:candidateStarterGroups="sales"'), "s") == ("role", "sales")
    assert rule(user(), "s") is None


DATES = [
    ('camunda:dueDate="2026-11-06T09:30:00"', ('= "2026-11-06T09:30:00"', None)),
    ('camunda:dueDate="P3D"', ('= "P3D"', None)),
    ('camunda:dueDate="${due}"', ('= get or else(due, "")', None)),
    ('camunda:dueDate="${now()}"', ('= get or else(now(), "")', None)),
    ('camunda:followUpDate="PT4H"', ("", '= now() + duration("PT4H")')),
    ('camunda:followUpDate="2026-11-06"', ("", '= "2026-11-06"')),
    (
        'camunda:dueDate="P3D" camunda:followUpDate="${soon}"',
        ('= "P3D"', '= get or else(soon, "")'),
    ),
    ('flowable:dueDate="${due}"', ('= get or else(due, "")', None)),
]


@pytest.mark.parametrize(("attributes", "wanted"), DATES)
def test_when_it_is_due(attributes: str, wanted: tuple[str, str | None]) -> None:
    deadline = node(user(attributes)).deadline
    assert deadline is not None
    assert (deadline.due, deadline.remind) == wanted


FORMS = [
    ("embedded:app:forms/approve-invoice.html", "approve_invoice"),
    ("embedded:deployment:forms/Start.html", "start"),
    ("camunda-forms:deployment:reviewOrder.form", "review_order"),
    ("camunda-forms:/forms/review.form", "review"),
    ("app:forms/task.jsf", "task"),
    ("review", "review"),
]


@pytest.mark.parametrize(("key", "name"), FORMS)
def test_form_keys(key: str, name: str) -> None:
    assert form_name(key) == name
    xml = user(f'camunda:formKey="{key}"')
    assert node(xml).form == name
    assert [one.name for one in references(xml) if one.kind == "form"] == [name]


def test_form_references_stay() -> None:
    assert node(user('camunda:formRef="Review-1" camunda:formRefBinding="latest"')).form == "Review-1"


def test_conditions() -> None:
    flows = parse(user(condition="${!approved &amp;&amp; amount gt 5}")).flows
    assert flows["yes"].condition == "approved != true and amount > 5"
    assert parse(user(condition="= x > 5")).flows["yes"].condition == "x > 5"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"PT1H"', "PT1H"),
        ("'P1D'", "P1D"),
        (" PT1H ", "PT1H"),
        ("${wait}", "= wait"),
        ("PT${n}H", '= string join(["PT", string(n), "H"])'),
        ('= "PT1H"', '= "PT1H"'),
    ],
)
def test_timers(written: str, text: str) -> None:
    timer = f"<timerEventDefinition><timeDuration>{written}</timeDuration></timerEventDefinition>"
    found = node(drawn(f'<intermediateCatchEvent id="a">{timer}</intermediateCatchEvent>')).timer
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("tool", ["camunda", "flowable", "activiti"])
def test_several_people(tool: str) -> None:
    for collection in ("people", "${people}", "#{people}"):
        marks = f'{tool}:collection="{collection}" {tool}:elementVariable="one"'
        until = "<completionCondition>${nrOfCompletedInstances > 1}</completionCondition>"
        loop = f"<multiInstanceLoopCharacteristics {marks}>{until}</multiInstanceLoopCharacteristics>"
        found = node(user(inside=loop)).multi_instance
        assert found is not None
        assert (found.collection, found.element) == ("= people", "one")
        assert found.completion_condition == "nrOfCompletedInstances > 1"


def test_an_expression_whose_value_goes_nowhere_does_nothing() -> None:
    assert node(drawn('<serviceTask id="a" camunda:expression="${true}"/>')).kind == "task"


def test_the_result_of_a_table_is_a_list_for_camundas_own_modeler() -> None:
    table = '<businessRuleTask id="a" camunda:decisionRef="t" camunda:resultVariable="r"/>'
    theirs = 'xmlns:m="http://camunda.org/schema/modeler/1.0" m:executionPlatform="Camunda Platform" id="d"'
    assert node(drawn(table)).decision_mapping == "singleResult"
    assert node(drawn(table).replace(b'id="d"', theirs.encode())).decision_mapping == "resultList"


def test_rules_behind_a_topic_or_in_an_expression() -> None:
    marks = 'camunda:type="external" camunda:topic="drools" camunda:resultVariable="r"'
    assert node(drawn(f'<businessRuleTask id="a" {marks}/>')).kind == "service_task"
    marks = 'camunda:expression="${x * 2}" camunda:resultVariable="r"'
    assert node(drawn(f'<businessRuleTask id="a" {marks}/>')).script == "get or else(x, 0) * 2"


def test_a_message_that_an_external_task_sends() -> None:
    definition = '<messageEventDefinition id="m" camunda:type="external" camunda:topic="send-it"/>'
    task = node(drawn(f'<intermediateThrowEvent id="a">{definition}</intermediateThrowEvent>'))
    assert (task.kind, task.topic) == ("service_task", "send-it")


def handed_over(call: str) -> list[dict[str, str]]:
    """The call activity and what it hands over and takes back, after translation."""
    root, _findings = read_xml(drawn(call))
    assert root is not None
    assert translate(root) == []
    made = next(root.iter(bpmn("callActivity")))
    mappings = [one for one in made.iter() if one.tag in (camunda("in"), camunda("out"))]
    return [{str(key).rpartition("}")[2]: str(value) for key, value in one.items()} for one in (made, *mappings)]


def test_what_a_call_activity_hands_over() -> None:
    mappings = """<camunda:in variables="all"/><camunda:in source="a" target="b"/>
    <camunda:in sourceExpression="${a + 1}" target="c"/><camunda:in sourceExpression="plain" target="d"/>
    <camunda:in businessKey="#{execution.processBusinessKey}"/><camunda:out source="x" target="y"/>
    <camunda:out sourceExpression="${x.y[0]}" target="z"/>"""
    call = f"""<callActivity id="a" calledElement="${{which}}" camunda:calledElementBinding="deployment">
    <extensionElements>{mappings}</extensionElements></callActivity>"""
    assert handed_over(call) == [
        {"id": "a", "calledElement": "= which", "calledElementBinding": "deployment"},
        {"variables": "all"},
        {"source": "a", "target": "b"},
        {"sourceExpression": "= get or else(a, 0) + 1", "target": "c"},
        {"sourceExpression": '= "plain"', "target": "d"},
        {"target": "business_key", "sourceExpression": "= get or else(business_key, case.number)"},
        {"source": "x", "target": "y"},
        {"sourceExpression": "= x.y[1]", "target": "z"},
    ]


def test_what_flowable_hands_over() -> None:
    marks = """flowable:calledElementType="key" flowable:inheritVariables="true" flowable:inheritBusinessKey="true"
    flowable:sameDeployment="true" flowable:fallbackToDefaultTenant="false" flowable:processInstanceName="n" """
    inside = '<flowable:in source="a" target="b"/><flowable:out sourceExpression="${x}" target="y" transient="false"/>'
    call = (
        f'<callActivity id="a" calledElement="k" {marks}><extensionElements>{inside}</extensionElements></callActivity>'
    )
    assert handed_over(call) == [
        {"id": "a", "calledElement": "k", "calledElementBinding": "deployment"},
        {"source": "a", "target": "b"},
        {"sourceExpression": "= x", "target": "y"},
        {"variables": "all"},
        {"target": "business_key", "sourceExpression": "= get or else(business_key, case.number)"},
    ]


def test_what_another_engine_stores_or_retries_has_no_effect() -> None:
    marks = 'camunda:asyncBefore="true" camunda:exclusive="false" camunda:jobPriority="5" camunda:priority="${p}"'
    assert check(user(marks)) == []
    marks = 'flowable:async="true" flowable:formFieldValidation="true" flowable:category="x" flowable:skipExpression=""'
    assert check(user(marks)) == []
    kept = "<camunda:properties><camunda:property name='a' value='b'/></camunda:properties>"
    assert check(user(inside=f"<extensionElements>{kept}</extensionElements>")) == []


def test_a_diagram_of_this_house_is_left_as_it_is() -> None:
    files = [*ROOT.glob("workflows/*/*.bpmn"), ROOT / "tests/engine/bpmn/leave.bpmn"]
    assert len(files) >= 2
    for file in files:
        root, _findings = read_xml(file.read_bytes())
        assert root is not None
        before = etree.tostring(root)
        assert translate(root) == []
        assert etree.tostring(root) == before


def test_translating_again_changes_nothing() -> None:
    for file in Path(__file__).parent.glob("*.bpmn"):
        root, _findings = read_xml(file.read_bytes())
        assert root is not None
        assert translate(root) == []
        once = etree.tostring(root)
        assert translate(root) == []
        assert etree.tostring(root) == once


def test_house_rules_see_what_it_has_become() -> None:
    xml = user(
        'camunda:candidateGroups="sales" camunda:candidateUsers="ann" camunda:formKey="embedded:app:review.html"'
    )
    found: list[Any] = [parse(xml), sketch(xml)]
    for definition in found:
        findings = check_house(definition, forms=(), decisions=(), handlers=(), roles=())
        told = {(one.element_id, one.code): one.message for one in findings}
        assert told["a", "role_missing"] == "角色「sales」不存在，请改正或先建立角色。"
        assert told["a", "form_missing"] == "表单「review」不存在，请新建表单或改正名称。"
        assert ("a", "candidates_missing") not in told
    xml = service('camunda:type="external" camunda:topic="pay-now"')
    findings = check_house(parse(xml), forms=(), decisions=(), handlers=(), roles=())
    assert [one.message for one in findings if one.code == "handler_missing"] == [
        "处理器「pay-now」不存在，请改正名称或请开发人员提供。"
    ]


def test_a_task_that_is_only_reminded_of_has_no_deadline_for_the_house() -> None:
    findings = check_house(parse(user('camunda:followUpDate="P1D"')), forms=(), decisions=(), handlers=(), roles=())
    assert [one.message for one in findings if one.code == "deadline_missing"] == [
        "只有提醒，没有办理时限，请设置时限。"
    ]


def test_hints_read_the_feel() -> None:
    assert [(one.owner, one.text) for one in written_in(user('camunda:assignee="${boss}"'))] == [
        ("a", "boss"),
        ("yes", "x"),
    ]
