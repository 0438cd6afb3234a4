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
        ('get value(m: {a: 1}, key: "a")', 1),
        ("get entries({a: 1, b: null})", [{"key": "a", "value": 1}, {"key": "b", "value": None}]),
        ("get entries({})", []),
        ("get entries([1])", None),
        ('for e in get entries({a: 1}) return e.key + "!"', ["a!"]),
        ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
        ('context put({a: 1}, "a", 2)', {"a": 2}),
        ('context put({}, "a", null)', {"a": None}),
        ('context put(context: {y: {a: 0}}, keys: ["y", "a"], value: 2)', {"y": {"a": 2}}),
        ('context put(context: {y: {a: 0}}, key: ["y", "a"], value: 2)', None),
        ('context put(context: {y: {a: 0}}, key: ["y"], value: 2)', {"y": 2}),
        ('context put(value: 2, key: "y", context: {})', {"y": 2}),
        ('context put(null, "a", 1)', None),
        ("context put({}, 1, 1)", None),
        ('context put({a: {b: 1, c: 2}}, ["a", "b"], 9)', {"a": {"b": 9, "c": 2}}),
        ('context put({a: 1}, ["x"], 9)', {"a": 1, "x": 9}),
        ('context put({a: 1}, ["a", "b"], 9)', None),
        ("context put({a: 1}, [], 9)", None),
        ('context put({x: 1, y: 0, z: 0}, "y", 2)', {"x": 1, "y": 2, "z": 0}),
        ('context put(context: {x: 1}, keys: ["y"], value: 2)', {"x": 1, "y": 2}),
        ("context put({a: 1}, null, 9)", None),
        ('context([{key: "a", value: 1}, {key: "b", value: 2}])', {"a": 1, "b": 2}),
        ('context([{key: "a", value: 1}, {key: "b", value: 2, something: "else"}])', {"a": 1, "b": 2}),
        ('context([{key: "a", value: 1}, {key: "b"}])', None),
        ('context([{key: "a", value: null}])', {"a": None}),
        ('context({key: "a", value: 1})', {"a": 1}),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', None),
        ("context([{key: null, value: 1}])", None),
        ("context([])", {}),
        ("context([1])", None),
        ("context(null)", None),
        ("context(get entries({a: {b: 1}}))", {"a": {"b": 1}}),
        ("context merge([{x: 1}, {y: 2}])", {"x": 1, "y": 2}),
        ("context merge([{x: 1, y: 0}, {y: 2}])", {"x": 1, "y": 2}),
        ("context merge([{a: {aa: 1}}, {a: {bb: 2}}])", {"a": {"bb": 2}}),
        ("context merge([{}])", {}),
        ("context merge([])", {}),
        ("context merge([{a: 1}, 2])", None),
        ("context merge(null)", None),
    ],
)
def test_contexts(text: str, value: Any) -> None:
    assert feel(text) == value
