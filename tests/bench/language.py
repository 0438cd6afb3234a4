"""What the language costs, warm and cold, beside the same condition in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from timeit import repeat
from typing import Any, NamedTuple

from engine.feel import compile_expression
from engine.feel.dmn import parse_decisions
from engine.feel.parser import parse_expression
from tests.engine.feel.dmn.building import table

CONDITION = 'level = "II" and amount > 1000'
QUANTIFIER = "some x in xs satisfies x > 9"
VALUES: dict[str, Any] = {"level": "II", "amount": 2000, "xs": [Decimal(n) for n in range(10)]}
COLUMNS, RULES = 5, 20


class Figure(NamedTuple):
    """Microseconds of one evaluation, and how many were wanted at most (0: nothing asked)."""

    name: str
    micros: float
    wanted: float


def figures() -> list[Figure]:
    """All of them, each the best of several rounds."""
    condition, quantifier = compile_expression(CONDITION), compile_expression(QUANTIFIER)
    decision = parse_decisions(grid())["grade"]
    case = {f"x{n}": 19 for n in range(COLUMNS)}
    assert condition(VALUES) is True
    assert quantifier(VALUES) is False
    assert decision.evaluate(case).value == {"o": f"r{RULES - 5}"}
    return [
        Figure(f"{CONDITION}, plain Python", _micros(lambda: _plain(VALUES)), 0),
        Figure(CONDITION, _micros(lambda: condition(VALUES)), 1.5),
        Figure(f"{CONDITION}, cold", _micros(lambda: _cold(CONDITION), 200), 0),
        Figure(f"{QUANTIFIER} (10)", _micros(lambda: quantifier(VALUES)), 0),
        Figure(f"{QUANTIFIER} (10), cold", _micros(lambda: _cold(QUANTIFIER), 200), 0),
        Figure(f"table of {RULES} rules × {COLUMNS} inputs", _micros(lambda: decision.evaluate(case), 2000), 60),
        Figure("the same table, cold", _micros(lambda: parse_decisions(grid()), 10), 0),
    ]


def grid() -> bytes:
    """A table whose 16th rule is the first to match at 19."""
    inputs = [(f"列{n}", f"x{n}", "number") for n in range(COLUMNS)]
    rules = [
        [*(f"[{row}..{row + 5})" if n % 2 else f"> {row}" for n in range(COLUMNS)), f'"r{row}"'] for row in range(RULES)
    ]
    return table(inputs, [("o", "string")], rules, policy="FIRST")


def show(found: list[Figure]) -> int:
    """Print them; how many missed what was wanted."""
    print(f"\n{'the language alone':<60}{'µs':>10}{'wanted':>10}")
    for one in found:
        print(f"  {one.name:<58}{one.micros:>10.2f}{one.wanted or '':>10}")
    return sum(bool(one.wanted) and one.micros > one.wanted for one in found)


def _plain(values: dict[str, Any]) -> bool:
    return bool(values["level"] == "II" and values["amount"] > 1000)


def _cold(text: str) -> object:
    """Read, compile and evaluate a text that nobody has seen before."""
    compile_expression.cache_clear()
    parse_expression.cache_clear()
    return compile_expression(text)(VALUES)


def _micros(act: Callable[[], object], number: int = 20_000) -> float:
    return min(repeat(act, number=number, repeat=7)) / number * 1e6
