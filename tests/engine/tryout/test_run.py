"""A run as JSON: read with limits, written back without what is empty."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Invalid
from engine.tryout.run import Run

START = {"person": "chensiyuan", "at": "2026-11-06T09:30+08:00", "data": {"a": 1}}


def test_it_comes_back_as_it_was() -> None:
    steps = [
        {"do": "complete", "node": "n", "person": "p", "action": "a", "opinion": "o", "data": {"x": [1, None]}},
        {"do": "claim", "node": "n", "person": "p"},
        {"do": "wait", "days": 3},
        {"do": "wait", "until": "2026-11-13T17:30+08:00"},
        {"do": "wait"},
    ]
    told = {"start": START, "steps": steps}
    assert Run.read(told).dump() == told


def test_a_moment_without_a_zone_is_on_the_clock_of_the_page() -> None:
    run = Run.read({"start": {**START, "at": "2026-11-06T09:30"}, "steps": []})
    assert run.dump()["start"]["at"] == START["at"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (None, "没有读懂"),
        ([], "没有读懂"),
        ({"start": None}, "没有读懂"),
        ({"start": {**START, "at": None}}, "没有读懂"),
        ({"start": {**START, "at": "yesterday"}}, "没有读懂"),
        ({"start": {**START, "at": "0001-01-01"}}, "2000 年到 2100 年"),
        ({"start": {**START, "person": 5}}, "没有读懂"),
        ({"start": {**START, "data": "x"}}, "没有读懂"),
        ({"start": START, "steps": "x"}, "没有读懂"),
        ({"start": START, "steps": [5]}, "没有读懂"),
        ({"start": START, "steps": [{"do": "explode"}]}, "没有“explode”这种步骤"),
        ({"start": START, "steps": [{"do": "wait", "days": 0}]}, "1 到 1000 的整数"),
        ({"start": START, "steps": [{"do": "wait", "days": True}]}, "1 到 1000 的整数"),
        ({"start": START, "steps": [{"do": "wait", "days": 10**9}]}, "1 到 1000 的整数"),
        ({"start": START, "steps": [{"do": "claim", "node": "x" * 5000}]}, "没有读懂"),
        ({"start": START, "steps": [{"do": "wait"}] * 201}, "最多 200 步"),
    ],
)
def test_what_is_no_run_is_refused_with_a_sentence(told: Any, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        Run.read(told)
