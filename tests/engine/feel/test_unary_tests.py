"""Cells of decision tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.feel import FeelSyntaxError, compile_unary_tests
from tests.engine.feel.support import passes


@pytest.mark.parametrize(
    ("cell", "passing", "failing"),
    [
        ('"a"', "a", "b"),
        ('"a","b"', "b", "c"),
        ("1, 2", 2, 3),
        ("-1", -1, 1),
        ("true", True, False),
        ("< 5", 4, 5),
        ("<= 5", 5, 6),
        ("> 5", 6, 5),
        (">= 5", 5, 4),
        ("= 5", 5, 4),
        ("!= 5", 4, 5),
        ("[1..5)", 1, 5),
        ("(1..5]", 5, 1),
        ("(1..5)", 2, 1),
        ("< 1, [3..4]", 3, 2),
        ('not("a","b")', "c", "a"),
        ("not(< 5)", 5, 4),
        ("not([1..5])", 6, 5),
        ("? > 5 and ? < 8", 6, 8),
        ('contains(?, "部")', "部门", "科"),
        ('not(contains(?, "部"))', "科", "部门"),
        ("not(?) or false", False, True),
        ("limit", 7, 8),
        ("> limit", 8, 7),
        ("limits", 2, 3),
        ('["a","b"]', "a", "c"),
        ('date("2026-01-01")', date(2026, 1, 1), date(2026, 1, 2)),
        ('>= @"2026-01-01"', date(2026, 1, 1), date(2025, 1, 2)),
        ("null", None, 1),
        ("not(null)", 1, None),
        ("not(= null)", 1, None),
    ],
)
def test_cells(cell: str, passing: Any, failing: Any) -> None:
    context = {"limit": 7, "limits": [1, 2]}
    assert passes(cell, passing, **context) is True
    assert passes(cell, failing, **context) is False


@pytest.mark.parametrize("cell", ["-", "", "  - "])
@pytest.mark.parametrize("value", [None, 1, "a", [1]])
def test_a_dash_lets_everything_pass(cell: str, value: Any) -> None:
    assert passes(cell, value) is True


@pytest.mark.parametrize("cell", ["< 5", "[1..5]", 'not("a")', "? > 5", "> limit"])
def test_what_cannot_be_compared_is_null(cell: str) -> None:
    assert passes(cell, [1]) is None
    assert passes("< 5", None) is None


def test_a_list_equals_itself_and_contains_its_members() -> None:
    assert passes("[1, 2]", [1, 2]) is True
    assert passes("[1, 2]", 1) is True
    assert passes("[[1..3], 9]", 2) is True


def test_a_condition_without_question_mark_is_a_value() -> None:
    assert passes("amount > 5", True, amount=6) is True
    assert passes("amount > 5", 6, amount=6) is None


@pytest.mark.parametrize("cell", ["<", "1,", "not(", "not(1", "1 2", "- 1 -", "not(1), 2 <", "< 5 < 6"])
def test_broken_cells(cell: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests(cell)


def test_names_of_cells() -> None:
    assert compile_unary_tests("? > limit and other").names == {"limit", "other"}
