"""Deployed versions in memory: read once, never mixed."""

from __future__ import annotations

from threading import Thread

import pytest

from engine.deployments import Deployed, DeploymentCache
from engine.errors import NotFound
from tests.fixtures.story import KEY, Story


def test_the_live_version_with_all_its_parts(story: Story) -> None:
    with story.platform.database.read() as session:
        found = DeploymentCache().live(session, KEY)
    assert (found.key, found.version, found.name, found.prefix) == (KEY, 1, "项目变更审批", "BG")
    assert {"grade", "time_limits", "vote_rule", "approval_chain"} <= set(found.decisions)
    form = found.form_of("review_necessity")
    assert form is not None
    assert form is found.forms["necessity"]
    assert found.form_of("grade_change") is None


def test_a_version_is_read_once_also_by_many_at_once(story: Story) -> None:
    cache, results = DeploymentCache(), list[Deployed]()

    def ask() -> None:
        with story.platform.database.read() as session:
            results.append(cache.live(session, KEY))

    threads = [Thread(target=ask) for _ in range(6)]
    with story.listening() as said:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len({id(found) for found in results}) == 1
    assert sum("FROM resource" in s for s in said.statements) == 1


def test_an_unknown_procedure(story: Story) -> None:
    with story.platform.database.read() as session, pytest.raises(NotFound, match="nothing"):
        DeploymentCache().live(session, "nothing")
