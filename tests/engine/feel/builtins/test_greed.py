"""No function outruns the budget, whatever it is given: it gives a result, null, or stops."""

from __future__ import annotations

import time as stopwatch
from contextlib import suppress
from datetime import time
from decimal import Decimal

import pytest

from engine.feel import FeelLimitError, compile_expression
from engine.feel.budget import MAX_CHARACTERS, MAX_ITEMS, Budget
from engine.feel.builtins import Builtin, all_builtins
from engine.feel.values import UNDEFINED, Value

pytestmark = pytest.mark.long  # each spends a whole budget

MOST_SECONDS = 3.0  # half a second on a quiet machine


def nested() -> list[Value]:
    """A small list that is worth 2⁶⁰ numbers."""
    value: list[Value] = [Decimal(1)]
    for _level in range(60):
        value = [value, value]
    return value


ITEMS = MAX_ITEMS // 10
GREEDY: dict[str, Value] = {
    "numbers": [Decimal(n) / 7 for n in range(ITEMS)],
    "times": [time(n % 24, n % 60) for n in range(ITEMS)],
    "lists": [[n] for n in "ab" * (ITEMS // 2)],
    "nested": nested(),
    "text": "x" * MAX_CHARACTERS,
    "large": Decimal("9.999e6144"),
    "small": Decimal("1e-6143"),
}
PATTERN = "(x+x+)+y|x"
PRECEDES = compile_expression("function(a, b) a < b")({})


@pytest.mark.parametrize("builtin", all_builtins(), ids=lambda builtin: builtin.name)
def test_no_function_outruns_the_budget(builtin: Builtin) -> None:
    for greedy in GREEDY.values():
        for count in {len(signature.parameters) for signature in builtin.signatures}:
            for other in (greedy,) if count == 1 else (greedy, PATTERN, PRECEDES):
                values = [greedy, *[other] * count][:count]
                started = stopwatch.process_time()
                with suppress(FeelLimitError, *UNDEFINED):
                    builtin.as_function().call(Budget(), 0, values)
                assert stopwatch.process_time() - started < MOST_SECONDS
