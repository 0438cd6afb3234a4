"""Hidden fields, computed fields, and the order in which they are settled."""

from __future__ import annotations

from decimal import Decimal

from tests.engine.forms.building import TODAY, errors, field, make, refusals, source

REQUIRED = {"required": True}


def test_a_hidden_field_is_dropped_and_not_required() -> None:
    form = make(
        field("checkbox", key="more"),
        field(key="why", label="理由", validate=REQUIRED, conditional={"hide": "=not(more)"}),
    )
    assert form.validate({"more": False, "why": "smuggled"}) == {"more": False}
    assert form.validate({}) == {"more": False}
    assert errors(form, {"more": True}) == {"why": "理由还没有填写"}
    assert form.validate({"more": True, "why": "x"}) == {"more": True, "why": "x"}


def test_what_depends_on_a_hidden_field_sees_it_empty_whatever_the_order() -> None:
    # c looks at b, b looks at a; the file has them the other way round.
    form = make(
        field(key="c", conditional={"hide": '=b != "open"'}),
        field(key="b", conditional={"hide": "=not(a)"}),
        field("checkbox", key="a"),
    )
    assert form.validate({"a": False, "b": "open", "c": "smuggled"}) == {"a": False}
    assert form.validate({"a": True, "b": "open", "c": "x"}) == {"a": True, "b": "open", "c": "x"}


def test_a_readonly_value_that_was_sent_decides_nothing() -> None:
    form = make(field("number", key="cost", readonly=True), field(key="why", conditional={"hide": "=cost > 10"}))
    assert form.validate({"cost": 99, "why": "x"}, context={"cost": 5}) == {"why": "x"}
    assert form.validate({"cost": 5, "why": "x"}, context={"cost": 99}) == {}


def test_conditions_may_look_at_process_variables() -> None:
    form = make(field(conditional={"hide": '=grade != "重大"'}))
    assert form.validate({"x": "a"}, context={"grade": "重大"}) == {"x": "a"}
    assert form.validate({"x": "a"}, context={"grade": "一般"}) == {}
    # The form's own fields come before variables of the same name.
    own = make(field("number", key="n"), field(conditional={"hide": "=n = 1"}))
    assert own.validate({"n": 2, "x": "a"}, context={"n": 1})["x"] == "a"


def test_a_group_without_a_path_hides_its_fields() -> None:
    inner = field(key="b", validate=REQUIRED)
    form = make(
        field("checkbox", key="a"),
        {"type": "group", "label": "组", "conditional": {"hide": "=a"}, "components": [inner]},
        {"type": "group", "path": "g", "label": "组", "conditional": {"hide": "=a"}, "components": [inner]},
        {"type": "dynamiclist", "path": "l", "label": "列", "conditional": {"hide": "=a"}, "components": [inner]},
    )
    assert form.validate({"a": True, "b": "x", "g": {"b": "x"}, "l": [{"b": "x"}]}) == {"a": True}
    assert list(errors(form, {"a": False, "l": [{}]})) == ["b", "g.b", "l.0.b"]


def test_inside_groups_and_rows() -> None:
    form = make(
        field("checkbox", key="all"),
        {
            "type": "group",
            "path": "g",
            "label": "组",
            "components": [field("checkbox", key="a"), field(key="b", conditional={"hide": "=not(g.a)"})],
        },
        {
            "type": "dynamiclist",
            "path": "rows",
            "label": "行",
            "components": [
                field("checkbox", key="a"),
                field(key="b", conditional={"hide": "=not(this.a or parent.all)"}),
                field(key="first", conditional={"hide": "=i[1] > 1"}),
            ],
        },
    )
    row = {"b": "x", "first": "f"}
    found = form.validate({"all": False, "g": {"a": False, "b": "x"}, "rows": [row | {"a": True}, row | {"a": False}]})
    assert found["g"] == {"a": False}
    assert found["rows"] == [{"a": True, "b": "x", "first": "f"}, {"a": False}]
    assert form.validate({"all": True, "rows": [{"b": "x"}]})["rows"] == [{"a": False, "b": "x", "first": None}]


def test_formulas_are_computed_here_whatever_was_sent() -> None:
    form = make(
        {"type": "expression", "key": "share", "expression": "=total / 1000 * 100"},
        {"type": "expression", "key": "total", "expression": "=sum(for row in items return row.cost)"},
        {"type": "dynamiclist", "path": "items", "label": "项", "components": [field("number", key="cost")]},
        field(key="why", conditional={"hide": "=share <= 10"}),
    )
    found = form.validate({"items": [{"cost": 60}, {"cost": 70.5}], "total": 1, "share": 1, "why": "x"})
    assert found["total"] == Decimal("130.5")
    assert found["share"] == Decimal("13.05")
    assert found["why"] == "x"
    assert form.validate({"items": [{"cost": "no number"}]} | {"items": []})["why"] is None


def test_a_condition_that_cannot_be_evaluated_hides_nothing() -> None:
    form = make(field("number", key="n"), field(conditional={"hide": "=n / 0 > 1"}), field(key="d"))
    assert form.validate({"n": 5, "x": "a"})["x"] == "a"
    strange = make(field(key="d"), field(conditional={"hide": '=date(d) > date("2026-01-01")'}))
    assert strange.validate({"d": "no date", "x": "a"})["x"] == "a"


def test_today_is_the_day_handed_in() -> None:
    form = make(field(conditional={"hide": '=today() = date("2026-11-06")'}))
    assert form.validate({"x": "a"}, today=TODAY) == {}
    assert form.validate({"x": "a"}, today=TODAY.replace(day=7)) == {"x": "a"}


def test_circles_are_refused_with_their_names() -> None:
    found = refusals(
        source(
            field(key="a", label="甲", conditional={"hide": "=b = 1"}),
            field(key="b", label="乙", conditional={"hide": "=a = 1"}),
        )
    )
    assert [(code, message) for code, _id, _label, message in found] == [
        ("form.circle", "甲、乙 的条件或表达式互相依赖，请去掉其中一个")
    ]
    assert refusals(source(field(conditional={"hide": "=x = 1"})))[0][0] == "form.circle"


def test_row_words_outside_a_list_are_refused() -> None:
    assert refusals(source(field(conditional={"hide": "=this.y"})))[0][0] == "form.expression"


def test_computed_options_are_computed_again_when_a_choice_is_sent() -> None:
    form = make(
        field("number", key="cost"),
        field("select", valuesExpression='=if cost > 100 then ["重大", "较大"] else ["一般"]'),
    )
    assert form.validate({"cost": 200, "x": "重大"})["x"] == "重大"
    assert errors(form, {"cost": 5, "x": "重大"}) == {
        "x": "内容里没有“重大”这个选项，请重新选择（内容 是 5，不大于 100）"
    }
    nothing = make(field("select", valuesExpression="=null"))
    assert errors(nothing, {"x": "a"}) == {"x": "内容目前没有可选项，请联系流程负责人"}


def test_computed_options_may_carry_labels_and_stand_in_rows() -> None:
    form = make(
        field("checklist", key="all", valuesExpression='=[{value: 1, label: "甲"}, {value: 2}, {label: "无值"}, null]'),
        {
            "type": "dynamiclist",
            "path": "rows",
            "label": "行",
            "components": [
                field(key="only"),
                field("radio", key="pick", label="选择", valuesExpression="=[this.only]"),
            ],
        },
    )
    data = {"all": [1, 2], "rows": [{"only": "a", "pick": "a"}]}
    assert form.validate(data) == data
    assert form.present(data)[0] == ("内容", "甲、2")
    assert errors(form, {"rows": [{"only": "a", "pick": "b"}]}) == {
        "rows.0.pick": "选择里没有“b”这个选项，请重新选择（按 [内容] 算出：内容 是 “a”）"
    }


def test_options_come_from_one_place_only() -> None:
    twice = field("select", valuesExpression="=[1]", values=[{"label": "一", "value": 1}])
    assert ("form.options", "values、valuesKey 和 valuesExpression 只能写一个") in [
        (code, message) for code, _id, _label, message in refusals(source(twice))
    ]


def test_a_name_inside_a_filter_is_settled_first_too() -> None:
    items = {"type": "dynamiclist", "path": "items", "label": "项", "components": [field("number", key="cost")]}
    form = make(
        field(key="why", conditional={"hide": "=count(items[cost > bar]) = 0"}),
        field("number", key="bar", conditional={"hide": "=not(use)"}),
        field("checkbox", key="use"),
        items,
    )
    sent = {"why": "x", "bar": 1, "items": [{"cost": 5}]}
    assert "why" in form.validate({**sent, "use": True})
    assert "why" not in form.validate({**sent, "use": False})  # the smuggled bar counts for nothing


def test_inside_a_group_or_row_too_what_is_looked_at_is_settled_first() -> None:
    fields = [
        field(key="c", conditional={"hide": '=g.b != "open"'}),
        field(key="b", conditional={"hide": "=not(g.a)"}),
        field("checkbox", key="a"),
    ]
    form = make({"type": "group", "path": "g", "label": "组", "components": fields})
    assert form.validate({"g": {"a": False, "b": "open", "c": "smuggled"}}) == {"g": {"a": False}}
    formula = {"type": "expression", "key": "sum", "expression": "=this.n * 2"}
    row = [field(key="why", conditional={"hide": "=this.sum < 10"}), formula, field("number", key="n")]
    rows = make({"type": "dynamiclist", "path": "l", "label": "列", "components": row})
    assert rows.validate({"l": [{"n": 9, "sum": 0, "why": "x"}]})["l"] == [{"why": "x", "sum": 18, "n": 9}]
    assert "why" not in rows.validate({"l": [{"n": 1, "sum": 99, "why": "x"}]})["l"][0]


def test_fields_of_a_group_that_look_at_each_other_keep_the_order_of_the_form() -> None:
    fields = [field(key="a", conditional={"hide": "=g.b = 1"}), field(key="b", conditional={"hide": "=g.a = 1"})]
    form = make({"type": "group", "path": "g", "label": "组", "components": fields})
    assert form.validate({"g": {"a": "x", "b": "y"}}) == {"g": {"a": "x", "b": "y"}}


def test_a_formula_whose_value_cannot_be_kept_says_so_at_its_field() -> None:
    for text in ("=function(a) a", "=[function(a) a]", "=[1..5]", "={r: (< 5)}", '=[@"-2016-01-01"]'):
        form = make({"type": "expression", "key": "f", "expression": text})
        assert errors(form, {})["f"].startswith("f的计算结果不能保存：")


def test_a_formula_of_presubmit_is_computed_here_as_well() -> None:
    form = make(
        {"type": "expression", "key": "f", "expression": "=n * 2", "computeOn": "presubmit"}, field("number", key="n")
    )
    assert form.validate({"n": 2, "f": 99}) == {"f": 4, "n": 2}


def test_limits_are_computed_from_settled_values() -> None:
    form = make(
        field("number", validate={"max": "=budget", "min": "=low"}),
        {"type": "expression", "key": "budget", "expression": "=total * 0.1"},
        field("number", key="total"),
        field("number", key="low", conditional={"hide": "=true"}),
    )
    assert errors(form, {"x": 11, "total": 100, "budget": 9999}) == {"x": "内容不能大于 10，你填的是 11（按 budget）"}
    assert form.validate({"x": 9, "total": 100, "low": 50})["x"] == 9
