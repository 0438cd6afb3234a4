"""The record of what scenarios exercise: it counts what was taken and names what was not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from tests.workflows.change_approval.papers import propose
from tests.workflows.coverage import RECORD, Coverage
from tests.workflows.flows import Gather
from tests.workflows.stage import Stage, procedure


def test_names_what_nobody_has_taken(stage: Stage) -> None:
    stage.coverage = Coverage()
    propose(stage).do("必要性审查", "驳回", by="何静")
    found = procedure("change_approval")
    flows, events, rules = stage.coverage.shares(found.definition, found.decisions)
    taken = set(found.definition.flows) - set(flows.missing)
    assert taken == {"change_submitted", "limits_set", "necessity_reviewed", "necessity_rejected"}
    assert events.missing == (
        "revision_overdue",
        "review_overdue",
        "opinion_overdue",
        "baseline_conflict",
        "implementation_overdue",
    )
    assert "time_limits_normal" not in rules.missing
    assert "time_limits_urgent" in rules.missing
    assert not flows.complete
    assert str(flows) == f"sequence flows 4/{len(found.definition.flows)} (7%)"


def test_gathers_into_the_record_it_is_given() -> None:
    record, config = Coverage(), SimpleNamespace(stash=pytest.Stash())
    Gather(record).pytest_configure(cast(pytest.Config, config))
    assert config.stash[RECORD] is record
