"""Context functions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('get value({a: 1}, "a")', 1),
        ('get value({a: 1}, "b")', None),
        ('get value({"有 空格": 1}, "有 空格")', 1),
        ("get value({a: 1}, 1)", None),
        ('get value(null, "a")', None),
        ("get entries({a: 1, b: null})", [{"key": "a", "value": 1}, {"key": "b", "value": None}]),
        ("get entries({})", []),
        ("get entries([1])", None),
        ('for e in get entries({a: 1}) return e.key + "!"', ["a!"]),
        ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
        ('context put({a: 1}, "a", 2)', {"a": 2}),
        ('context put({}, "a", null)', {"a": None}),
        ('context put(null, "a", 1)', None),
        ("context put({}, 1, 1)", None),
        ('context put({a: {b: 1, c: 2}}, ["a", "b"], 9)', {"a": {"b": 9, "c": 2}}),
        ('context put({a: 1}, ["x"], 9)', {"a": 1, "x": 9}),
        ('context put({a: 1}, ["a", "b"], 9)', None),
        ("context put({a: 1}, [], 9)", None),
    ],
)
def test_contexts(text: str, value: Any) -> None:
    assert feel(text) == value
