"""The scenarios that come with the procedures: made in the try-out, played again here on the files as they are."""

from __future__ import annotations

from typing import Any

import pytest

from engine.boot import ROOT
from engine.parts import read_parts
from engine.tryout.run import Run
from engine.tryout.scenario import Scenario, check
from tests.workflows.stage import HANDLERS, procedure

FILES = [(parts.key, name, content) for parts in read_parts(ROOT) for name, content in parts.scenarios.items()]


class Nowhere:
    """The world of today, which no scenario may need: neither its people nor its projects nor its date. Choices offered
    today besides those of the record are welcome; there are none."""

    def options(self, _source: str) -> list[Any]:
        return []

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"asked today's organisation for {name}")


@pytest.mark.parametrize(("key", "name", "content"), FILES, ids=[f"{key}-{name}" for key, name, _content in FILES])
def test_it_goes_as_expected(key: str, name: str, content: bytes) -> None:
    scenario = Scenario.read(content)
    departure = check(scenario, procedure(key), Nowhere(), HANDLERS)
    assert departure is None, departure
    assert Scenario.read(scenario.dump()) == scenario
    assert scenario.dump() == content, "the file is as the try-out writes it"


def test_they_move_the_clock_only_by_themselves() -> None:
    """A run begins at the moment it was made; nothing in it looks at the clock on the wall."""
    for _key, _name, content in FILES:
        run: Run = Scenario.read(content).run
        assert run.start.at.year == 2026


def test_change_approval_has_its_main_ways() -> None:
    outcomes = {name: Scenario.read(content).outcome for key, name, content in FILES if key == "change_approval"}
    assert outcomes == {
        "baseline_conflict": "completed",
        "major_three_levels": "completed",
        "minor_change": "completed",
        "vote_deadline": None,
        "withdrawn": "withdrawn",
    }
