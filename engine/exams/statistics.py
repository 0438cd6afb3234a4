"""Figures of a question."""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 10
"""Answers below which a discrimination means nothing."""


def discrimination(answers: Sequence[tuple[int, int]]) -> int | None:
    """How well a question tells good papers from bad ones: the share of its points earned in the best 27 % of papers
    less that in the worst 27 %, in percent (-100 to 100; above 30 is good, below 0 asks to look at the question).

    `answers` are pairs of permille: of the question's points, of the whole paper's. None below `LEAST` answers.
    """
    if len(answers) < LEAST:
        return None
    ranked = sorted(answers, key=lambda pair: pair[1])
    group = max(1, round(len(ranked) * 0.27))
    low, high = ranked[:group], ranked[-group:]
    return round((sum(score for score, _whole in high) - sum(score for score, _whole in low)) / group / 10)
