"""docs/feel.zh.md says what the engine does: every example of it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.feel import FeelSyntaxError, budget, check_expression, compile_expression, compile_unary_tests
from engine.feel.budget import Budget
from engine.feel.builtins import all_builtins
from engine.feel.rendering import render

DOCUMENT = Path(__file__).parents[2] / "docs" / "feel.zh.md"
TEXT = DOCUMENT.read_text("utf-8")
CODE = re.compile(r"`([^`]+)`")


def tables() -> Iterator[tuple[str, list[str]]]:
    """Each row of each table with the heading of its first column."""
    head = ""
    for line in TEXT.splitlines():
        if not line.startswith("|"):
            head = ""
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not head:
            head = cells[0]
        elif not set(line) <= set("|-"):
            yield head, cells


def code(cell: str) -> str:
    found = CODE.fullmatch(cell)
    assert found is not None, cell
    return found[1]


VARIABLES: dict[str, Any] = compile_expression(TEXT.split("```feel variables\n")[1].split("```")[0])({})
EXAMPLES = [(code(cells[0]), code(cells[1])) for head, cells in tables() if head == "写法" and CODE.match(cells[1])]
MISTAKES = [(code(cells[0]), cells[1]) for head, cells in tables() if head == "写法" and not CODE.match(cells[1])]
CELLS = [tuple(code(cell) for cell in cells[:3]) for head, cells in tables() if head == "单元格"]
LIMITS = [(cells[0], int(cells[1])) for head, cells in tables() if head == "上限"]


def shown(value: Any) -> str:
    return render(value, Budget(), 0)


@pytest.mark.parametrize(("text", "result"), EXAMPLES)
def test_examples(text: str, result: str) -> None:
    assert shown(compile_expression(text)(VARIABLES)) == shown(compile_expression(result)({}))


@pytest.mark.parametrize(("cell", "value", "result"), CELLS)
def test_cells(cell: str, value: str, result: str) -> None:
    passed = compile_unary_tests(cell)(compile_expression(value)({}), VARIABLES)
    assert shown(passed) == result


@pytest.mark.parametrize(("text", "words"), MISTAKES)
def test_mistakes_are_told(text: str, words: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        check_expression(text)
    assert words in str(caught.value)


def test_every_built_in_has_an_example() -> None:
    without_time = [one for one in all_builtins() if one.name not in ("now", "today")]
    calls = " ".join(text for text, _result in EXAMPLES) + " ".join(cell for cell, _value, _result in CELLS)
    assert [one.name for one in without_time if f"{one.name}(" not in calls] == []


def test_limits_are_those_of_the_engine() -> None:
    limits = {
        budget.MAX_TEXT,
        budget.MAX_NESTING,
        budget.MAX_STEPS,
        budget.MAX_ITEMS,
        budget.MAX_CHARACTERS,
        budget.MAX_DEPTH,
    }
    assert {number for _words, number in LIMITS} == limits
