"""Hostile input: every expression ends soon, in an answer or in a FEEL error with its place."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import (
    FeelError,
    FeelLimitError,
    FeelSyntaxError,
    compile_expression,
    compile_unary_tests,
    from_feel,
)

SOON = 10  # seconds, on a machine that is busy with other things; alone each takes well under one


def doubling(seed: str, step: str, rounds: int = 60) -> str:
    entries = [f"a0: {seed}", *(f"a{n}: {step.replace('$', f'a{n - 1}')}" for n in range(1, rounds))]
    return f"{{{', '.join(entries)}}}.a{rounds - 1}"


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000000000 return i",
        "for i in 1..1e30 return i",
        'for d in @"0001-01-01"..@"9999-12-31" return d',
        "for i in 1..50000 return for j in 1..50000 return 1",
        "for a in 1..1000, b in 1..1000, c in 1..1000 return a",
        "every i in 1..99999 satisfies every j in [1..99999) satisfies j > 0",
        "some i in 1..99999 satisfies some j in 1..99999 satisfies i / 3 + j ** 0.5 = 7",
        'some i in 1..99999 satisfies count(split("abc", string(i))) = 7',
        "some i in 1..99999 satisfies sum(for j in 1..1000 return j) = 1",
        "count((for i in 1..90000 return i)[item > 0][item > 0][item > 0][item > 0][item > 0])",
        "distinct values(for i in 1..90000 return [i])",
        doubling('"xxxxxxxxxx"', "$ + $"),
        doubling('["xxxxxxxxxx"]', "[string join(concatenate($, $))]"),
        doubling("[1]", "concatenate($, $)"),
        doubling("[1]", "append($, $)") + " = 1 or string(" + doubling("[1]", "[$, $]") + ') = ""',
        "string(" + doubling("[1]", "[$, $]") + ")",
        "flatten(" + doubling("[1]", "[$, $]") + ")",
        doubling("[1]", "[$, $]", 40) + " = " + doubling("[1]", "[$, $]", 40),
        "string(" + doubling("[1]", "[$]", 90) + ")",
        "flatten(" + doubling("[1]", "[$]", 90) + ")",
        doubling("[1]", "[$]", 90) + " = " + doubling("[1]", "[$]", 90),
        "list contains([" + doubling("[1]", "[$, $]", 40) + "], " + doubling("[1]", "[$, $]", 40) + ")",
        "(" + doubling("{x: 1}", "[$, $]", 40) + ").x",
        "{f: function(n) f(n + 1), r: f(1)}.r",
        "{f: function(n) if n < 1 then 1 else f(n - 1) + f(n - 1), r: f(60)}.r",
        "{f: function(g) g(g), r: f(f)}.r",
        "for i in 1..99999 return partial",
        "sort(for i in 1..90000 return -i, function(a, b) a < b)",
        "sort(for i in 1..90000 return -i)",
        "list replace(for i in 1..90000 return i, function(a, b) some x in 1..100 satisfies x = a, 1)",
        "duplicate values(for i in 1..90000 return [i])",
        'some i in 1..99999 satisfies add working days(date("2026-01-01"), 9999 - i) = i',
        'some i in 1..99999 satisfies matches(string(i), "(a|b|c){900}" + string(i))',
        'split(string join(for i in 1..50000 return "x"), "x*y|x")',
        'for i in 1..9000 return matches("x", "(abc){900}(def){900}" + string(i))',
        'matches("x", string join(for i in 1..9000 return "[\\\\w]"))',
        "for i in 1..50000 return log(i)",
        "for y in 1..9999 return add working days(date(y, 1, 1), 20000)",
        "for i in 1..900 return is(for j in 1..900 return partial, i)",
        "is((for i in 1..300 return [partial[-1]])[-1], (for i in 1..300 return [partial[-1]])[-1])",
        "is(" + doubling("[1]", "[$, $]", 40) + ", " + doubling("[1]", "[$, $]", 40) + ")",
        "union(" + doubling("[[1]]", "[$, $]", 40) + ", " + doubling("[[1]]", "[$, $]", 40) + ")",
        doubling("[1]", "[$, $]", 40) + " instance of " + "list<" * 40 + "number" + ">" * 40,
        'replace(string join(for i in 1..9999 return "ab"), "a", string join(for i in 1..99 return "xxxxx"))',
    ],
)
def test_greedy_expressions_stop_with_their_place(text: str) -> None:
    started = time.process_time()
    with pytest.raises(FeelLimitError) as caught:
        compile_expression(text)({})
    assert caught.value.at is not None
    assert time.process_time() - started < SOON


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "[" * 5000,
        "{a:" * 3000,
        "-" * 9000 + "1",
        "not(" * 2000 + "true" + ")" * 2000,
        "if " * 3000,
        "if a then " * 900 + "1",
        "1" + "+1" * 4900,
        "a" + ".b" * 4900,
        "a" + "[1]" * 3000,
        "a" + " instance of number" * 500,
        "for " + ", ".join(f"x{n} in [1]" for n in range(600)) + " return 1",
        "f(" * 3000,
        "x in (" * 1500,
        "1" * 10_001,
        '"' + "a" * 20_000 + '"',
    ],
)
def test_texts_too_deep_or_too_long_are_refused_when_compiling(text: str) -> None:
    for compiling in (compile_expression, compile_unary_tests):
        started = time.process_time()
        with pytest.raises(FeelSyntaxError):
            compiling(text)
        assert time.process_time() - started < SOON


def test_the_deepest_allowed_texts_run() -> None:
    assert compile_expression("(" * 39 + "1" + ")" * 39)({}) == 1
    assert compile_expression("1" + "+1" * 90)({}) == 91
    assert compile_expression("true" + " and true" * 900)({}) is True
    assert compile_expression("if false then 1 else " * 38 + "2")({}) == 2


def test_the_budget_is_one_for_all_loops() -> None:
    part = "count(for i in 1..90000 return i)"
    assert compile_expression(part)({}) == 90000
    with pytest.raises(FeelLimitError, match="计算量太大"):
        compile_expression(" + ".join([part] * 5))({})


def test_ordinary_sizes_are_far_below_the_budget() -> None:
    votes = [{"person": f"p{n}", "vote": "agree"} for n in range(10_000)]
    assert compile_expression('count(votes[vote = "agree"]) * 3 >= count(votes) * 2')({"votes": votes}) is True


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "((a{1,100}){1,100}){1,100}", "(", "a**", "\\\\"])
def test_patterns_run_in_linear_time_or_not_at_all(pattern: str) -> None:
    started = time.process_time()
    result = compile_expression("split(text, pattern)")({"text": "a" * 50_000 + "c", "pattern": pattern})
    assert result is None or isinstance(result, list)
    assert time.process_time() - started < SOON


@pytest.mark.parametrize(
    "text", ["1.0000001 ** 1e6000", "2 ** 0.123456789e-3000", "9e6144 * 9e6144", "1e-6143 / 1e6144", "9.9 ** 9999999"]
)
def test_extreme_numbers_end_in_a_number_or_null(text: str) -> None:
    value = compile_expression(text)({})
    assert value is None or value.is_finite()


WORDS = [
    *("1", "0.5", '"a"', "true", "null", "x", "y", "?", "item", "number", '@"2026-01-01"', '"P1D"'),
    *("(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">="),
    *("and", "or", "for", "in", "return", "some", "every", "satisfies", "if", "then", "else", "between", "instance of"),
    *("not(", "count(", "sum(", "string(", "date(", "duration(", "split("),
]
DATA: dict[str, Any] = {"x": [1, {"y": "a"}, None], "y": "2026-01-01"}


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_row_of_words_is_answered_or_refused(words: list[str]) -> None:
    text = " ".join(words)
    try:
        from_feel(compile_expression(text)(DATA))
        compile_unary_tests(text)(1, DATA)
    except FeelError:
        pass  # the only thing that may be raised


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_answered_or_refused(text: str) -> None:
    for compiling in (compile_expression, compile_unary_tests):
        place = _place_of_error(compiling, text)
        assert place is None or 0 <= place <= len(text)


def _place_of_error(compiling: Callable[[str], object], text: str) -> int | None:
    try:
        compiling(text)
    except FeelSyntaxError as error:
        return error.at
    return None
