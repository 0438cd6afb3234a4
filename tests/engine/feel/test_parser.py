"""Precedence, places of errors, and what is refused by name."""

from __future__ import annotations

import pytest

from engine.feel import FeelSyntaxError, FeelUnsupported, check_expression
from engine.feel.nodes import Call, Comparison, Literal, Logical, Name
from engine.feel.parser import parse_expression, parse_unary_tests
from tests.engine.feel.support import feel


def test_nodes_know_their_place() -> None:
    tree = parse_expression('level = "II" and amount > 1')
    assert isinstance(tree, Logical)
    assert tree.conjunction
    assert tree.parts[0] == Comparison(6, "=", Name(0, "level"), Literal(8, "II"))


def test_the_same_text_is_one_tree() -> None:
    assert parse_expression("a + 1") is parse_expression("a + 1")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 2 - 3", 5),
        ("2 ** 3 ** 2", 64),
        ("-2 ** 2", 4),
        ("--3", 3),
        ("true or false and false", True),
        ("1 + 1 = 2 and 2 < 3", True),
        ("if false then 1 else if true then 2 else 3", 2),
        ("2 between 1 and 3 and false", False),
        ("1 in (1, 2) and false", False),
    ],
)
def test_precedence(text: str, value: object) -> None:
    assert feel(text) == value


def test_function_names_of_several_words() -> None:
    assert parse_expression('date and time("2026-01-01T00:00:00")') == Call(
        0, "date and time", (Literal(14, "2026-01-01T00:00:00"),)
    )
    assert feel("date and time(date, time).year", date=None, time=None) is None
    assert feel("paid and (x)", paid=True, x=True) is True
    assert feel("date and (time)", date=True, time=True) is True


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("", 0, "没有写完"),
        ("1 +", 3, "没有写完"),
        ("count(x", 7, r"缺少 \)"),
        ("[1, 2", 5, "缺少 ]"),
        ("{a: 1", 5, "缺少 }"),
        ("{a 1}", 3, "应为 :"),
        ("{1: 1}", 1, "上下文的键"),
        ("{a: 1, a: 2}", 7, "重复"),
        ("if a then b", 11, "缺少 else"),
        ("a b", 2, "不能有空格"),
        ("10天", 2, "数字后面"),
        ("a == b", 3, "只写一个 ="),
        ("1 < 2 < 3", 6, "不能连写"),
        ("a +\n) b", 4, "第 2 行第 1 个字符"),
        ("for 1 in x return 2", 4, "变量名"),
        ("some x on y satisfies x", 7, "不能有空格"),
        ('@"nonsense"', 0, "不是日期"),
        ("1e9999", 0, "超出范围"),
        ("a.[1]", 2, "点号后面"),
        ("a instance number", 11, "应为 of"),
        ("a instance of thing", 14, "不认识的类型 thing"),
        ("?", 0, "单元格"),
        ("cnt(x)", 0, r"是否想写 count\(\)"),
        ("1 + string size(x)", 4, "没有函数 string size"),
        ("最大(x)", 0, r"没有函数 最大\(\)"),
        ('substring("a")', 0, "参数个数"),
        ("now(1)", 0, "参数个数"),
        ("date(2026, 2)", 0, r"date\(from\) / date\(year, month, day\)"),
        ("time(9, 30)", 0, "参数个数"),
        ('substring(string: "a")', 0, "缺少参数 start position"),
        ('substring(text: "a", start position: 1)', 0, "没有参数 text"),
        ('substring("a", start position: 1)', 15, "按名称写"),
        ("count(list: [1], list: [2])", 17, "参数重复"),
        ("function(x, x) x", 12, "参数重复"),
        ("function(x: thing) x", 12, "不认识的类型 thing"),
        ("function(1) x", 9, "变量名"),
        ("x instance of list<number", 25, "缺少 >"),
        ("x instance of function<number> number", 31, "应为 ->"),
        ("(< )", 3, "不应出现"),
        ("]1..2", 5, "缺少 ]"),
    ],
)
def test_errors_say_where_and_what(text: str, at: int, message: str) -> None:
    with pytest.raises(FeelSyntaxError, match=message) as caught:
        check_expression(text)
    assert caught.value.at == at
    assert caught.value.text == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("function(x) external {java: {class: 1}}", "外部函数"),
        ("1 + (function() external 1)()", "外部函数"),
    ],
)
def test_what_is_not_run_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(FeelUnsupported, match=message):
        check_expression(text)


def test_an_empty_cell_and_a_dash_have_no_tests() -> None:
    assert parse_unary_tests("").tests == parse_unary_tests(" - ").tests == ()


def test_line_and_column() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        check_expression("1 +\n\n  )")
    assert (caught.value.line, caught.value.column) == (3, 3)
