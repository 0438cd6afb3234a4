"""What needs Java, or has no counterpart here, is refused with the element's name and what to put instead."""

from __future__ import annotations

import pytest

from engine.bpmn import check
from tests.engine.bpmn.foreign.drawn import drawn, service, user
from tests.engine.bpmn.refused import assert_refused

BEAN = "${bean.ok(x)}"
JAVA: list[tuple[str, str, bytes, str]] = [
    ("needs_java", "a", service('camunda:class="org.acme.Pay"'), "外部任务"),
    ("needs_java", "a", service('camunda:delegateExpression="${pay}"'), "外部任务"),
    ("needs_java", "a", service('camunda:expression="${pay.now(x)}"'), "now(…) 是 Java 方法"),
    ("needs_java", "a", service('flowable:class="org.acme.Pay"'), "flowable:class"),
    ("needs_java", "a", service('activiti:delegateExpression="${pay}"'), "activiti:delegateExpression"),
    ("needs_java", "a", service('flowable:type="mail"', "<flowable:field name='to'/>"), "类型 mail"),
    ("needs_java", "a", service('flowable:type="http"'), "类型 http"),
    ("needs_java", "a", service('camunda:type="shell"'), "类型 shell"),
    (
        "needs_java",
        "a",
        service("", "<camunda:connector><camunda:connectorId>http</camunda:connectorId></camunda:connector>"),
        "camunda:connector",
    ),
    (
        "needs_java",
        "a",
        service(
            'camunda:type="external" camunda:topic="t"',
            "<camunda:executionListener event='start' class='org.acme.L'/>",
        ),
        "start：org.acme.L",
    ),
    (
        "needs_java",
        "a",
        user(
            inside="<extensionElements><camunda:taskListener event='create' delegateExpression='${l}'/>"
            "</extensionElements>"
        ),
        "camunda:taskListener",
    ),
    (
        "needs_java",
        "a",
        user(
            inside="<extensionElements><flowable:taskListener event='complete' expression='${l.go()}'/>"
            "</extensionElements>"
        ),
        "flowable:taskListener",
    ),
    (
        "needs_java",
        "yes",
        user().replace(
            b"<conditionExpression>",
            b"<extensionElements><camunda:executionListener event='take' class='x.Y'/></extensionElements>"
            b"<conditionExpression>",
        ),
        "take：x.Y",
    ),
    ("needs_java", "yes", user(condition=BEAN), "ok(…) 是 Java 方法"),
    ("needs_java", "yes", user(condition="${myBean.check(execution)}"), "check(…) 是 Java 方法"),
    ("needs_java", "a", user(f'camunda:assignee="{BEAN}"'), "camunda:assignee"),
    ("needs_java", "a", user(f'flowable:candidateUsers="ann,{BEAN}"'), "flowable:candidateUsers"),
    ("needs_java", "a", user('camunda:dueDate="${calendar.next(x)}"'), "camunda:dueDate"),
    ("needs_java", "a", user('camunda:assignee="${task.owner}"'), "task.getOwner"),
    ("bad_script", "a", drawn("<scriptTask id='a' scriptFormat='groovy'><script>1</script></scriptTask>"), "groovy"),
    (
        "bad_script",
        "a",
        drawn("<scriptTask id='a' scriptFormat='javascript'><script>1</script></scriptTask>"),
        "请用 FEEL 改写",
    ),
    (
        "bad_script",
        "a",
        service(
            'camunda:type="external" camunda:topic="t"',
            "<camunda:inputOutput><camunda:inputParameter name='x'><camunda:script scriptFormat='groovy'>1"
            "</camunda:script></camunda:inputParameter></camunda:inputOutput>",
        ),
        "groovy",
    ),
    (
        "needs_java",
        "a",
        service(
            'camunda:type="external" camunda:topic="t"',
            "<camunda:inputOutput><camunda:inputParameter name='x'><camunda:list><camunda:value>${b.c()}"
            "</camunda:value></camunda:list></camunda:inputParameter></camunda:inputOutput>",
        ),
        "camunda:inputParameter x",
    ),
    (
        "needs_java",
        "a",
        user(inside=f'<multiInstanceLoopCharacteristics camunda:collection="{BEAN}"/>'),
        "camunda:collection",
    ),
    ("needs_java", "p", user('camunda:assignee="x"', process=f'camunda:candidateStarterUsers="{BEAN}"'), "Starter"),
    ("foreign_expression", "yes", user(condition="${a = 5}"), "不能在表达式里赋值"),
    ("foreign_expression", "yes", user(condition="${a} == 5"), "整个写在一个"),
    ("foreign_expression", "yes", user(condition="${a"), "缺少右花括号"),
    ("foreign_expression", "a", user('camunda:formKey="${form}"'), "请选择一个表单"),
    ("foreign_expression", "a", service('camunda:type="external" camunda:topic="${topic}"'), "camunda:topic"),
    (
        "foreign_expression",
        "a",
        drawn('<businessRuleTask id="a" camunda:decisionRef="${table}" camunda:resultVariable="r"/>'),
        "${table}",
    ),
    ("foreign_expression", "m", user(tops='<message id="m" name="paid-${id}"/>'), "固定的文字"),
    (
        "foreign_setting",
        "e",
        user().replace(
            b'<endEvent id="e"/>',
            b"<endEvent id='e'><messageEventDefinition camunda:type='external' camunda:topic='t'/></endEvent>",
        ),
        "画一个服务任务",
    ),
    ("foreign_setting", "a", user('camunda:dueDate="tomorrow"'), "tomorrow"),
    ("foreign_setting", "a", user('flowable:skipExpression="${skip}"'), "flowable:skipExpression"),
    ("foreign_setting", "a", service('flowable:triggerable="true"'), "flowable:triggerable"),
    (
        "foreign_setting",
        "a",
        user(
            inside="<extensionElements><camunda:formData><camunda:formField id='x'/></camunda:formData>"
            "</extensionElements>"
        ),
        "请新建一个表单",
    ),
    (
        "foreign_setting",
        "a",
        user(inside="<extensionElements><flowable:formProperty id='x'/></extensionElements>"),
        "flowable:formProperty",
    ),
    (
        "foreign_setting",
        "a",
        service("", "<flowable:mapException errorCode='e'>x.Y</flowable:mapException>"),
        "flowable:mapException",
    ),
    (
        "unknown_attribute",
        "a",
        user(
            'camunda:assignee="ann"',
            "<extensionElements><guicheng:candidates rule='anyone'/></extensionElements>",
        ),
        "办理人",
    ),
    ("unknown_attribute", "a", user('camunda:formKey="x" camunda:formRef="y"'), "camunda:formRef"),
]


@pytest.mark.parametrize(
    ("code", "where", "xml", "word"), JAVA, ids=[f"{i}-{c}" for i, (c, _e, _x, _w) in enumerate(JAVA)]
)
def test_refused(code: str, where: str, xml: bytes, word: str) -> None:
    assert_refused(code, where, xml)
    assert [word in one.message for one in check(xml) if (one.code, one.element_id) == (code, where)] == [True]


def test_one_cause_is_one_finding() -> None:
    for attributes in ('camunda:class="x.Y"', 'camunda:expression="${x.y()}"', 'flowable:type="mail"'):
        assert [one.code for one in check(service(attributes))] == ["needs_java"]
    assert [one.code for one in check(service('camunda:type="external" camunda:topic="${t}"'))] == [
        "foreign_expression"
    ]
    assert [one.code for one in check(user(f'camunda:assignee="{BEAN}"'))] == ["needs_java"]


def test_foreign_findings_come_with_all_others() -> None:
    xml = user('camunda:assignee="${x.y()}"', condition="x >")
    assert [one.code for one in check(xml)] == ["needs_java", "bad_expression"]
