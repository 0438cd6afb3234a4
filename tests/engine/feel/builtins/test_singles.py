"""A list of one is as good as what it holds, in every built-in that wants a single value."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from engine.feel import FeelLimitError, compile_expression
from tests.engine.feel.support import feel

CALLS = [
    ("matches(a, b)", {"a": "abc", "b": "b+"}),
    ('replace(a, b, "-")', {"a": "abc", "b": "b+"}),
    ("split(a, b)", {"a": "a,b", "b": ","}),
    ("substring before(a, b)", {"a": "abc", "b": "b"}),
    ("substring after(a, b)", {"a": "abc", "b": "b"}),
    ("contains(a, b)", {"a": "abc", "b": "b"}),
    ("substring(a, b)", {"a": "abc", "b": 2}),
    ("modulo(a, b)", {"a": -7, "b": 5}),
    ("decimal(a, b)", {"a": 1.256, "b": 2}),
    ("get value(a, b)", {"a": {"x": 1}, "b": "x"}),
    ("sqrt(a)", {"a": 16}),
    ("is working day(a)", {"a": compile_expression('date("2026-10-01")')({})}),
    ("add working days(a, b)", {"a": compile_expression('date("2026-09-30")')({}), "b": 3}),
    ("day of week(a)", {"a": compile_expression('date("2026-10-01")')({})}),
]


@pytest.mark.parametrize(("call", "values"), CALLS)
def test_each_argument_may_be_a_list_of_one(call: str, values: dict[str, Any]) -> None:
    plain = feel(call, **values)
    assert plain is not None
    for wrapped in product([False, True], repeat=len(values)):
        given = {name: [one] if wrap else one for (name, one), wrap in zip(values.items(), wrapped, strict=True)}
        assert feel(call, **given) == plain


def test_a_text_in_a_list_pays_for_its_length() -> None:
    with pytest.raises(FeelLimitError):
        feel('some i in 1..99999 satisfies contains([t], "y")', t="x" * 100_000)
