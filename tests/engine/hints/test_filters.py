"""Names inside filters: told where the fields of the items are all known, and nowhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.errors import PartFinding
from engine.hints import View
from engine.hints.filters import filter_names
from engine.hints.types import type_hints
from engine.parts import Parts
from engine.variables import Sources
from tests.engine.bpmn.build import diagram, end, rule, script, start, user, xor
from tests.engine.feel.dmn.building import table

ROWS = {
    "type": "dynamiclist",
    "path": "items",
    "id": "rows",
    "label": "清单",
    "components": [
        {"type": "number", "key": "price", "label": "单价", "id": "f1"},
        {"type": "textfield", "key": "title", "label": "名称", "id": "f2"},
    ],
}
LIMIT = {"type": "number", "key": "limit", "label": "限额", "id": "f3"}
TAGS = {"type": "taglist", "key": "tags", "id": "f4", "label": "标签", "values": [{"label": "甲", "value": "a"}]}
APPLICATION = {"components": [ROWS, LIMIT, TAGS]}


def told(drawn: bytes, dmn: bytes = b"", **forms: Any) -> list[PartFinding]:
    files = {name: json.dumps(form).encode() for name, form in {"application": APPLICATION, **forms}.items()}
    parts = Parts("demo", drawn, files, {"grade": dmn} if dmn else {})
    view = View(parts, Sources(parts.forms, list(parts.decisions.values()), {}))
    assert not [one for one in type_hints(view) if "[]" in one.finding.message]
    return filter_names(view)


def condition(text: str, *elements: Any, way: str = "start > x") -> bytes:
    begin = start(camunda_formRef="application")
    return diagram(begin, *elements, xor("x"), end(), end("o"), flows=f"{way}\nx > o : = {text}\nx > end : *")


def test_a_slip_of_the_pen_inside_a_filter_stops_publication_with_the_near_name() -> None:
    (found,) = told(condition("count(items[prize > 10]) > 0"))
    assert (found.kind, found.finding.level, found.finding.code) == ("diagram", "house", "unknown_name")
    assert found.finding.message == "items 的各项里没有 prize，也没有这个变量，它总是空；是不是 price？"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("count(items[price > limt]) > 0", "limt"),
        ("count(items[qqq = 1]) > 0", "qqq"),
        ("count(tags[x = 1]) > 0", "x"),
        ("some i in items[prize > 1] satisfies i.price > 2", "prize"),
        ("count(items[count(tags[nobody = item]) > 0]) > 0", "nobody"),
    ],
)
def test_what_is_neither_a_field_nor_a_variable(text: str, name: str) -> None:
    (found,) = told(condition(text))
    assert f"没有 {name}，" in found.finding.message


@pytest.mark.parametrize(
    "text",
    [
        "count(items[price > limit and title != null]) > 0",
        "count(items[item.price > 1]) > 0",
        "items[1].price > 5",
        'count(tags[item = "a"]) > 0',
        "count(made[whatever > 1]) > 0",
        "count(nothing[whatever > 1]) > 0",
        "count(items[some x in tags satisfies x = title]) > 0",
        "count(items[(function(p) p > limit)(price)]) > 0",
        "count(items[{top: 5, bigger: price > top}.bigger]) > 0",
        "count(items[count(for x in 1..3 return x + count(partial)) > price]) > 0",
        "count([{a: 1}][a = 1]) > 0",
    ],
)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert told(condition(text, script("s", "= [{b: 1}]", "made"), way="start > s > x")) == []


def test_a_list_that_somebody_else_writes_too_is_not_known() -> None:
    again = script("s", "= [{prize: 5}]", "items")
    assert told(condition("count(items[prize > 10]) > 0", again, way="start > s > x")) == []


def test_a_form_may_name_all_its_fields_and_the_words_of_rows() -> None:
    hide = {"conditional": {"hide": "=count(items[prize > locked and price > i[1]]) > 0"}}
    locked = {"type": "number", "key": "locked", "id": "g1", "label": "锁定", "readonly": True}
    second = {"components": [locked, {"type": "number", "key": "n", "id": "g2", "label": "数", **hide}]}
    drawn = diagram(
        start(camunda_formRef="application"), user("u", camunda_formRef="second"), end(), flows="start > u > end"
    )
    (found,) = told(drawn, second=second)
    assert (found.kind, found.finding.element_id, found.finding.code) == ("form", "g2", "form.unknown_name")
    assert "没有 prize，" in found.finding.message


def test_a_table_may_name_whatever_its_model_gives() -> None:
    inputs = [("项数", "count(items[prize > 1])", "number"), ("大项", "count(items[price > bound])", "number")]
    dmn = table(inputs, [("x", "number")], [("-", "-", "sum(items[prise > 1].price)")])
    dmn = dmn.replace(b"</definitions>", b'<inputData id="bound" name="bound"/></definitions>')
    drawn = diagram(start(camunda_formRef="application"), rule("ask"), end(), flows="start > ask > end")
    column, answer = told(drawn, dmn)
    assert (column.finding.element_id, answer.finding.element_id) == ("in1", "r1")
    assert ("prize" in column.finding.message, "prise" in answer.finding.message) == (True, True)
