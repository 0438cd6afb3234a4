"""Wrong calls: null when they run, refused when they are published.

DMN 1.5, 10.3.2.13: an invocation of what is no function, or with arguments that do not fit its parameters, is null. A
reader of the whole language must not fail at them; the author of a procedure must be told.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.errors import DecisionRefused
from engine.feel import (
    FeelSyntaxError,
    check_expression,
    check_unary_tests,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.dmn import check_decisions, parse_decisions, sound_decisions
from engine.feel.explain import account, explain
from tests.engine.feel.dmn.building import table
from tests.engine.feel.dmn.models import decision, knowledge, literal, model, needs
from tests.engine.feel.support import feel

MISTAKES = [
    ("abs()", "参数个数不对"),
    ("abs(1, 1)", "参数个数不对"),
    ("abs(m: -1)", "没有参数 m"),
    ('substring(string: "a")', "缺少参数 start position"),
    ("count(list: [1], list: [2])", "参数重复"),
    ('substring("a", start position: 1)', "按名称写"),
    ("cnt([1])", "是否想写 count"),
    ("uuid()", "不提供函数"),
    ("function(x, x) x", "参数重复"),
    ("(function(x: thing) x)(1)", "不认识的类型 thing"),
    ("1 instance of thing", "不认识的类型 thing"),
    ("[1] instance of list<thing>", "不认识的类型 thing"),
    ('{foo: "bar", foo: "baz"}', "上下文的键重复"),
    ('@"nonsense"', "不是日期"),
    ("?", "单元格"),
]


@pytest.mark.parametrize(("text", "reason"), MISTAKES)
def test_null_at_run_time_and_refused_at_publication(text: str, reason: str) -> None:
    assert feel(text) is None
    assert feel(f"[{text}, 2][2]") == 2, "the rest of the expression is unharmed"
    with pytest.raises(FeelSyntaxError, match=reason) as caught:
        check_expression(text)
    assert caught.value.text == text
    assert caught.value.at is not None


@pytest.mark.parametrize(
    "text",
    [
        "1(2)",
        '"abs"(1)',
        "null(1)",
        "(function(x) x)()",
        "(function(x) x)(y: 1)",
        "{f: function(x) x, r: f(1, 2)}.r",
        '[1.."a"]',
        "for i in null return i",
        'for i in 1.."a" return i',
        "unheard",
        "{a: 1}.b",
        "unheard.of",
    ],
)
def test_what_only_running_shows_is_null_too(text: str) -> None:
    assert feel(text) is None


@pytest.mark.parametrize("text", ["1 +", "abs(", "f(1 2)", "1 instance of 5", "{a: 1", "function(x) external {}"])
def test_what_cannot_be_read_is_refused_in_any_case(text: str) -> None:
    for reading in (compile_expression, check_expression):
        with pytest.raises(FeelSyntaxError):
            reading(text)


def test_the_outer_mistake_is_told_first_and_none_is_lost() -> None:
    found = compile_expression("cnt(abs()) + sqrt()").mistakes
    assert [mistake.at for mistake in found] == [0, 4, 13]


def test_what_a_wrong_call_looks_at_is_still_a_variable() -> None:
    assert compile_expression("cnt(costs)").names == {"costs"}


def test_a_condition_with_a_wrong_call_is_not_true() -> None:
    assert feel('cnt(xs) > 1 or level = "II"', level="II") is True
    assert feel("cnt(xs) > 1", xs=[1, 2]) is None


def test_cells_likewise() -> None:
    assert compile_unary_tests("> cnt(1)")(2) is None
    with pytest.raises(FeelSyntaxError, match="是否想写"):
        check_unary_tests("> cnt(1)")


def test_the_explanation_names_the_mistake() -> None:
    assert "是否想写 count()" in explain("cnt(xs) > 1", {"xs": [1]}).text
    assert "参数个数不对" in account("abs(a, 1) + 1", {"a": 1}).why
    assert "写错的地方" not in explain("count(xs) > 1", {"xs": [1]}).text


def test_threads_share_one_compiled_text_and_each_gets_an_error_of_its_own() -> None:
    def refused(_number: int) -> FeelSyntaxError:
        with pytest.raises(FeelSyntaxError) as caught:
            check_expression("cnt(shared)")
        return caught.value

    with ThreadPoolExecutor(8) as pool:
        errors = list(pool.map(refused, range(32)))
    assert len({id(error) for error in errors}) == len(errors)
    assert compile_expression("cnt(shared)") is compile_expression("cnt(shared)")


INVOCATION = (
    "<invocation><literalExpression><text>cnt</text></literalExpression>"
    '<binding><parameter name="list"/><literalExpression><text>[1]</text></literalExpression></binding></invocation>'
)
FILES = {
    "an input": table([("甲", "cnt(x)", "number")], [("level", "string")], [["-", '"a"']]),
    "a cell": table([("甲", "x", "number")], [("level", "string")], [["> abs()", '"a"']]),
    "an answer": table([("甲", "x", "number")], [("level", "number")], [["-", "abs(1, 2)"]]),
    "allowed values": table([("甲", "x", "number")], [("level", "number")], [["-", "1"]], allowed="abs()"),
    "a literal expression": model(decision("d", literal("abs()"))),
    "an invocation": model(decision("d", INVOCATION)),
    "knowledge": model(knowledge("k", "n", literal("abs(n, n)")) + decision("d", literal("k(1)"), needs("fn:k"))),
    "knowledge that nobody requires": model(knowledge("k", "n", literal("abs(n, n)")) + decision("d", literal("1"))),
    "knowledge that is not required": model(knowledge("k", "n", literal("n")) + decision("d", literal("k(1)"))),
}


@pytest.mark.parametrize("xml", FILES.values(), ids=FILES)
def test_a_decision_file_runs_and_is_not_published(xml: bytes) -> None:
    parse_decisions(xml)
    told = check_decisions(xml)
    assert [finding.code for finding in told] == ["dmn-expression"]
    with pytest.raises(DecisionRefused) as caught:
        sound_decisions(xml)
    assert list(caught.value.findings) == told


@pytest.mark.parametrize("kind", ["a literal expression", "an invocation", "knowledge"])
def test_the_decision_is_null(kind: str) -> None:
    assert parse_decisions(FILES[kind])["d"].evaluate({}).value is None


def test_other_decisions_of_the_file_are_unharmed() -> None:
    file = model(decision("d", literal("abs()")) + decision("e", literal("1 + 1")))
    assert parse_decisions(file)["e"].evaluate({}).value == 2


def test_a_file_that_is_refused_anyway_tells_its_wrong_calls_too() -> None:
    file = model(decision("d", literal("abs()")) + decision("e", literal("1 +")))
    with pytest.raises(DecisionRefused) as caught:
        parse_decisions(file)
    assert [finding.element_id for finding in caught.value.findings] == ["d", "e"]
