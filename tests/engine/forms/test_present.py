"""A filled-in form in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from engine.forms import Option
from tests.engine.forms.building import field, make

MONEY = field("number", appearance={"suffixAdorner": "万元"})
COLOURS = [{"label": "红", "value": "red"}, {"label": "蓝", "value": "blue"}]
PEOPLE = field("select", valuesKey="people", properties={"source": "people:experts"})


@pytest.mark.parametrize(
    ("component", "value", "text"),
    [
        (field(), "有内容", "有内容"),
        (field(), None, "—"),
        (field(), "", "—"),
        (field(appearance={"prefixAdorner": "第", "suffixAdorner": "号"}), "5", "第 5 号"),
        (MONEY, Decimal("86.4"), "86.40 万元"),
        (MONEY, 1200, "1,200.00 万元"),
        (MONEY, "1234567.891", "1,234,567.891 万元"),
        (MONEY, 0, "0.00 万元"),
        (MONEY, Decimal("-41.6"), "-41.60 万元"),
        (MONEY, "unreadable", "unreadable"),
        (field("number", appearance={"suffixAdorner": "天"}), 35, "35 天"),
        (field("number", appearance={"suffixAdorner": "%"}), 7.2, "7.2%"),
        (field("number", decimalDigits=1), 7, "7.0"),
        (field("checkbox"), True, "是"),
        (field("checkbox"), False, "否"),
        (field("checkbox"), None, "否"),
        (field("checklist", values=COLOURS), ["blue", "red"], "蓝、红"),
        (field("checklist", values=COLOURS), [], "—"),
        (field("radio", values=COLOURS), "red", "红"),
        (field("radio", values=COLOURS), "gone", "gone"),
        (PEOPLE, "fengbo", "冯博（专家库）"),
        (field("datetime"), date(2026, 11, 6), "2026-11-06"),
        (field("datetime"), "2026-11-06", "2026-11-06"),
        (field("datetime"), "soon", "soon"),
        (field("datetime", subtype="time"), time(9, 30), "09:30"),
        (field("datetime", subtype="time"), "09:30:00", "09:30"),
        (field("datetime", subtype="datetime"), datetime(2026, 11, 6, 1, 30, tzinfo=UTC), "2026-11-06 09:30"),
        (field("datetime", subtype="datetime"), "2026-11-06T01:30:00+00:00", "2026-11-06 09:30"),
        (field("datetime", subtype="datetime"), "2026-11-06T09:30", "2026-11-06 09:30"),
    ],
)
def test_values_in_words(component: dict[str, Any], value: Any, text: str) -> None:
    options = {"people:experts": [Option("fengbo", "冯博（专家库）")]}
    assert make(component).present({"x": value}, options) == [("内容", text)]


def test_the_order_is_that_of_the_form_and_hidden_fields_are_left_out() -> None:
    form = make(
        field(key="b", label="乙", conditional={"hide": "=a = 1"}),
        {"type": "text", "text": "说明"},
        field("number", key="a", label="甲"),
        {"type": "group", "path": "g", "label": "组", "components": [field(key="c", label="丙")]},
        {"type": "dynamiclist", "path": "l", "label": "项", "components": [field(key="d", label="丁")]},
        {"type": "expression", "key": "e", "expression": "=a + 1"},
        field(key="f", label="戊", readonly=True),
    )
    data = {"a": 2, "b": "x", "g": {"c": "y"}, "l": [{"d": "1"}, {"d": "2"}], "e": 3, "f": "known", "other": "z"}
    assert form.present(data) == [
        ("乙", "x"),
        ("甲", "2"),
        ("丙", "y"),
        ("项 1 · 丁", "1"),
        ("项 2 · 丁", "2"),
        ("戊", "known"),
    ]
    assert [label for label, _text in form.present(data | {"a": 1})] == ["甲", "丙", "项 1 · 丁", "项 2 · 丁", "戊"]
    assert form.present(data, only=["a", "f"]) == [("甲", "2"), ("戊", "known")]


def test_data_of_another_shape_are_read_as_well_as_they_go() -> None:
    form = make(
        {"type": "group", "path": "g", "label": "组", "components": [field(key="c", label="丙")]},
        {"type": "dynamiclist", "path": "l", "label": "项", "components": [field(key="d", label="丁")]},
    )
    assert form.present({"g": 5, "l": "x"}) == []
    assert form.present({"l": [7]}) == [("丙", "—")]


def test_what_was_validated_reads_the_same() -> None:
    form = make(MONEY, field("datetime", key="day", label="日期"))
    values = form.validate({"x": "86.40", "day": "2026-11-06"})
    assert form.present(values) == [("内容", "86.40 万元"), ("日期", "2026-11-06")]
