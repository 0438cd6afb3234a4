"""Names with spaces, with operators inside, Chinese, and in other scripts."""

from __future__ import annotations

from typing import Any

import pytest

from engine.feel import FeelSyntaxError, compile_expression, compile_unary_tests, from_feel
from tests.engine.feel.support import feel


def known(text: str, context: dict[str, Any], *more: str) -> Any:
    return from_feel(compile_expression(text, frozenset([*context, *more]))(context))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("first name", "Ann"),
        ('first name + "!"', "Ann!"),
        ("first   name", "Ann"),
        ("a-b", 9),
        ("a - b", 9),
        ("a-b + 1", 10),
        ("total + tax", 6),
        ("total", 5),
        ("it's", 4),
        ("profit and loss", 8),
        ("if profit and loss > 7 then first name else null", "Ann"),
        ("变更 金额", 3),
        ("sum(total, a-b)", 14),
        ("{x: first name}.x", "Ann"),
    ],
)
def test_names_that_are_known_are_read_as_one(text: str, value: Any) -> None:
    names = {"first name": "Ann", "a-b": 9, "total": 5, "tax": 1, "it's": 4, "profit and loss": 8, "变更 金额": 3}
    assert known(text, names) == value


def test_the_longest_name_counts() -> None:
    assert known("a b c", {"a b": 1, "a b c": 2}) == 2
    assert known("a b", {"a b": 1, "a b c": 2}) == 1


def test_a_known_name_may_begin_with_a_keyword_that_begins_no_expression() -> None:
    assert known("for i in in a list return i", {"in a list": [1, 2]}) == [1, 2]
    assert known("or else + 1", {"or else": 1}) == 2
    assert known("if x then 1 else 2", {"if x then": 3, "x": True}) == 1


def test_fields_are_known_too() -> None:
    assert known("person.first name", {"person": {"first name": "Ann"}}, "first name") == "Ann"
    assert known("people.first name", {"people": [{"first name": "Ann"}]}, "first name") == ["Ann"]
    assert known('people[first name = "Ann"].age', {"people": [{"first name": "Ann", "age": 7}]}, "first name") == [7]


def test_cells_know_names_too() -> None:
    tests = compile_unary_tests("< upper limit", frozenset({"upper limit"}))
    assert tests(3, {"upper limit": 5}) is True
    assert tests.names == frozenset({"upper limit"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{first name: "Ann", greeting: "Hi " + first name}.greeting', "Hi Ann"),
        ('{"first name": "Ann"}.first name', "Ann"),
        ("{a-b: 3, r: a-b}.r", 3),
        ("{a: 5, b: 3, x: {a-b: 100}, r: a-b}.r", 2),
        ("{x: {a+b: 3}, y: x.a+b}.y", 3),
        ("for each item in [1, 2] return each item * 2", [2, 4]),
        ("every big x in [1, 2] satisfies big x > 0", True),
        ("(function(unit price, n) unit price * n)(unit price: 3, n: 4)", 12),
        ("for 每 一项 in [1, 2] return 每 一项 + 1", [2, 3]),
        ("{terms and conditions: true, r: terms and conditions}.r", True),
        ("{😀: 1, r: 😀 + 1}.r", 2),
    ],
)
def test_names_that_the_text_gives_itself(text: str, value: Any) -> None:
    assert feel(text) == value


def test_unknown_names_with_spaces_are_no_names() -> None:
    with pytest.raises(FeelSyntaxError, match="不能有空格"):
        compile_expression("first name")


def test_an_operator_is_one_again_behind_the_scope_of_such_a_name() -> None:
    assert feel("[{a-b: 3}, a-b]", a=5, b=1) == [{"a-b": 3}, 4]
