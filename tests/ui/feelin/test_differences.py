"""Both engines answer a table of expressions: where they differ is written down, and hints warn of what can be seen.

`expressions.json` holds each text with the name of the difference, a key of `TOLD` or `SILENT`, or null for none.
"""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.feel import TODAY, DaysTime, FeelError, YearsMonths, compile_expression
from engine.feel.builtins import all_builtins
from engine.forms.feelin import SILENT, TOLD, constructs
from ui import assets

HERE = Path(__file__).parent
TABLE = json.loads((HERE / "expressions.json").read_text("utf-8"))
FEELIN = assets.SOURCES / "node_modules/@bpmn-io/feelin/dist/index.js"


@pytest.fixture(scope="module")
def browser() -> list[Any]:
    """What the browser's engine answers, one after the other."""
    command = [*assets.find_node().node, str(HERE / "answers.mjs"), FEELIN.as_uri(), str(HERE / "expressions.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"TZ": "UTC"})
    answers: list[Any] = json.loads(done.stdout)
    return answers


def server(text: str) -> Any:
    """What ours answers, in the words of answers.mjs."""
    try:
        value = compile_expression(text)({**TABLE["context"], TODAY: date(2026, 11, 26)})
    except FeelError as error:
        return {"error": str(error)}
    return {"value": said(value)}


def said(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | Decimal):
        return {"number": float(value)}
    if isinstance(value, list):
        return [said(one) for one in value]
    if isinstance(value, dict):
        return {"context": {key: said(one) for key, one in value.items()}}
    if isinstance(value, YearsMonths):
        years, months = divmod(value.months, 12)
        return {"duration": (years * 365 + months * 30) * 86_400_000}
    if isinstance(value, DaysTime):
        return {"duration": int(value.seconds * 1000)}
    if isinstance(value, time):
        return {"moment": f"1900-01-01T{value.isoformat()}Z"}
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return {"moment": aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    return {"moment": f"{value}T00:00:00Z"} if isinstance(value, date) else {"strange": type(value).__name__}


def alike(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        return all(alike(one, theirs[key]) for key, one in ours.items())
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(alike, ours, theirs))
    if isinstance(ours, float) and isinstance(theirs, int | float):
        return math.isclose(ours, theirs, rel_tol=1e-16)
    return bool(ours == theirs)


def compared(browser: list[Any]) -> Iterator[tuple[str, str | None, bool]]:
    """Each text, what is written down of it, and whether the engines answer alike."""
    for (text, differs), theirs in zip(TABLE["expressions"], browser, strict=True):
        yield text, differs, alike(server(text), theirs)


def test_the_engines_differ_exactly_where_it_is_written_down(browser: list[Any]) -> None:
    assert len(browser) >= 150
    news = [(text, differs, same) for text, differs, same in compared(browser) if same == bool(differs)]
    assert not news, "write the differences into expressions.json and engine/forms/feelin.py"


def test_what_is_told_can_be_seen_in_the_text_and_nothing_is_told_without_proof(browser: list[Any]) -> None:
    shown = [(text, differs) for text, differs, _same in compared(browser) if differs]
    assert {differs for _text, differs in shown} == TOLD.keys() | SILENT.keys()
    assert [text for text, differs in shown if differs in TOLD and differs not in constructs(text)] == []


def test_every_function_of_ours_is_in_the_table() -> None:
    used = {name for text, _differs in TABLE["expressions"] for name in constructs(text)}
    assert {f"{one.name}()" for one in all_builtins()} - used == set()
