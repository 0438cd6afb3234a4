"""Hints on expressions that the browser answers otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from engine.forms.feelin import browser_hints, constructs, expressions_in
from tests.engine.forms.building import field


def hints(*components: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = browser_hints({"type": "default", "id": "f", "components": list(components)})
    assert {(one.level, one.code) for one in found} <= {("hint", "form.browser")}
    return [(one.element_id, one.element_name, one.message) for one in found]


def test_a_function_that_the_browser_lacks_is_told_where_it_stands() -> None:
    condition = field(id="F1", label="理由", conditional={"hide": '=trim(name) = ""'})
    assert hints(condition) == [
        (
            "F1",
            "理由",
            "conditional.hide 用了 trim()：浏览器没有这个函数，填写时得不到值。提交时以服务器的结果为准",
        )
    ]


def test_every_place_that_the_browser_computes_is_looked_at_also_inside_groups() -> None:
    text = "=is defined(a)"
    inner = [
        field("number", validate={"min": text, "max": text}),
        field(validate={"minLength": text, "maxLength": text}, readonly=text, description=text),
        {"type": "expression", "key": "e", "expression": text},
        {"type": "text", "text": text},
        field("select", valuesExpression=text),
    ]
    schema = {"components": [{"type": "group", "components": inner}]}
    assert sorted(where for _component, where, _text in expressions_in(schema)) == sorted(
        ["min", "max", "minLength", "maxLength", "readonly", "description", "expression", "text", "valuesExpression"]
    )
    assert len(hints(*inner)) == 9


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a + 0.1 = b", True),
        ("a / 3 != b", True),
        ("a + 1 = b", False),
        ("a / 3 > b", False),
        ("date and time(a)", True),
        ('date and time("2026-01-01T09:30:00")', False),
        ("sort(a)", True),
        ("sort(a, function(x, y) x < y)", False),
        ("some x in a satisfies x instance of number", True),
        ("for x in trim(a) return x", True),
        ("a = 1 and contains(b, c)", False),
        ("a +", False),
    ],
)
def test_what_is_told_and_what_is_not(text: str, told: bool) -> None:
    assert bool(hints(field(conditional={"hide": f"={text}"}))) is told


def test_what_is_no_form_has_no_hints() -> None:
    assert browser_hints({"components": "x"}) == []
    assert browser_hints({"components": [1, {"conditional": 5, "validate": [], "text": 3}]}) == []
    assert constructs("") == ()
