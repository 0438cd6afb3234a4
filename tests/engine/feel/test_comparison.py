"""= != < <= > >= between in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from tests.engine.feel.support import feel

BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        ("a", "b", False),
        (None, None, True),
        (None, 1, False),
        (1, "1", None),
        (True, 1, None),
        ([1, 2], [1, 2], True),
        ([1, 2], [1], False),
        ([1, "a"], [1, 2], None),
        ({"a": 1}, {"a": 1}, True),
        ({"a": 1}, {"b": 1}, False),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}, False),
        (date(2026, 1, 1), date(2026, 1, 1), True),
        (date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), True),
        (datetime(2026, 1, 1, tzinfo=BEIJING), date(2026, 1, 1), False),
        (date(2026, 1, 1), datetime(2026, 1, 1), False),  # noqa: DTZ001  # local time on purpose
        (date(2026, 1, 1), time(8), None),
        (datetime(2026, 1, 1, 8, tzinfo=BEIJING), datetime(2026, 1, 1, 0, tzinfo=UTC), True),
        (datetime(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), False),  # noqa: DTZ001  # local time on purpose
        (time(8, tzinfo=BEIJING), time(0, tzinfo=UTC), True),
        (time(8), time(8, tzinfo=UTC), False),
    ],
)
def test_equality(left: object, right: object, equal: bool | None) -> None:
    assert feel("a = b", a=left, b=right) is equal
    assert feel("a != b", a=left, b=right) is (None if equal is None else not equal)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, 2),
        ("a", "b"),
        (date(2026, 1, 1), date(2026, 1, 2)),
        (time(8), time(9)),
        (timedelta(days=1), timedelta(days=2)),
        (datetime(2026, 1, 1, 8, tzinfo=BEIJING), datetime(2026, 1, 1, 1, tzinfo=UTC)),
    ],
)
def test_order(left: object, right: object) -> None:
    assert feel("[a < b, a <= b, a > b, a >= b]", a=left, b=right) == [True, True, False, False]
    assert feel("[a < a, a <= a, a > a, a >= a]", a=left) == [False, True, False, True]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (None, 1),
        (1, None),
        (1, "1"),
        (True, False),
        ([1], [2]),
        ({"a": 1}, {"a": 2}),
        (date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
        (time(8), time(9, tzinfo=UTC)),
    ],
)
def test_what_cannot_be_ordered_is_null(left: object, right: object) -> None:
    for sign in ("<", "<=", ">", ">="):
        assert feel(f"a {sign} b", a=left, b=right) is None


@pytest.mark.parametrize(
    ("text", "x", "result"),
    [
        ("x = 1", 1, True),
        ("x = 1", None, False),
        ("x = 1", "1", None),
        ("x != 1", 1, False),
        ("x != 1", None, True),
        ("x != 1", "1", None),
        ("x > 1", 2, True),
        ("x > 1", None, None),
        ('x < "b"', "a", True),
        ("x.y = 1", {"y": 1}, True),
        ("x.y > 1", {"y": 1}, False),
        ("x.y = 1", {}, False),
    ],
)
def test_against_constants_the_short_way_answers_alike(text: str, x: object, result: bool | None) -> None:
    assert feel(text, x=x) is result
    wanted = text.split()[-1]
    assert feel(text.replace(wanted, "y0"), x=x, y0=feel(wanted)) is result


@pytest.mark.parametrize(("x", "result"), [(0, False), (1, True), (2, True), (3, True), (4, False), (None, None)])
def test_between_includes_both_ends(x: int | None, result: bool | None) -> None:
    assert feel("x between 1 and 3", x=x) is result


@pytest.mark.parametrize(
    ("tests", "passing", "failing"),
    [
        ("(1, 2, 3)", 2, 4),
        ("[1, 2, 3]", 2, 4),
        ("[1..3]", 3, 4),
        ("[1..3)", 1, 3),
        ("(1..3]", 3, 1),
        ("(1..3)", 2, 3),
        ("> 2", 3, 2),
        ("(< 2, >= 5)", 5, 3),
        ("(!= 2)", 3, 2),
        ("([1..2], [5..6])", 6, 3),
        ("xs", 8, 9),
        ("(xs)", 8, 9),
        ("(? * 2 = 4)", 2, 3),
        ("span", 5, 6),
    ],
)
def test_in(tests: str, passing: int, failing: int) -> None:
    context = {"xs": [7, 8]}
    text = f"{{span: [5..5], r: x in {tests}}}.r"
    assert feel(text, x=passing, **context) is True
    assert feel(text, x=failing, **context) is False


def test_in_with_null_and_other_kinds() -> None:
    assert feel("x in (1, 2)", x=None) is False
    assert feel("x in [1..2]", x=None) is None
    assert feel('x in [1, "a"]', x=2) is False
    assert feel("5 in [1..null]") is None
    assert feel("5 in [x..10]", x=None) is None
    assert feel("not(5 in [10..1])") is None
    assert feel('x in ("a", 2)', x=2) is True
    assert feel("x in null", x=2) is False
    assert feel("[1, 2] in ([[1, 2]])") is True


def test_ranges_of_dates_and_impossible_ranges() -> None:
    assert feel('@"2026-05-01" in [@"2026-01-01"..@"2026-12-31"]') is True
    assert feel("[3..1]") is None
    assert feel('[1.."a"]') is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 in ]1..5]", False),
        ("5 in [1..5[", False),
        ("3 in ]1..5[", True),
        ("3 in (< 5)", True),
        ("5 in (<= 5)", True),
        ("5 in (> 5)", False),
        ("{r: (>= 5), x: 6 in r}.x", True),
        ("(< 5).end", 5),
        ("(< 5).start", None),
        ("(< 5) = (< 5)", True),
        ("(< 5) = < 5", True),
        ("(< 5) != >= 5", True),
        ('range("[2..)") = >= 2', True),
        ("[1..5[ = [1..5)", True),
        ("string((> 5))", "(5..)"),
        ("(= 5) = [5..5]", True),
        ("(= 5).end included", True),
        ("{r: (=xs), y: 2 in r}.y", True),
        ("3 in (= 5)", False),
        ("(= [1])", None),
        ("(< null)", None),
        ("(< [1])", None),
        ("[[1..5[, [2..3]][1].end", 5),
        ("xs in [[1..5], [7..9]][1]", True),
    ],
)
def test_ranges_open_at_an_end_and_the_other_brackets(text: str, value: object) -> None:
    assert feel(text, xs=2) == value
