"""Answers of somebody who knows so much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.demo.answers import answers_of
from engine.demo.bank import BLUEPRINTS, stock_bank
from engine.models import Instance
from engine.ports import HandlerContext
from tests.fixtures.story import Story


@pytest.fixture
def exam(story: Story) -> Any:
    """Draws papers by a blueprint of the demo, and grades answers."""
    stock_bank(story.platform)
    story.start()

    def sit(code: str, share: float) -> Mapping[str, Any]:
        with story.platform.database.write() as session:
            instance = session.get_one(Instance, session.scalar(select(func.max(Instance.id))))
            exams = HandlerContext.for_case(session, instance, None, story.clock.now()).exams
            paper = exams.draw(code, "seed")
        given = answers_of(story.platform, paper, share)
        with story.platform.database.write() as session:
            instance = session.get_one(Instance, session.scalar(select(func.max(Instance.id))))
            exams = HandlerContext.for_case(session, instance, None, story.clock.now()).exams
            graded: Mapping[str, Any] = exams.grade(paper["paper_id"], given)
            return graded

    return sit


@pytest.mark.parametrize("code", sorted(BLUEPRINTS))
@pytest.mark.parametrize("share", [0, 0.45, 0.8, 1])
def test_so_much_of_the_points_is_earned(exam: Any, code: str, share: float) -> None:
    graded = exam(code, share)
    most = graded["objective_max"]
    largest = max(item["points"] for item in graded["items"] if item["kind"] != "short")
    assert share * float(most) - float(largest) < graded["objective"] <= share * float(most)
    assert len(graded["open"]) == (2 if code == "annual" else 0)
