"""Broken and hostile form files: each is refused with the place and a sentence, none does anything."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.forms import Form
from tests.engine.forms.building import field, make, refusals, source


def nested(levels: int) -> dict[str, Any]:
    """A field inside that many groups."""
    inner: dict[str, Any] = field()
    for _level in range(levels):
        inner = {"type": "group", "label": "组", "components": [inner]}
    return inner


BROKEN_FILES = {
    "empty": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"type": "\xff"}',
    "UTF-16": '{"type": "default"}'.encode("utf-16"),
    "no object": b"[]",
    "a text": b'"default"',
    "XML": b'<?xml version="1.0"?><!DOCTYPE form>',
    "NaN": b'{"type": "default", "id": "x", "components": [], "schemaVersion": NaN}',
    "Infinity": b'{"type": "default", "id": "x", "components": [], "schemaVersion": Infinity}',
    "a member twice": b'{"type": "default", "type": "html", "id": "x", "components": []}',
    "100,000 brackets": b"[" * 100_000,
    "deep objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "70 levels": json.dumps(
        {"type": "default", "id": "x", "properties": json.loads('{"a":' * 70 + "1" + "}" * 70)}
    ).encode(),
    "a huge number": b'{"schemaVersion": ' + b"9" * 6000 + b"}",
    "too long": source() + b" " * (256 * 1024),
    "half a character": b'{"type": "default", "id": "x", "components": [{"type": "text", "text": "\\ud800"}]}',
}


@pytest.mark.parametrize("data", BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_broken_files(data: bytes) -> None:
    [(code, _id, _label, sentence)] = refusals(data)
    assert code == "form.file"
    assert sentence


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (source(id=""), "form.id"),
        (source(id=5), "form.id"),
        (source(type="form"), "form.type"),
        (source(script="alert(1)"), "form.property"),
        (json.dumps({"type": "default", "id": "x", "components": {}}).encode(), "form.components"),
        (source("text"), "form.component"),
        (source(None), "form.component"),
        (source({}), "form.component.refused"),
        (source({"type": ["html"]}), "form.component.refused"),
        (source(*[field(key=f"k{n}") for n in range(301)]), "form.size"),
        (source(nested(25)), "form.depth"),
    ],
)
def test_broken_shapes(data: bytes, code: str) -> None:
    assert code in {found[0] for found in refusals(data)}


HOSTILE: dict[str, tuple[dict[str, Any], str]] = {
    "html": ({"type": "html", "content": "<script>alert(1)</script>"}, "form.component.refused"),
    "iframe": ({"type": "iframe", "url": "https://example.com"}, "form.component.refused"),
    "button": ({"type": "button", "label": "提交"}, "form.component.refused"),
    "filepicker": ({"type": "filepicker", "key": "f", "label": "附件"}, "form.component.refused"),
    "documentPreview": ({"type": "documentPreview", "label": "预览"}, "form.component.refused"),
    "table": ({"type": "table", "label": "表"}, "form.component.refused"),
    "script": ({"type": "script"}, "form.component.refused"),
    "unknown": ({"type": "hologram"}, "form.component.refused"),
    "tag in a label": (field(label="<b>内容</b>"), "form.markup"),
    "closing tag": (field(label="内容</div>"), "form.markup"),
    "comment": (field(label="<!-- x"), "form.markup"),
    "spaced tag": (field(label="< img src=x onerror=alert(1)>"), "form.markup"),
    "escaped tag": (field(label="&lt;script&gt;"), "form.markup"),
    "doubly escaped tag": (field(label="&amp;lt;script&amp;gt;"), "form.markup"),
    "wrapped many times": (field(label="&amp;amp;amp;amp;lt;script"), "form.markup"),
    "tag in text": ({"type": "text", "text": "### 说明\n<svg onload=alert(1)>"}, "form.markup"),
    "javascript link": ({"type": "text", "text": "[点这里](javascript:alert(1))"}, "form.markup"),
    "broken up javascript link": ({"type": "text", "text": "[x](java\nscript:alert(1))"}, "form.markup"),
    "escaped javascript link": ({"type": "text", "text": "[x](&#106;avascript&colon;alert(1))"}, "form.markup"),
    "percent javascript link": ({"type": "text", "text": "[x](%6aavascript%3aalert(1))"}, "form.markup"),
    "data link": ({"type": "text", "text": "[x](data:text/html;base64,PHM+)"}, "form.markup"),
    "tag inside FEEL": ({"type": "text", "text": '="<img src=x onerror=alert(1)>"'}, "form.markup"),
    "tag in an option": (field("radio", values=[{"label": "<i>一</i>", "value": 1}]), "form.markup"),
    "tag in a message": (field(validate={"pattern": "x", "patternErrorMessage": "<a>"}), "form.markup"),
    "tag in a property": (field(properties={"hint": "<a>"}), "form.markup"),
    "tag in a unit": (field("number", appearance={"suffixAdorner": "<b>元"}), "form.markup"),
    "template": (field(label="{{ secrets }}"), "form.template"),
    "expression as label": (field(label="=1+1"), "form.text"),
    "invisible label": (field(label="内\u202e容"), "form.text"),
    "endless label": (field(label="长" * 6000), "form.text"),
    "label that is a list": (field() | {"label": ["x"]}, "form.text"),
    "no label": ({"type": "textfield", "key": "x"}, "form.label"),
    "outside image": ({"type": "image", "source": "https://example.com/a.png"}, "form.image"),
    "protocol-relative image": ({"type": "image", "source": "//example.com/a.png"}, "form.image"),
    "data image": ({"type": "image", "source": "data:image/svg+xml,<svg/>"}, "form.image"),
    "climbing image": ({"type": "image", "source": "/static/../secret.png"}, "form.image"),
    "computed image": ({"type": "image", "source": "=x"}, "form.image"),
    "no key": ({"type": "textfield", "label": "内容"}, "form.key.missing"),
    "no key but required": ({"type": "number", "label": "内容", "validate": {"required": True}}, "form.key.missing"),
    "list without path": ({"type": "dynamiclist", "label": "项", "components": []}, "form.key.missing"),
    "dotted key": (field(key="a.b"), "form.key"),
    "key of proto": (field(key="__proto__"), "form.key.reserved"),
    "key of digits": (field(key="1"), "form.key"),
    "key with blanks": (field(key="a b"), "form.key"),
    "endless key": (field(key="k" * 61), "form.key"),
    "key that is FEEL": (field(key="return"), "form.key.reserved"),
    "key of the platform": (field(key="case"), "form.key.reserved"),
    "key that is a number": (field() | {"key": 5}, "form.key.missing"),
    "look-ahead": (field(validate={"pattern": "(?=a)b"}), "form.pattern"),
    "back reference": (field(validate={"pattern": "(a)\\1"}), "form.pattern"),
    "broken pattern": (field(validate={"pattern": "(("}), "form.pattern"),
    "endless pattern": (field(validate={"pattern": "a" * 501}), "form.pattern"),
    "exploding pattern": (field(validate={"pattern": "((a{100}){100}){100}"}), "form.pattern"),
    "pattern that is a list": (field(validate={"pattern": ["a"]}), "form.pattern"),
    "choice without options": (field("select"), "form.options"),
    "empty options": (field("radio", values=[]), "form.options"),
    "options that are texts": (field("radio", values=["一", "二"]), "form.options"),
    "option without value": (field("radio", values=[{"label": "一"}]), "form.options"),
    "option twice": (
        field("radio", values=[{"label": "一", "value": 1}, {"label": "二", "value": 1.0}]),
        "form.options",
    ),
    "options without =": (field("select", valuesExpression="x"), "form.expression"),
    "too many options": (field("select", values=[{"label": str(n), "value": n} for n in range(501)]), "form.options"),
    "unknown source": (field("select", valuesKey="p", properties={"source": "passwords"}), "form.options"),
    "no source": (field("select", valuesKey="p"), "form.options"),
    "source without valuesKey": (
        field("select", values=[{"label": "一", "value": 1}], properties={"source": "projects"}),
        "form.options",
    ),
    "both kinds of options": (
        field("select", valuesKey="p", properties={"source": "projects"}, values=[{"label": "一", "value": 1}]),
        "form.options",
    ),
    "bad condition": (field(conditional={"hide": "=1 +"}), "form.expression"),
    "condition with a wrong call": (field(conditional={"hide": "=cnt(x) = 1"}), "form.expression"),
    "formula with a wrong call": ({"type": "expression", "key": "x", "expression": "=abs()"}, "form.expression"),
    "condition without =": (field(conditional={"hide": "true"}), "form.expression"),
    "condition of Python": (field(conditional={"hide": "=__import__('os')"}), "form.expression"),
    "endless condition": (field(conditional={"hide": "=" + "1+" * 600 + "1"}), "form.expression"),
    "show instead of hide": (field(conditional={"show": "=true"}), "form.property"),
    "formula missing": ({"type": "expression", "key": "x"}, "form.expression"),
    "formula outside FEEL": (
        {"type": "expression", "key": "x", "expression": "=function(a) external {java: 1}"},
        "form.expression",
    ),
    "minimum over maximum": (field("number", validate={"min": 5, "max": 1}), "form.rule"),
    "minimum of text": (field("number", validate={"min": "x"}), "form.rule"),
    "lengths of a number": (field("number", validate={"minLength": 1}), "form.rule"),
    "required as text": (field(validate={"required": "yes"}), "form.property"),
    "disabled as text": (field(disabled="yes"), "form.property"),
    "negative length": (field(validate={"maxLength": -1}), "form.property"),
    "length of the world": (field(validate={"maxLength": 10**9}), "form.property"),
    "unknown validation": (field(validate={"validationType": "url"}), "form.rule"),
    "unknown property": (field(onclick="alert(1)"), "form.property"),
    "unknown unit": (field("number", appearance={"suffixer": "万元"}), "form.property"),
    "validate as list": (field(validate=[]), "form.property"),
    "properties as text": (field(properties="x"), "form.property"),
    "increment of text": (field("number", increment="x"), "form.property"),
    "formula at a strange time": (
        {"type": "expression", "key": "x", "expression": "=1", "computeOn": "always"},
        "form.property",
    ),
    "valuesKey with blanks": (field("select", valuesKey="a b", properties={"source": "projects"}), "form.options"),
    "fewest rows over most": (
        {"type": "dynamiclist", "path": "l", "label": "项", "properties": {"minItems": "5", "maxItems": "2"}}
        | {"components": []},
        "form.rule",
    ),
    "bad decimals": (field("number", decimalDigits=-1), "form.property"),
    "bad step": (field("number", increment=0), "form.increment"),
    "bad subtype": (field("datetime", subtype="week"), "form.subtype"),
    "bad time format": (field("datetime", subtype="time", timeSerializingFormat="unix"), "form.subtype"),
    "past rule on a time": (field("datetime", subtype="time", disallowPassedDates=True), "form.rule"),
    "date limit on a text": (field(properties={"notAfter": "2026-11-06"}), "form.rule"),
    "date limit of text": (field("datetime", properties={"notAfter": "soon"}), "form.rule"),
    "default of another kind": (field("number", defaultValue="x"), "form.default"),
    "default over the limit": (field("number", defaultValue=5, validate={"max": 1}), "form.default"),
    "default that is no option": (field("radio", values=[{"label": "一", "value": 1}], defaultValue=2), "form.default"),
    "list that does not repeat": (
        {"type": "dynamiclist", "path": "l", "label": "项", "isRepeating": False, "components": []},
        "form.list",
    ),
    "rows without end": (
        {"type": "dynamiclist", "path": "l", "label": "项", "properties": {"maxItems": "99999"}, "components": []},
        "form.rule",
    ),
    "more first rows than rows": (
        {"type": "dynamiclist", "path": "l", "label": "项", "defaultRepetitions": 1000, "components": []},
        "form.property",
    ),
}


@pytest.mark.parametrize(("component", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_components(component: dict[str, Any], code: str) -> None:
    found = refusals(source(component | {"id": "Component_1"}))
    assert code in {one[0] for one in found}
    assert {one[1] for one in found} == {"Component_1"}
    assert all(any("\u4e00" <= char <= "\u9fff" for char in one[3]) for one in found)


def test_findings_name_the_place_and_come_all_at_once() -> None:
    found = refusals(
        source(
            {"type": "html", "id": "Html_1"},
            field(id="Field_1", label="费用", validate={"pattern": "(("}),
            {"type": "button", "id": "Button_1", "label": "提交"},
        )
    )
    assert [(code, element, label) for code, element, label, _sentence in found] == [
        ("form.component.refused", "Html_1", "HTML 组件"),
        ("form.pattern", "Field_1", "费用"),
        ("form.component.refused", "Button_1", "提交"),
    ]


def test_repeated_keys_and_ids_are_refused_per_scope() -> None:
    group = {"type": "group", "path": "g", "label": "组", "components": [field(key="a")]}
    make(field(key="a"), group)
    assert refusals(source(field(key="a"), field(key="a")))[0][0] == "form.key.repeated"
    assert refusals(source(field(key="g"), group))[0][0] == "form.key.repeated"
    plain = {"type": "group", "label": "组", "components": [field(key="a")]}
    assert refusals(source(field(key="a"), plain))[0][0] == "form.key.repeated"
    assert refusals(source(field(key="a", id="i"), field(key="b", id="i")))[0][0] == "form.id"


def test_harmless_texts_pass() -> None:
    make(
        field(label="费用 < 10 万元"),
        {"type": "text", "text": "## 填写说明\n- 见[制度](/clauses/2.2.3)，金额 > 0\n- A & B"},
        {"type": "text", "text": '="余额 " + string(reserve) + " 万元"'},
        {"type": "image", "source": "/static/flow.png", "alt": "流程图"},
        {"type": "separator"},
        {"type": "spacer", "height": 30},
        field(
            key="y",
            conditional={"hide": "=cost <limit"},
            description="不超过 500 字",
            layout={"columns": 8, "row": "r"},
        ),
    )


def test_a_form_as_the_editor_writes_it_passes() -> None:
    form = Form.parse(
        source(
            field(id="Field_1", layout={"row": "Row_1", "columns": None}, validate={"required": True}),
            field("datetime", key="d", id="Field_2", subtype="datetime", dateLabel="日期", timeLabel="时间")
            | {"timeSerializingFormat": "utc_offset", "timeInterval": 15, "use24h": True},
            schemaVersion=19,
            exporter={"name": "form-js", "version": "1.23.0"},
            executionPlatform="Camunda Platform",
            executionPlatformVersion="7.24.0",
            **{"$schema": "https://example.com/schema.json"},
        )
    )
    assert [one.key for one in form.fields] == ["x", "d"]
