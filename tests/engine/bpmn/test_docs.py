"""The examples of docs/engine.md run."""

from __future__ import annotations

import doctest
from pathlib import Path

from tests.engine.bpmn.world import World

HERE = Path(__file__)
PAGE = HERE.parents[3] / "docs" / "engine.md"


def test_the_page_tells_the_truth() -> None:
    files = {name.upper(): HERE.with_name(f"{name}.bpmn").read_bytes() for name in ("leave", "supply", "board")}
    failed, tried = doctest.testfile(
        str(PAGE), module_relative=False, globs={"services": World(), **files}, encoding="utf-8"
    )
    assert tried > 25
    assert failed == 0
