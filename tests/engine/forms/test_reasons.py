"""Why a form hides, locks, computes and limits what it does, and what it says of a limit that was computed."""

from __future__ import annotations

from typing import Any

import pytest

from engine.forms import InvalidForm
from tests.engine.forms.building import TODAY, errors, field, make

BUDGET = field("number", "budget", "预算")


def told(form: Any, data: dict[str, Any], context: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    return [(one.key, one.kind, one.held, one.value, one.why) for one in form.reasons(data, {}, TODAY, context or {})]


def limited(name: str, text: str, kind: str = "number", label: str = "金额") -> Any:
    if name.startswith("not"):
        return make(BUDGET, field(kind, "x", label, subtype="date", properties={name: text}))
    return make(BUDGET, field(kind, "x", label, validate={name: text}))


# ------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("name", "text", "given", "sentence"),
    [
        ("max", "=budget * 0.5", 500, "金额不能大于 300，你填的是 500（按 预算 * 0.5 算出：预算 是 600）"),
        (
            "min",
            "=if budget > 500 then 900 else 1",
            500,
            "金额不能小于 900，你填的是 500（预算 是 600，大于 500）",
        ),
        ("max", 300, 500, "金额不能大于 300，你填的是 500"),
    ],
)
def test_a_refused_number_names_how_its_limit_came_about(name: str, text: Any, given: int, sentence: str) -> None:
    assert errors(limited(name, text), {"budget": 600, "x": given}) == {"x": sentence}


def test_a_refused_text_and_a_refused_date_do_so_too() -> None:
    assert errors(limited("maxLength", "=budget / 200", "textfield"), {"budget": 600, "x": "一二三四"}) == {
        "x": "金额最多 3 字，你写了 4 字，请删去 1 字（按 预算 / 200 算出：预算 是 600）"
    }
    form = limited("notAfter", "=facts.end", "datetime", "日期")
    facts = {"facts": {"end": "2026-11-01"}}
    assert errors(form, {"x": "2026-12-01"}, context=facts)["x"].endswith("（按 facts.end）")


def test_variables_of_the_case_go_by_what_people_call_them() -> None:
    form = make(field("number", "x", "金额", validate={"max": "=reserve"}))
    with pytest.raises(InvalidForm) as invalid:
        form.validate({"x": 6}, {}, TODAY, {"reserve": 5}, {"reserve": "预备费"})
    assert invalid.value.errors == {"x": "金额不能大于 5，你填的是 6（按 预备费）"}


def test_a_choice_that_was_computed_away_is_refused_with_why() -> None:
    offered = field("select", "x", "方式", valuesExpression='=if budget > 500 then ["招标"] else ["直接"]')
    said = errors(make(BUDGET, offered), {"budget": 600, "x": "直接"})["x"]
    assert said.endswith("，请重新选择（预算 是 600，大于 500）")


# ------------------------------------------------------------ all rules on the values at hand


def test_a_condition_that_hides_and_what_it_makes_of_the_values() -> None:
    why = field("textarea", "why", "理由", conditional={"hide": "=budget < 100"})
    form = make(BUDGET, why)
    assert told(form, {"budget": 50}) == [("why", "hide", True, "", "预算 是 50，小于 100")]
    assert told(form, {"budget": 200}) == [("why", "hide", False, "", "预算 是 200，不小于 100")]
    assert told(form, {}) == [("why", "hide", False, "", "预算 没有值，无法与 100 比较")]


def test_a_lock_a_formula_a_limit_and_choices() -> None:
    form = make(
        BUDGET,
        field("number", "count", "数量", readonly="=budget > 500"),
        {"type": "expression", "key": "total", "id": "t", "expression": "=budget * 2"},
        field("number", "x", "金额", validate={"min": "=budget - 10", "max": 5}),
        field("select", "way", "方式", valuesExpression='=["招标"]'),
    )
    assert told(form, {"budget": 600, "x": 5, "way": "招标"}) == [
        ("count", "readonly", True, "", "预算 是 600，大于 500"),
        ("total", "computed", None, "1200", "预算 是 600"),
        ("x", "limit", False, "590", "预算 是 600"),
        ("way", "options", True, "招标", ""),
    ]


def test_what_is_hidden_or_locked_tells_no_limit() -> None:
    hidden = field("number", "x", "金额", validate={"max": "=budget"}, conditional={"hide": "=budget = 1"})
    assert [kind for _key, kind, *_rest in told(make(BUDGET, hidden), {"budget": 1, "x": 3})] == ["hide"]
    locked = field("number", "x", "金额", validate={"max": "=budget"}, readonly="=budget = 1")
    assert [kind for _key, kind, *_rest in told(make(BUDGET, locked), {"budget": 1, "x": 3})] == ["readonly"]


def test_rows_and_groups_are_told_place_by_place() -> None:
    price = field("number", "price", "单价")
    note = field("textfield", "note", "说明", conditional={"hide": "=this.price < 10"})
    rows = {"type": "dynamiclist", "path": "items", "label": "清单", "id": "r", "components": [price, note]}
    inner = field("textfield", "inner", "内", conditional={"hide": "=budget = 1"})
    group = {"type": "group", "path": "box", "label": "组", "id": "g", "components": [inner]}
    form = make(BUDGET, rows, group)
    assert told(form, {"budget": 1, "items": [{"price": 5}, {"price": 50}], "box": {}}) == [
        ("items.0.note", "hide", True, "", "单价 是 5，小于 10"),
        ("items.1.note", "hide", False, "", "单价 是 50，不小于 10"),
        ("box.inner", "hide", True, "", "预算 是 1"),
    ]


def test_a_hidden_field_counts_as_empty_for_the_rules_after_it() -> None:
    first = field("number", "a", "甲", conditional={"hide": "=budget = 1"})
    second = field("textfield", "b", "乙", conditional={"hide": "=a > 5"})
    assert told(make(BUDGET, first, second), {"budget": 1, "a": 9})[1] == (
        "b", "hide", False, "", "甲 没有值，无法与 5 比较",
    )  # fmt: skip
