"""for, some, every."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for x in [1, 2, 3] return x * 2", [2, 4, 6]),
        ("for x in 1..3 return x", [1, 2, 3]),
        ("for x in 3..1 return x", [3, 2, 1]),
        ("for x in [1..4) return x", [1, 2, 3]),
        ("for x in (1..4] return x", [2, 3, 4]),
        ("for x in [1, 2], y in [x, 10] return x * y", [1, 10, 4, 20]),
        ("for x in [] return x", []),
        ("for x in null return x", None),
        ("for x in 5 return x", [5]),
        ("for x in 1..1.5 return x", None),
        ('for x in 1.."a" return x', None),
        ("for x in [1, 2], y in null return x", None),
        ("for x in [1, 2] return for x in [x + 10] return x", [[11], [12]]),
        ('count(for d in @"2026-01-01"..@"2026-01-31" return d)', 31),
        ('for d in [@"2026-01-02"..@"2026-01-01"] return d', None),
        ("some x in [1, 2] satisfies x > 1", True),
        ("some x in [1, 2] satisfies x > 2", False),
        ("some x in [null, 2] satisfies x > 2", None),
        ("some x in [] satisfies true", False),
        ("some x in null satisfies true", None),
        ("some x in [1, 2], y in [3] satisfies x + y = 5", True),
        ("every x in [1, 2] satisfies x > 0", True),
        ("every x in [1, 2] satisfies x > 1", False),
        ("every x in [null, 2] satisfies x > 1", None),
        ("every x in [null, 1] satisfies x > 1", False),
        ("every x in [] satisfies false", True),
        ("every x in null satisfies true", None),
        ('some x in ["a"] satisfies x', None),
    ],
)
def test_loops(text: str, value: Any) -> None:
    assert feel(text) == value


def test_days_downwards() -> None:
    assert feel('for d in @"2026-01-02"..@"2026-01-01" return d') == [date(2026, 1, 2), date(2026, 1, 1)]


@pytest.mark.parametrize(("agree", "of", "carried"), [(4, 6, True), (3, 5, False), (2, 3, True), (0, 3, False)])
def test_the_two_thirds_vote(agree: int, of: int, carried: bool) -> None:
    votes = [{"vote": "agree" if n < agree else "abstain"} for n in range(of)]
    assert feel('count(votes[vote = "agree"]) * 3 >= count(votes) * 2', votes=votes) is carried
    assert feel('count(votes[vote = "agree"]) / count(votes) >= 2 / 3', votes=votes) is carried


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for i in 1..4 return count(partial)", [0, 1, 2, 3]),
        ("for i in 0..5 return if i < 2 then 1 else partial[-1] + partial[-2]", [1, 1, 2, 3, 5, 8]),
        ("for i in 1..2, j in 1..2 return count(partial)", [0, 1, 2, 3]),
        ("for i in 1..2 return partial", [[], [[]]]),
        ("for i in 1..2 return for j in 1..2 return count(partial)", [[0, 1], [0, 1]]),
    ],
)
def test_partial_is_what_the_loop_gave_so_far(text: str, value: object) -> None:
    assert feel(text) == value


def test_a_range_that_is_open_at_an_end_cannot_be_gone_over() -> None:
    assert feel("for i in (< 5) return i") is None
    assert feel("some i in (>= 5) satisfies i > 6") is None
