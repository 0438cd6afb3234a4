"""A million random texts: each ends soon, in a value of the language or in a FEEL error with its place."""

from __future__ import annotations

import time

import pytest

from engine.feel import FeelError, FeelSyntaxError, compile_expression, compile_unary_tests, from_feel
from engine.feel.budget import Budget
from engine.feel.rendering import render
from engine.feel.values import KINDS
from tests.engine.feel.fuzzing import Fuzz

SOON = 8  # seconds of processor for one text, on a machine that is busy; half a second is what the steps allow
SHARDS, SHARD = 8, 130_000


def judge(seed: int, count: int) -> dict[str, int]:
    """Run so many inputs; how each ended. Fails with the text that ended otherwise."""
    fuzz = Fuzz(seed)
    ends = {"value": 0, "syntax": 0, "limit": 0, "lost": 0}
    values = fuzz.values()
    for number in range(count):
        if number % 50 == 0:
            values = fuzz.values()
        is_cell = number % 5 == 0
        text = fuzz.cell() if is_cell else fuzz.text()
        started = time.process_time()
        try:
            ends[_run(text, values, is_cell)] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed}, input {number}: {text!r} on {values!r}") from error
        assert time.process_time() - started < SOON, f"seed {seed}, input {number}: {text!r} on {values!r}"
    assert not ends["lost"], "an error without its text, place or reason"
    return ends


def _run(text: str, values: dict[str, object], is_cell: bool) -> str:
    try:
        compiled = compile_unary_tests(text) if is_cell else compile_expression(text)
    except FeelSyntaxError as refused:
        return "syntax" if refused.text == text and (refused.at is None or 0 <= refused.at <= len(text)) else "lost"
    try:
        if is_cell:
            assert compiled(values.get("a"), values) in (True, False, None)  # type: ignore[call-arg,arg-type]  # a cell
            return "value"
        result = compiled(values)
        assert result.__class__ in KINDS
        render(result, Budget(), 0)
        from_feel(result)
    except FeelError as refused:
        return "limit" if refused.reason else "lost"
    return "value"


def test_random_texts_end_in_a_value_or_a_feel_error() -> None:
    ends = judge(seed=20261126, count=6_000)
    assert min(ends["value"], ends["syntax"]) > 1_000  # both ways are really gone


@pytest.mark.long
@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_million_random_texts(shard: int) -> None:
    ends = judge(seed=1_000 + shard, count=SHARD)
    assert sum(ends.values()) == SHARD
    assert ends["limit"] > 0
