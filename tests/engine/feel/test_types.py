"""`instance of`, with members."""

from __future__ import annotations

import pytest

from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("value", "type_", "holds"),
    [
        ("1", "number", True),
        ('"1"', "number", False),
        ("null", "Null", True),
        ("null", "null", True),
        ("null", "Any", False),
        ("null", "number", False),
        ("1", "Any", True),
        ("[1, 2]", "list", True),
        ("[1, 2]", "list<number>", True),
        ("[1, null]", "list<number>", True),
        ('[1, "a"]', "list<number>", False),
        ("[]", "list<string>", True),
        ("[[1], [2]]", "list<list<number>>", True),
        ("[[1], 2]", "list<list<number>>", False),
        ("1", "list<number>", False),
        ("{a: 1}", "context<a: number>", True),
        ("{a: 1, b: 2}", "context<a: number>", True),
        ("{b: 1}", "context<a: number>", False),
        ('{a: "x"}', "context<a: number>", False),
        ('{first name: "Ann"}', "context<first name: string>", True),
        ("[1..2]", "range<number>", True),
        ("(< 2)", "range<number>", True),
        ("[1..2]", "range<string>", False),
        ('@"2026-01-01"', "date", True),
        ('@"2026-01-01"', "date and time", False),
        ('@"P1D"', "days and time duration", True),
        ('@"P1M"', "years and months duration", True),
        ("function(x) x", "function<number> -> number", True),
        ("function(x) x", "function<number, number> -> number", False),
        ("function() 1", "function<> -> number", True),
        ("function() 1", "function<> -> Any", True),
        ("function() 1", "function<> -> string", False),
        ("function() unknown", "function<> -> string", True),
        ("function() {a: 1, b: [2]}", "function<> -> context<b: list<number>>", True),
        ("function() {a: 1}", "function<> -> context<b: number>", False),
        ("function(x: number) x", "function<string> -> number", False),
        ("function(x) x", "function<string> -> number", True),
        ("function(x: context<a: number>) 1", "function<context<a: number, b: number>> -> number", True),
        ("function(x: context<a: number, b: number>) 1", "function<context<a: number>> -> number", False),
        ("function(x: range<number>) 1", "function<range<number>> -> number", True),
        ("[function() 1, function() 2]", "list<function<> -> number>", True),
        ("function(x) x", "function", True),
        ("1", "function<number> -> number", False),
    ],
)
def test_instance_of(value: str, type_: str, holds: bool) -> None:
    assert feel(f"({value}) instance of {type_}") is holds


def test_instance_of_binds_tighter_than_and() -> None:
    assert feel("1 instance of number and 2 instance of number") is True
    assert feel("if x instance of list<number> then sum(x) else 0", x=[1, 2]) == 3
