"""How well a question tells good papers from bad ones."""

from __future__ import annotations

from engine.exams.statistics import LEAST, discrimination


def test_it_is_the_difference_between_the_best_and_the_worst_papers() -> None:
    papers = range(0, 1000, 50)
    assert discrimination([(1000 if paper >= 500 else 0, paper) for paper in papers]) == 100
    assert discrimination([(0 if paper >= 500 else 1000, paper) for paper in papers]) == -100
    assert discrimination([(500, paper) for paper in papers]) == 0


def test_a_few_answers_tell_nothing() -> None:
    assert discrimination([(1000, 1000)] * (LEAST - 1)) is None
    assert discrimination([(1000, 1000)] * LEAST) == 0
