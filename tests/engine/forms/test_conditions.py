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
