"""Truth, and what is the same."""

from __future__ import annotations

import pytest

from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("arguments", "every", "some"),
    [
        ("[]", True, False),
        ("[true, true]", True, True),
        ("[true, false]", False, True),
        ("[false, false]", False, False),
        ("[true, null]", None, True),
        ("[false, null]", False, None),
        ("[null]", None, None),
        ("true, false", False, True),
        ("true", True, True),
        ("null", None, None),
        ("[1, true]", None, True),
        ('["false"]', None, None),
    ],
)
def test_all_and_any(arguments: str, every: bool | None, some: bool | None) -> None:
    assert feel(f"all({arguments})") is every
    assert feel(f"any({arguments})") is some


@pytest.mark.parametrize(
    ("text", "defined"),
    [
        ("x", True),
        ("missing", False),
        ("c.a", True),
        ("c.b", False),
        ("null", False),
        ("false", True),
        ("c.none", False),
    ],
)
def test_is_defined_means_has_a_value(text: str, defined: bool) -> None:
    assert feel(f"is defined({text})", x=0, c={"a": "", "none": None}) is defined


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("not(true)", False),
        ("not(null)", None),
        ('not("true")', None),
        ("all([false, null, true])", False),
        ("all(true)", True),
        ("all([])", True),
        ("all()", None),
        ("all(0)", None),
        ("any([false, null, true])", True),
        ("any(false)", False),
        ("any([])", False),
        ("any()", None),
        ("any(0)", None),
        ("is defined({a: null}.a)", False),
        ("is defined(0)", True),
        ("is defined(null)", False),
        ("get or else(1, 2)", 1),
        ("get or else(null, 2)", 2),
        ("get or else(false, true)", False),
        ("get or else({}.a, null)", None),
    ],
)
def test_truth(text: str, value: object) -> None:
    assert feel(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('is(date("2012-12-25"), time("23:00:50"))', False),
        ('is(date("2012-12-25"), date("2012-12-25"))', True),
        ('is(@"2012-12-25", @"2012-12-25T00:00:00Z")', False),
        ('is(time("23:00:50z"), time("23:00:50"))', False),
        ('is(time("23:00:50z"), time("23:00:50+00:00"))', True),
        ('is(@"23:00:50@Etc/GMT", @"23:00:50Z")', True),
        ('is(@"23:00:50@Australia/Melbourne", @"23:00:50+10:00")', True),
        ('is(@"23:00:50@Australia/Melbourne", @"23:00:50@Australia/Sydney")', True),
        ('is(@"20:00:50+00:00", @"21:00:50+01:00")', False),
        ('is(@"2002-04-02T12:00:00-01:00", @"2002-04-02T17:00:00+04:00")', False),
        ('is(@"2012-12-25T10:10:10@Australia/Melbourne", @"2012-12-25T10:10:10+11:00")', True),
        ('is(duration("P1D"), duration("PT24H"))', True),
        ('is(duration("P0D"), duration("P0Y"))', False),
        ("is(1, 1.0)", True),
        ('is(1, "1")', False),
        ("is(null, null)", True),
        ("is(null, false)", False),
        ("is([1, {a: 2}], [1, {a: 2}])", True),
        ("is([1, null], [1, 2])", False),
        ("is({a: 1}, {b: 1})", False),
        ("is([1..2], [1..2])", True),
        ("is([1..2], [1..2))", False),
        ("is(function() 1, function() 1)", False),
        ("is(value2: 1, value1: 1)", True),
    ],
)
def test_is_asks_for_the_very_same_value(text: str, value: bool) -> None:
    assert feel(text) is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('contains(["foobar"], "of")', False),
        ('string length(["规程"])', 2),
        ("floor([1.5])", 1),
        ("not([true])", False),
        ('date(["2026-01-01"]) = @"2026-01-01"', True),
        ('day of year([@"2026-01-02"])', 2),
        ('get value([{a: 1}], "a")', 1),
        ("remove([1, 2], [2])", [1]),
        ("list replace([1, 2], [2], 3)", [1, 3]),
        ('abs([duration("-P1D")]) = duration("P1D")', True),
        ('is working day([@"2026-10-01"])', False),
        ("floor([1.5, 2.5])", None),
        ("string([1])", "[1]"),
    ],
)
def test_a_list_of_one_is_as_good_as_what_it_holds(text: str, value: object) -> None:
    assert feel(text) == value
