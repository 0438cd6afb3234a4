"""Three-valued logic, conditionals, instance of."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.engine.feel.support import feel

T, F, N = True, False, None


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, N, N, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, N, F, N),
        (N, T, N, T),
        (N, F, F, N),
        (N, N, N, N),
    ],
)
def test_truth_tables(left: bool | None, right: bool | None, both: bool | None, either: bool | None) -> None:
    assert feel("a and b", a=left, b=right) is both
    assert feel("a or b", a=left, b=right) is either
    assert feel("a and b and true", a=left, b=right) is both
    assert feel("a or b or false", a=left, b=right) is either


@pytest.mark.parametrize(("value", "negated"), [(T, F), (F, T), (N, N), (1, N), ("true", N)])
def test_not(value: object, negated: bool | None) -> None:
    assert feel("not(x)", x=value) is negated


def test_what_is_no_boolean_counts_as_null() -> None:
    assert feel('1 and "a"') is None
    assert feel("1 and false") is False
    assert feel("1 or true") is True


@pytest.mark.parametrize(("condition", "branch"), [(T, 1), (F, 2), (N, 2), ("true", 2), (1, 2)])
def test_if_takes_the_first_branch_only_for_true(condition: object, branch: int) -> None:
    assert feel("if x then 1 else 2", x=condition) == branch


@pytest.mark.parametrize(
    ("value", "type_name"),
    [
        (1, "number"),
        ("a", "string"),
        (True, "boolean"),
        (date(2026, 1, 1), "date"),
        (datetime(2026, 1, 1, tzinfo=UTC), "date and time"),
        ([1], "list"),
        ({"a": 1}, "context"),
        (None, "null"),
    ],
)
def test_instance_of(value: object, type_name: str) -> None:
    assert feel(f"x instance of {type_name}", x=value) is True
    assert feel("x instance of time", x=value) is False
    assert feel("x instance of Any", x=value) is (value is not None)


def test_instance_of_durations_and_ranges() -> None:
    assert feel('duration("P1D") instance of days and time duration') is True
    assert feel('duration("P1M") instance of years and months duration') is True
    assert feel("[1..2] instance of range") is True
